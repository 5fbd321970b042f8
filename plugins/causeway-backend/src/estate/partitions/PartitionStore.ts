import type {
  PartitionState,
  StalenessReason,
} from '@causeway/backstage-plugin-causeway-common';
import type { SourceRateLimit } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import { databaseTimeSql } from './databaseTime';

/** Who is a partition and where it belongs. */
export interface PartitionIdentity {
  /** `<source>/<scope>/<kind>`. */
  id: string;
  source: string;
  scope: string;
  kind: string;
}

/** The right to write a partition. Each new holder has a higher epoch. */
export interface PartitionLease {
  partition: string;
  owner: string;
  epoch: number;
}

/** What is known of reading a partition. Times are epoch milliseconds. */
export interface PartitionProgress {
  state: PartitionState;
  reason?: StalenessReason;
  message?: string;
  unreadable: number;
  /** Attempts that failed in a row. */
  failures: number;
  watching: boolean;
  version?: string;
  rateLimit?: SourceRateLimit;
  /** Of the last complete list, or of the last word of a watch that confirms it. */
  confirmedAt?: number;
  /** Of the last list, whatever came of it. */
  attemptedAt?: number;
  nextAttemptAt?: number;
  /** Objects that wait for another list to confirm that they are gone. */
  held?: number;
  /** Since when the first of them waits. */
  heldSince?: number;
  /** Objects of the last removal that had been held and was confirmed. */
  confirmedRemovals?: number;
  confirmedRemovalsAt?: number;
}

/** A partition as it stands in the database. */
export interface StoredPartition extends PartitionIdentity, PartitionProgress {
  /** Living observations. */
  objects: number;
}

interface DbPartitionRow {
  id: string;
  source: string;
  scope: string;
  kind: string;
  state: PartitionState;
  reason: StalenessReason | null;
  message: string | null;
  objects: number;
  unreadable: number;
  failures: number;
  watching: boolean | number;
  version: string | null;
  rate_limit: string | null;
  confirmed_at: number | string | null;
  attempted_at: number | string | null;
  next_attempt_at: number | string | null;
  held: number;
  held_since: number | string | null;
  confirmed_removals: number | null;
  confirmed_removals_at: number | string | null;
}

/** Partition rows and their leases. SQL only. */
export class PartitionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds rows for partitions that have none yet. */
  async ensure(partitions: PartitionIdentity[]): Promise<void> {
    for (let start = 0; start < partitions.length; start += 100) {
      await this.#knex('estate_partitions')
        .insert(
          partitions
            .slice(start, start + 100)
            .map(({ id, source, scope, kind }) => ({
              id,
              source,
              scope,
              kind,
              state: 'waiting',
            })),
        )
        .onConflict('id')
        .ignore();
    }
  }

  /** Who is there, without what is known of reading it. */
  async identities(): Promise<PartitionIdentity[]> {
    return await this.#knex<DbPartitionRow>('estate_partitions')
      .select('id', 'source', 'scope', 'kind')
      .orderBy('id');
  }

  async list(): Promise<StoredPartition[]> {
    const rows = await this.#knex<DbPartitionRow>('estate_partitions')
      .select()
      .orderBy('id');
    return rows.map(toPartition);
  }

  async get(id: string): Promise<StoredPartition | undefined> {
    const row = await this.#knex<DbPartitionRow>('estate_partitions')
      .where({ id })
      .first();
    return row && toPartition(row);
  }

  /**
   * Takes some of the given partitions that nobody holds, or whose holder let
   * its lease run out, by the database's clock. Where another replica is
   * quicker it takes fewer than there are.
   *
   * @param options.limit - the most to take; all when absent
   */
  async acquire(
    ids: string[],
    options: { owner: string; duration: number; limit?: number },
  ): Promise<PartitionLease[]> {
    const { limit = ids.length } = options;
    const now = databaseTimeSql(this.#knex);
    const free = (query: Knex.QueryBuilder) =>
      query.whereNull('lease_owner').orWhereRaw(`lease_expires_at < ${now}`);
    const rows: { id: string; lease_epoch: number | string }[] = [];
    for (
      let start = 0;
      start < ids.length && rows.length < limit;
      start += 500
    ) {
      rows.push(
        ...(await this.#knex('estate_partitions')
          .whereIn(
            'id',
            this.#knex('estate_partitions')
              .whereIn('id', ids.slice(start, start + 500))
              .andWhere(free)
              .orderBy('id')
              .limit(limit - rows.length)
              .select('id'),
          )
          // Once more: a row that another replica has just taken is judged anew.
          .andWhere(free)
          .update({
            lease_owner: options.owner,
            lease_epoch: this.#knex.raw('lease_epoch + 1'),
            lease_expires_at: this.#knex.raw(`${now} + ?`, [options.duration]),
            watching: false,
          })
          .returning(['id', 'lease_epoch'])),
      );
    }
    return rows.map(row => ({
      partition: row.id,
      owner: options.owner,
      epoch: Number(row.lease_epoch),
    }));
  }

  /** Extends all leases of an owner; answers with those that it still has. */
  async renew(options: {
    owner: string;
    duration: number;
  }): Promise<PartitionLease[]> {
    const now = databaseTimeSql(this.#knex);
    const rows = await this.#knex('estate_partitions')
      .where('lease_owner', options.owner)
      .update({
        lease_expires_at: this.#knex.raw(`${now} + ?`, [options.duration]),
      })
      .returning(['id', 'lease_epoch']);
    return rows.map(row => ({
      partition: row.id,
      owner: options.owner,
      epoch: Number(row.lease_epoch),
    }));
  }

  /** Gives leases of an owner back, all of them when none are named. */
  async release(owner: string, ids?: string[]): Promise<void> {
    await this.#knex('estate_partitions')
      .where('lease_owner', owner)
      .modify(query => {
        if (ids) {
          query.whereIn('id', ids);
        }
      })
      .update({ lease_owner: null, lease_expires_at: 0, watching: false });
  }
}

/**
 * Writes progress and the change of the number of objects, if the lease still
 * holds; answers whether it did. Inside a transaction this also locks the row
 * against the next holder until the end of the transaction.
 */
export async function writeProgress(
  knex: Knex,
  lease: PartitionLease,
  progress: Partial<PartitionProgress>,
  objectsAdded: number,
): Promise<boolean> {
  const updated = await knex('estate_partitions')
    .where({
      id: lease.partition,
      lease_owner: lease.owner,
      lease_epoch: lease.epoch,
    })
    .update({
      ...toColumns(progress),
      objects: knex.raw('objects + ?', [objectsAdded]),
    });
  return updated === 1;
}

const columns = {
  state: 'state',
  reason: 'reason',
  message: 'message',
  unreadable: 'unreadable',
  failures: 'failures',
  watching: 'watching',
  version: 'version',
  rateLimit: 'rate_limit',
  confirmedAt: 'confirmed_at',
  attemptedAt: 'attempted_at',
  nextAttemptAt: 'next_attempt_at',
  held: 'held',
  heldSince: 'held_since',
  confirmedRemovals: 'confirmed_removals',
  confirmedRemovalsAt: 'confirmed_removals_at',
} as const satisfies Record<keyof PartitionProgress, string>;

/** A key that is present with the value `undefined` clears its column. */
function toColumns(progress: Partial<PartitionProgress>) {
  const row: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(columns)) {
    if (key in progress) {
      const value = progress[key as keyof PartitionProgress];
      row[column] =
        key === 'rateLimit' && value ? JSON.stringify(value) : (value ?? null);
    }
  }
  return row;
}

function toPartition(row: DbPartitionRow): StoredPartition {
  return {
    id: row.id,
    source: row.source,
    scope: row.scope,
    kind: row.kind,
    state: row.state,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    objects: row.objects,
    unreadable: row.unreadable,
    failures: row.failures,
    watching: Boolean(row.watching),
    version: row.version ?? undefined,
    rateLimit: row.rate_limit ? JSON.parse(row.rate_limit) : undefined,
    confirmedAt: toNumber(row.confirmed_at),
    attemptedAt: toNumber(row.attempted_at),
    nextAttemptAt: toNumber(row.next_attempt_at),
    held: row.held,
    heldSince: toNumber(row.held_since),
    confirmedRemovals: row.confirmed_removals ?? undefined,
    confirmedRemovalsAt: toNumber(row.confirmed_removals_at),
  };
}

/** PostgreSQL's driver hands out `bigint` as text. */
function toNumber(value: number | string | null): number | undefined {
  return value === null ? undefined : Number(value);
}
