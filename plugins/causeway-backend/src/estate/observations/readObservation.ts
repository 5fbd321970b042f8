import type { Knex } from 'knex';
import type { ObservedData, ObservedKind } from './model';

/** One living observation, as it is stored. */
export interface ReadObservation<K extends ObservedKind = ObservedKind> {
  kind: K;
  data: ObservedData[K];
  hash: string;
}

/** The row of a living observation, or of a tombstone, which has no data. */
export interface DbObservationRow {
  kind: ObservedKind;
  data: string | null;
  hash: string;
}

/** A query for one observation. */
export function observationOf(
  knex: Knex,
  partition: string,
  key: string,
): Knex.QueryBuilder {
  return knex('estate_observations')
    .where({ partition, key })
    .select('kind', 'data', 'hash');
}

/** Reads a row; `undefined` for what was never seen or is gone. */
export function parseObservation(
  row: DbObservationRow | undefined,
): ReadObservation | undefined {
  return row?.data
    ? { kind: row.kind, data: JSON.parse(row.data), hash: row.hash }
    : undefined;
}

/** Reads one observation; `undefined` for what was never seen or is gone. */
export async function readObservation(
  knex: Knex,
  partition: string,
  key: string,
): Promise<ReadObservation | undefined> {
  return parseObservation(await observationOf(knex, partition, key).first());
}
