import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { logChanges } from '../changes/logChanges';
import { readPlaces } from '../changes/readPlaces';
import { writeFacts } from '../facts/writeFacts';
import { databaseTimeSql, readDatabaseTime } from '../partitions/databaseTime';
import type { ProvenEdge } from '../projection/model';
import { upsertRows } from '../sql/upsertRows';
import { projectedTargets } from './projectedTargets';
import {
  edgeContent,
  keySeparator,
  projectedTables,
  type EstateCounts,
  type ProjectedTable,
  type RowDifference,
} from './rows';

/** The right to write the projection; an older one than the newest is refused. */
export interface ProjectionLease {
  holder: string;
  fence: number;
}

/** What is stored, as hashes by primary key. */
export type StoredHashes = Record<ProjectedTable, Map<string, string>>;

/** What a write changes. */
export type ProjectionChanges = Record<ProjectedTable, RowDifference>;

/** Keys in one statement. */
const batchSize = 500;
const tombstonesKept = 7 * 24 * 60 * 60_000;

function* batches<T>(list: T[]): Iterable<T[]> {
  for (let start = 0; start < list.length; start += batchSize) {
    yield list.slice(start, start + batchSize);
  }
}

/**
 * The projection in the database, for the one projector that holds the lease.
 * Every write is fenced and takes the row of the projection first: numbers of
 * the feed become visible in their order.
 */
export class ProjectionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Takes the lease when it is free or expired, or renews one's own. */
  async acquire(
    holder: string,
    milliseconds: number,
  ): Promise<ProjectionLease | undefined> {
    const now = databaseTimeSql(this.#knex);
    const expires = this.#knex.raw(`${now} + ?`, [milliseconds]);
    const renewed = await this.#knex('estate_projection')
      .where({ id: 1, holder })
      .andWhereRaw(`lease_expires_at > ${now}`)
      .update({ lease_expires_at: expires });
    if (!renewed) {
      const taken = await this.#knex('estate_projection')
        .where({ id: 1 })
        .andWhereRaw(`lease_expires_at <= ${now}`)
        .update({
          holder,
          lease_expires_at: expires,
          fence: this.#knex.raw('fence + 1'),
        });
      if (!taken) {
        return undefined;
      }
    }
    const row = await this.#knex('estate_projection')
      .where({ id: 1, holder })
      .first('fence');
    return row && { holder, fence: Number(row.fence) };
  }

  /** Gives the lease back, so that another replica need not wait. */
  async release({ holder, fence }: ProjectionLease): Promise<void> {
    await this.#knex('estate_projection')
      .where({ id: 1, holder, fence })
      .update({ lease_expires_at: 0 });
  }

  /** Whether anything has ever been projected into this database. */
  async isProjected(): Promise<boolean> {
    const row = await this.#knex('estate_projection')
      .where({ id: 1 })
      .first('projected_at');
    return row.projected_at !== null;
  }

  /** The hashes of all that is stored. */
  async hashes(): Promise<StoredHashes> {
    const hashes = {} as StoredHashes;
    for (const table of projectedTables) {
      const columns = projectedTargets[table].key;
      const isEdge = table === 'edges';
      const rows: Record<string, string>[] = await this.#knex(`estate_${table}`)
        .modify(query => {
          if (table === 'entities') {
            query.whereNull('removed_at');
          }
        })
        .select(isEdge ? '*' : [...columns, 'hash']);
      hashes[table] = new Map(
        rows.map(row => [
          columns.map(column => row[column]).join(keySeparator),
          isEdge ? edgeContent(row as unknown as ProvenEdge) : row.hash,
        ]),
      );
    }
    return hashes;
  }

  /**
   * Writes what changed in one transaction.
   *
   * `settled` says that every source has been read once: what is found before
   * then is no change, only news to us.
   *
   * @returns how many entities changed, the news of the feed
   * @throws ConflictError when another replica holds the lease by now
   */
  async apply(
    changes: ProjectionChanges,
    counts: EstateCounts,
    { holder, fence }: ProjectionLease,
    { settled = true }: { settled?: boolean } = {},
  ): Promise<number> {
    const news =
      changes.entities.upsert.length + changes.entities.remove.length;
    await this.#knex.transaction(async tx => {
      const updated = await tx('estate_projection')
        .where({ id: 1, holder, fence })
        .update({
          seq: tx.raw('seq + ?', [news]),
          projected_at: tx.raw(databaseTimeSql(tx)),
          counts: JSON.stringify(counts),
        });
      if (updated !== 1) {
        throw new ConflictError(
          'Another replica projects the estate now; this one stops writing',
        );
      }
      const state = await tx('estate_projection').where({ id: 1 }).first();
      const now = Number(state.projected_at);
      const first = Number(state.seq) - news + 1;
      const upserts = changes.entities.upsert.map((row, position) => ({
        ...row,
        seq: first + position,
        first_seen_at: now,
        removed_at: null,
      }));

      const places = await readPlaces(tx, changes.entities.remove);
      await upsertRows(tx, projectedTargets.entities, upserts);
      await bury(tx, changes.entities.remove, {
        first: first + upserts.length,
        now,
      });
      await this.#replace(tx, 'contexts', changes.contexts);
      await this.#replace(tx, 'problems', changes.problems);
      await upsertRows(
        tx,
        projectedTargets.edges,
        changes.edges.upsert.map(row => ({ ...row, first_seen_at: now })),
      );
      for (const key of changes.edges.remove) {
        const [from_ref, type, to_ref] = key.split(keySeparator);
        await tx('estate_edges').where({ from_ref, type, to_ref }).delete();
      }
      const factChanges = await writeFacts(tx, changes.facts, now);
      await logChanges(
        tx,
        { ...changes, factChanges, places },
        { at: now, settled },
      );
    });
    return news;
  }

  /** Forgets old tombstones; a cursor from before them starts over. */
  async forgetTombstones(): Promise<void> {
    const before = (await readDatabaseTime(this.#knex)) - tombstonesKept;
    await this.#knex.transaction(async tx => {
      const [oldest] = await tx('estate_entities')
        .where('removed_at', '<', before)
        .max('seq as seq');
      if (oldest.seq !== null && oldest.seq !== undefined) {
        const floor = Number(oldest.seq);
        await tx('estate_projection')
          .where({ id: 1 })
          .andWhere('floor', '<', floor)
          .update({ floor });
        await tx('estate_entities').where('removed_at', '<', before).delete();
      }
    });
  }

  async #replace(
    tx: Knex.Transaction,
    table: 'contexts' | 'problems',
    { upsert, remove }: RowDifference,
  ): Promise<void> {
    await upsertRows(tx, projectedTargets[table], upsert);
    const [column] = projectedTargets[table].key;
    for (const batch of batches(remove)) {
      await tx(`estate_${table}`).whereIn(column, batch).delete();
    }
  }
}

/** Leaves tombstones, numbered from `first` on. */
async function bury(
  tx: Knex.Transaction,
  refs: string[],
  { first, now }: { first: number; now: number },
): Promise<void> {
  let seq = first;
  for (const batch of batches(refs)) {
    await tx.raw(
      `update estate_entities
          set entity = null, hash = '', removed_at = ?, seq = ranked.place + ?
         from (select ref as ranked_ref, row_number() over (order by ref) - 1 as place
                 from estate_entities where ref in (${batch.map(() => '?').join(', ')})) as ranked
        where ref = ranked.ranked_ref`,
      [now, seq, ...batch],
    );
    seq += batch.length;
  }
}
