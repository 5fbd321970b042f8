import type { Knex } from 'knex';

/**
 * SQL for the database's clock in epoch milliseconds. The dialects share no
 * expression finer than a second.
 */
export function databaseTimeSql(knex: Knex): string {
  return knex.client.config.client === 'pg'
    ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
    : "cast(unixepoch('subsec') * 1000 as integer)";
}

/** The database's clock, epoch milliseconds. */
export async function readDatabaseTime(knex: Knex): Promise<number> {
  const row = await knex
    .select(knex.raw(`${databaseTimeSql(knex)} as now`))
    .first<{ now: number | string }>();
  return Number(row.now);
}
