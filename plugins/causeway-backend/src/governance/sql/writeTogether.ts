import type { Knex } from 'knex';

/** Values that one statement may take; PostgreSQL has room for 65,535. */
const mostValues = 20_000;

/** Rows for a table, or a statement of another kind. */
export type Write =
  { into: string; rows: readonly object[] } | Knex.QueryBuilder;

const isRows = (write: Write): write is Exclude<Write, Knex.QueryBuilder> =>
  'into' in write && 'rows' in write;

const countValues = (writes: readonly Write[]) =>
  writes.reduce(
    (sum, write) =>
      isRows(write)
        ? sum + write.rows.length * Object.keys(write.rows[0] ?? {}).length
        : sum,
    0,
  );

/**
 * Writes to several tables: on PostgreSQL in one statement, so that whoever
 * waits for what the transaction has locked waits for one way to the database
 * and not for many. None of them sees what another one writes.
 */
export async function writeTogether(
  trx: Knex.Transaction,
  writes: readonly Write[],
): Promise<void> {
  const statements = writes
    .filter(write => !isRows(write) || write.rows.length > 0)
    .map(write => (isRows(write) ? trx(write.into).insert(write.rows) : write));
  const last = statements.pop();
  if (
    last &&
    trx.client.config.client === 'pg' &&
    countValues(writes) <= mostValues
  ) {
    statements.forEach((one, position) => last.with(`write_${position}`, one));
    await last;
    return;
  }
  for (const one of last ? [...statements, last] : []) {
    await one;
  }
}
