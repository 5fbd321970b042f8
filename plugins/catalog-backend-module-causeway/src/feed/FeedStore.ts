import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { FeedPosition } from './FeedClient';
import type { FeedEntity } from './parseFeedPage';

/** Where the reading of the feed stands. */
export interface FeedState {
  position: FeedPosition;
  /** Number of the last full pass. */
  pass: number;
  /** Whether that pass is still going on. */
  passOpen: boolean;
  /** Items of the pass that are no entities. */
  passSkipped: number;
  /** Whether an item of the pass did not even say which entity it means. */
  passUnsure: boolean;
  /** Whether the last complete pass would have removed too much. */
  held: boolean;
  /** Whether a full pass is due by the database's clock. */
  passDue: boolean;
}

/** What changes of the state when a page or a pass is done. */
export type FeedStateChange = Partial<
  Omit<FeedState, 'passDue'> & { nextPassIn: number }
>;

interface DbStateRow {
  epoch: string | null;
  cursor: string | null;
  pass: number;
  pass_open: boolean | number;
  pass_skipped: number;
  pass_unsure: boolean | number;
  held: boolean | number;
  next_pass_at: string | number | null;
}

interface DbEntityRow {
  entity_ref: string;
  pass: number;
  displaceable: string | null;
}

const stateTable = 'causeway_feed_state';
const entitiesTable = 'causeway_feed_entities';
const leaseMilliseconds = 60_000;
/** SQLite takes at most 32,766 bound values; rows have three. */
const rowsAtOnce = 500;

/**
 * The module shares the catalog's database, whose own migrations are recorded
 * in `knex_migrations`: with one table for both, each would take the other's
 * for missing files.
 */
export const feedMigrations: Knex.MigratorConfig = {
  directory: resolvePackagePath(
    '@causeway/backstage-plugin-catalog-backend-module-causeway',
    'migrations',
  ),
  tableName: 'causeway_knex_migrations',
};

/** Brings the store's tables up to date. */
export async function migrateFeedStore(knex: Knex): Promise<void> {
  await knex.migrate.latest(feedMigrations);
}

/**
 * What the entity provider remembers, in the catalog's database. Only the
 * holder of the lease writes; {@link FeedStore.claim} is asked before each
 * step, and a write of somebody who lost the lease fails.
 */
export class FeedStore {
  readonly #knex: Knex;
  readonly #holder: string;

  private constructor(knex: Knex, holder: string) {
    this.#knex = knex;
    this.#holder = holder;
  }

  static async create(
    database: DatabaseService,
    options: {
      /** Who holds the lease; for tests. */
      holder?: string;
    } = {},
  ): Promise<FeedStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await migrateFeedStore(knex);
    }
    // SQLite has one process. It keeps its lease over a restart, so that
    // nothing waits for a dead predecessor's to run out.
    const holder = isSqlite(knex) ? 'the only one' : randomUUID();
    return new FeedStore(knex, options.holder ?? holder);
  }

  /**
   * Takes or renews the lease.
   *
   * @returns the state, or undefined while another replica reads the feed
   */
  async claim(): Promise<FeedState | undefined> {
    const now = databaseNow(this.#knex);
    const claimed = await this.#knex(stateTable)
      .where({ id: 1 })
      .andWhere(either =>
        either
          .where({ lease_holder: this.#holder })
          .orWhere('lease_until', '<', now),
      )
      .update({
        lease_holder: this.#holder,
        lease_until: this.#knex.raw('? + ?', [now, leaseMilliseconds]),
      });
    if (claimed !== 1) return undefined;
    const row = await this.#knex(stateTable)
      .where({ id: 1 })
      .first<DbStateRow & { now: string | number }>(
        '*',
        this.#knex.raw('? as now', [now]),
      );
    return toState(row);
  }

  /** Lets another replica go on at once. */
  async release(): Promise<void> {
    await this.#knex(stateTable)
      .where({ id: 1, lease_holder: this.#holder })
      .update({ lease_until: 0 });
  }

  /**
   * Notes entities before they are handed to the catalog: what is noted and
   * never arrives does no harm, what arrives without a note would never leave.
   */
  async note(entities: FeedEntity[], pass: number): Promise<void> {
    const rows = entities.map(
      ({ entityRef, entity, locationKey }): DbEntityRow => ({
        entity_ref: entityRef,
        pass,
        displaceable: locationKey === undefined ? JSON.stringify(entity) : null,
      }),
    );
    for (const chunk of chunks(rows)) {
      await this.#knex<DbEntityRow>(entitiesTable)
        .insert(chunk)
        .onConflict('entity_ref')
        .merge();
    }
  }

  /**
   * Counts entities as seen by a pass although their present form cannot be
   * used: what the catalog has of them stays.
   *
   * @returns how many of them the catalog has
   */
  async keep(entityRefs: string[], pass: number): Promise<number> {
    return this.#knex<DbEntityRow>(entitiesTable)
      .whereIn('entity_ref', entityRefs)
      .update({ pass });
  }

  /** Forgets removed entities and moves the state on, in one transaction. */
  async commit(change: FeedStateChange, forget: string[] = []): Promise<void> {
    await this.#knex.transaction(async tx => {
      for (const chunk of chunks(forget)) {
        await tx<DbEntityRow>(entitiesTable)
          .whereIn('entity_ref', chunk)
          .delete();
      }
      const written = await tx(stateTable)
        .where({ id: 1, lease_holder: this.#holder })
        .update(toRow(tx, change));
      if (written !== 1) {
        throw new Error(
          'another replica took over reading the feed in the meantime',
        );
      }
    });
  }

  /** How many entities the catalog was given, and how many of them a pass saw. */
  async count(pass: number): Promise<{ all: number; seen: number }> {
    const count = async (where: Partial<DbEntityRow>) => {
      const row = await this.#knex<DbEntityRow>(entitiesTable)
        .where(where)
        .count<{ n: string | number }>({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    };
    return { all: await count({}), seen: await count({ pass }) };
  }

  /** Some of the entities that a pass did not see. */
  async listUnseen(pass: number, limit: number): Promise<string[]> {
    return this.#knex<DbEntityRow>(entitiesTable)
      .whereNot({ pass })
      .orderBy('entity_ref')
      .limit(limit)
      .pluck('entity_ref');
  }

  /** Entities that a hand-written one may displace, in order of their references. */
  async listDisplaceable(after: string, limit: number): Promise<FeedEntity[]> {
    const rows = await this.#knex<DbEntityRow>(entitiesTable)
      .whereNotNull('displaceable')
      .andWhere('entity_ref', '>', after)
      .orderBy('entity_ref')
      .limit(limit);
    return rows.map(row => ({
      entityRef: row.entity_ref,
      entity: JSON.parse(row.displaceable!) as Entity,
    }));
  }
}

function toState(row: DbStateRow & { now: string | number }): FeedState {
  return {
    position: {
      epoch: row.epoch ?? undefined,
      cursor: row.cursor ?? undefined,
    },
    pass: row.pass,
    passOpen: Boolean(row.pass_open),
    passSkipped: row.pass_skipped,
    passUnsure: Boolean(row.pass_unsure),
    held: Boolean(row.held),
    passDue:
      row.next_pass_at === null || Number(row.next_pass_at) <= Number(row.now),
  };
}

function toRow(knex: Knex, change: FeedStateChange) {
  const { position } = change;
  return {
    ...(position && {
      epoch: position.epoch ?? null,
      cursor: position.cursor ?? null,
    }),
    ...(change.pass !== undefined && { pass: change.pass }),
    ...(change.passOpen !== undefined && { pass_open: change.passOpen }),
    ...(change.passSkipped !== undefined && {
      pass_skipped: change.passSkipped,
    }),
    ...(change.passUnsure !== undefined && { pass_unsure: change.passUnsure }),
    ...(change.held !== undefined && { held: change.held }),
    ...(change.nextPassIn !== undefined && {
      next_pass_at: knex.raw('? + ?', [
        databaseNow(knex),
        Math.round(change.nextPassIn),
      ]),
    }),
  };
}

/** The database's clock in epoch milliseconds: replicas' own may differ. */
function databaseNow(knex: Knex): Knex.Raw {
  return isSqlite(knex)
    ? knex.raw(`CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`)
    : knex.raw(`CAST(extract(epoch from clock_timestamp()) * 1000 AS BIGINT)`);
}

function isSqlite(knex: Knex): boolean {
  return String(knex.client.config.client).includes('sqlite');
}

function* chunks<T>(items: T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += rowsAtOnce) {
    yield items.slice(start, start + rowsAtOnce);
  }
}
