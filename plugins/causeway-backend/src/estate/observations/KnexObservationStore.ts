import { ConflictError, CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  type PartitionLease,
  type PartitionProgress,
  writeProgress,
} from '../partitions/PartitionStore';
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

/** How items differ from what is stored. */
export interface ObservationDifference {
  changed: PreparedObservation[];
  /** How many of `changed` were not there before. */
  added: number;
  /** Keys that were held as missing. */
  found: string[];
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

/** SQLite takes at most 500 rows in one multi-row insert. */
const batchSize = 200;

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
    const difference: ObservationDifference = {
      changed: [],
      added: 0,
      found: [],
    };
    // The last state of a key counts.
    const last = [...new Map(items.map(item => [item.key, item])).values()];
    for (let start = 0; start < last.length; start += 500) {
      const chunk = last.slice(start, start + 500);
      const rows = await this.#knex('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .whereIn(
          'key',
          chunk.map(item => item.key),
        )
        .select('key', 'hash', 'missing_since');
      const known = new Map(rows.map(row => [row.key, row]));
      for (const item of chunk) {
        const row = known.get(item.key);
        if (row?.hash !== item.hash) {
          difference.changed.push(item);
        } else if (row.missing_since !== null) {
          difference.found.push(item.key);
        }
        if (!row) {
          difference.added++;
        }
      }
    }
    return difference;
  }

  /** Living keys of a partition, each with whether it is held as missing. */
  async keys(partition: string): Promise<Map<string, { missing: boolean }>> {
    const rows = await this.#knex('estate_observations')
      .where({ partition })
      .whereNull('removed_at')
      .select('key', 'missing_since');
    return new Map(
      rows.map(row => [row.key, { missing: row.missing_since !== null }]),
    );
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
        await upsertRows(tx, rows);
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
  for (let start = 0; start < keys.length; start += 500) {
    rows.push(
      ...(await tx('estate_observations')
        .where({ partition })
        .whereNull('removed_at')
        .whereIn('key', keys.slice(start, start + 500))
        .select('key', 'kind')),
    );
  }
  return rows;
}

async function upsertRows(tx: Knex.Transaction, rows: object[]) {
  for (let start = 0; start < rows.length; start += batchSize) {
    await tx('estate_observations')
      .insert(rows.slice(start, start + batchSize))
      .onConflict(['partition', 'key'])
      .merge();
  }
}

async function markMissing(
  tx: Knex.Transaction,
  partition: string,
  keys: string[],
  since: number | null,
) {
  for (let start = 0; start < keys.length; start += 500) {
    await tx('estate_observations')
      .where({ partition })
      .whereIn('key', keys.slice(start, start + 500))
      .update({ missing_since: since });
  }
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
