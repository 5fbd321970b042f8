import type { Knex } from 'knex';

/**
 * Locks rows by name until the transaction ends, in the order in which they
 * are named, and makes those that are not there. One statement, since requests
 * take several such locks: PostgreSQL waits for whoever has a row. SQLite knows
 * no row locks; there, the write takes the one right to write.
 */
export async function lockRows(
  trx: Knex.Transaction,
  table: string,
  names: readonly Record<string, string>[],
): Promise<void> {
  if (names.length > 0) {
    await trx(table)
      .insert(names.map(name => ({ ...name, version: 1 })))
      .onConflict(Object.keys(names[0]))
      .merge({ version: trx.raw('?? + 1', [`${table}.version`]) });
  }
}

/** Locks one row by name, as `lockRows` does. */
export function lockRow(
  trx: Knex.Transaction,
  table: string,
  name: Record<string, string>,
): Promise<void> {
  return lockRows(trx, table, [name]);
}
