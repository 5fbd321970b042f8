import type { Knex } from 'knex';
import type { ObservedData, ObservedKind } from './model';

/** One living observation, as it is stored. */
export interface ReadObservation<K extends ObservedKind = ObservedKind> {
  kind: K;
  data: ObservedData[K];
  hash: string;
}

/** Reads one observation; `undefined` for what was never seen or is gone. */
export async function readObservation(
  knex: Knex,
  partition: string,
  key: string,
): Promise<ReadObservation | undefined> {
  const row: { kind: ObservedKind; data: string; hash: string } | undefined =
    await knex('estate_observations')
      .where({ partition, key })
      .first('kind', 'data', 'hash');
  // A tombstone has no data.
  return row?.data
    ? { kind: row.kind, data: JSON.parse(row.data), hash: row.hash }
    : undefined;
}
