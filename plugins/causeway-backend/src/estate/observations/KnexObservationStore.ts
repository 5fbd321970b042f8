import { ConflictError, CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  type PartitionLease,
  type PartitionProgress,
  writeProgress,
} from '../partitions/PartitionStore';
import { type UpsertTarget, upsertRows } from '../sql/upsertRows';
import {
  compareObservations,
  type ObservationDifference,
  type StoredObservation,
} from './compareObservations';
import type { Observation, ObservedKind } from './model';
import type { ObservationChanges, ObservationReader } from './ObservationStore';
import { formatMark, parseMark } from './mark';
import type { PreparedObservation } from './prepareObservation';

/** What one write changes in a partition. */
export interface ObservationWrite {
  /** New and changed observations, as `compare` found them. */
  upsert?: PreparedObservation[];
  /** How many of `upsert` were not there before. */
  added?: number;
  /** Keys that are gone. */
  remove?: string[];
  /** Keys that a complete list lacked and that another one has to confirm. */
  missing?: string[];
  /** Keys that were missing and are there again. */
  found?: string[];
  progress?: Partial<PartitionProgress>;
}

/** A write of a holder whose lease went to another replica. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;
}

interface DbObservationRow {
  partition: string;
  key: string;
  source: string;
  kind: ObservedKind;
  data: string;
  hash: string;
  observed_at: number | string;
  seq: number | string;
  removed_at: number | string | null;
}

const observationTable: UpsertTarget = {
  table: 'estate_observations',
  columns: {
    partition: 'text',
    key: 'text',
    source: 'text',
    kind: 'text',
    data: 'text',
    hash: 'text',
    observed_at: 'bigint',
    seq: 'bigint',
    missing_since: 'bigint',
    removed_at: 'bigint',
  },
  key: ['partition', 'key'],
};

/**
 * Observations in the database. Each write is fenced by the partition's lease
 * and numbered by a row that every writer locks until its commit: a reader
 * that has seen number n has seen all before it, also on PostgreSQL, where
 * numbers of a sequence become visible out of order.
 */
export class KnexObservationStore implements ObservationReader {
  readonly #knex: Knex;

  readonly #pageSize: number;

  constructor(knex: Knex, options?: { pageSize?: number }) {
    this.#knex = knex;
    this.#pageSize = options?.pageSize ?? 1000;
  }

  async changesSince(mark: string | undefined): Promise<ObservationChanges> {
    const clock = await this.#knex('estate_clock').where({ id: 1 }).first();
    const last = Number(clock.seq);
    const from = mark === undefined ? { seq: 0, start: last } : parseMark(mark);
    // A first pass skips tombstones of before it, so it misses none below the floor.
    const forgotten =
      from.start === undefined && from.seq < Number(clock.floor);
    if (from.seq > last || forgotten) {
      throw new ConflictError(
        `Mark ${mark} is not known any more, read again from the beginning`,
      );
    }
    const rows: DbObservationRow[] = await this.#knex('estate_observations')
      .where('seq', '>', from.seq)
      .modify(query => {
        if (from.start !== undefined) {
          query.andWhere(living =>
            living.whereNull('removed_at').orWhere('seq', '>', from.start!),
          );
        }
      })
      .orderBy('seq')
      .limit(this.#pageSize);
    const seq = rows.length ? Number(rows[rows.length - 1].seq) : from.seq;
    const more = rows.length === this.#pageSize;
    return {
      upserted: rows.filter(row => row.removed_at === null).map(toObservation),
      removed: rows
        .filter(row => row.removed_at !== null)
        .map(({ partition, key, kind }) => ({ partition, key, kind })),
      mark: formatMark({
        // Behind the last page everything up to the clock's reading is known.
        seq: more ? seq : Math.max(seq, last),
        start:
          from.start !== undefined && more && seq < from.start
            ? from.start
            : undefined,
      }),
      more,
    };
  }

  /** Which items are new, changed, or were held as missing. Reads only. */
  async compare(
    partition: string,
    items: PreparedObservation[],
  ): Promise<ObservationDifference> {
    const keys = items.map(({ key }) => key);
    return compareObservations(await this.stored(partition, keys), items);
  }

  /** The living observations of a partition by key: all of them, or some. */
  async stored(
    partition: string,
    keys?: string[],
  ): Promise<Map<string, StoredObservation>> {
    const stored = new Map<string, StoredObservation>();
    for (const chunk of keys ? chunks(keys) : [undefined]) {
      const rows = await this.#knex('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .modify(query => {
          if (chunk) {
            query.whereIn('key', chunk);
          }
        })
        .select('key', 'hash', 'missing_since');
      for (const { key, hash, missing_since } of rows) {
        stored.set(
          key,
          missing_since === null
            ? { hash, missing: false }
            : { hash, missing: true, missingSince: Number(missing_since) },
        );
      }
    }
    return stored;
  }

  /**
   * Writes observations and progress in one transaction. Throws a
   * {@link LeaseLostError}, and writes nothing, when the lease is not the
   * holder's any more.
   *
   * @param now - epoch milliseconds, for when content was first seen
   */
  async write(
    lease: PartitionLease,
    source: string,
    write: ObservationWrite,
    now: number,
  ): Promise<{ removed: number }> {
    const { upsert = [], remove = [], missing = [], found = [] } = write;
    return this.#knex.transaction(async tx => {
      const living = remove.length
        ? await livingKeys(tx, lease.partition, remove)
        : [];
      const held = await writeProgress(
        tx,
        lease,
        write.progress ?? {},
        (write.added ?? 0) - living.length,
      );
      if (!held) {
        throw new LeaseLostError(
          `Partition ${lease.partition} is read by another replica now`,
        );
      }
      const count = upsert.length + living.length;
      if (count > 0) {
        const first = await advanceClock(tx, count);
        const rows = [
          ...upsert.map(item => ({ ...item, removed_at: null })),
          ...living.map(row => ({
            ...row,
            data: '',
            hash: '',
            removed_at: now,
          })),
        ].map((row, index) => ({
          ...row,
          partition: lease.partition,
          source,
          observed_at: now,
          missing_since: null,
          seq: first + index,
        }));
        await upsertRows(tx, observationTable, rows);
      }
      await markMissing(tx, lease.partition, missing, now);
      await markMissing(tx, lease.partition, found, null);
      return { removed: living.length };
    });
  }

  /**
   * Removes partitions that are no longer configured, with tombstones for
   * their observations. Whoever still holds a lease on one loses it.
   */
  async retire(partition: string, now: number): Promise<number> {
    return this.#knex.transaction(async tx => {
      await tx('estate_partitions').where({ id: partition }).delete();
      const [{ count }] = await tx('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .count({ count: '*' });
      if (Number(count) > 0) {
        const base = await advanceClock(tx, Number(count));
        await tx.raw(
          `update estate_observations
             set seq = ranked.place + ?, removed_at = ?, data = '', hash = '', missing_since = null
             from (select key as ranked_key, row_number() over (order by key) - 1 as place
                     from estate_observations where partition = ? and removed_at is null) as ranked
            where partition = ? and key = ranked.ranked_key`,
          [base, now, partition, partition],
        );
      }
      return Number(count);
    });
  }

  /** Forgets tombstones older than a time; marks of before them stop working. */
  async forgetRemoved(before: number): Promise<number> {
    return this.#knex.transaction(async tx => {
      const { seq } = await tx('estate_observations')
        .where('removed_at', '<', before)
        .max({ seq: 'seq' })
        .first<{ seq: number | string | null }>();
      if (seq === null) {
        return 0;
      }
      await tx('estate_clock')
        .where({ id: 1 })
        .andWhere('floor', '<', Number(seq))
        .update({ floor: Number(seq) });
      const forgotten = await tx('estate_observations')
        .where('removed_at', '<', before)
        .andWhere('seq', '<=', Number(seq))
        .delete();
      return Number(forgotten);
    });
  }
}

/** Locks the clock until the commit; answers with the first of `count` numbers. */
async function advanceClock(tx: Knex.Transaction, count: number) {
  const [{ seq }] = await tx('estate_clock')
    .where({ id: 1 })
    .update({ seq: tx.raw('seq + ?', [count]) })
    .returning('seq');
  return Number(seq) - count + 1;
}

async function livingKeys(
  tx: Knex.Transaction,
  partition: string,
  keys: string[],
): Promise<{ key: string; kind: string }[]> {
  const rows = [];
  for (const chunk of chunks(keys)) {
    rows.push(
      ...(await tx('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .whereIn('key', chunk)
        .select('key', 'kind')),
    );
  }
  return rows;
}

async function markMissing(
  tx: Knex.Transaction,
  partition: string,
  keys: string[],
  since: number | null,
) {
  for (const chunk of chunks(keys)) {
    await tx('estate_observations')
      .where({ partition })
      .whereIn('key', chunk)
      .update({ missing_since: since });
  }
}

/** As many keys as one statement takes. */
function chunks(keys: string[]): string[][] {
  return Array.from({ length: Math.ceil(keys.length / 500) }, (_, at) =>
    keys.slice(at * 500, (at + 1) * 500),
  );
}

function toObservation(row: DbObservationRow): Observation {
  return {
    partition: row.partition,
    source: row.source,
    key: row.key,
    kind: row.kind,
    data: JSON.parse(row.data),
    hash: row.hash,
    observedAt: Number(row.observed_at),
  };
}
