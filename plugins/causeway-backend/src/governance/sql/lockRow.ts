import type { Knex } from 'knex';

/**
 * Locks a row by name until the transaction ends, and makes it where it is
 * not there. One statement, since requests take several such locks: PostgreSQL
 * waits for whoever has the row. SQLite knows no row locks; there, the write
 * takes the one right to write.
 */
export async function lockRow(
  trx: Knex.Transaction,
  table: string,
  name: Record<string, string>,
): Promise<void> {
  await trx(table)
    .insert({ ...name, version: 1 })
    .onConflict(Object.keys(name))
    .merge({ version: trx.raw('?? + 1', [`${table}.version`]) });
}
