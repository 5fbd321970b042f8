import { setImmediate as pause } from 'node:timers/promises';
import type { Knex } from 'knex';

/** A table whose rows are written many at a time. */
export interface UpsertTarget {
  table: string;
  /** Every column that is written, with its type. */
  columns: Readonly<Record<string, 'text' | 'bigint'>>;
  key: readonly string[];
  /** Columns that an existing row keeps. */
  kept?: readonly string[];
}

type Row = Record<string, unknown>;

/** The part of better-sqlite3's connection that is used. */
interface SqliteConnection {
  prepare(sql: string): { run(values: unknown[]): void };
}

/** Rows a statement, or a turn of the event loop. */
const batchSize = 1000;

/** SQLite takes at most 500 rows in one multi-row insert. */
const genericBatchSize = 200;

/**
 * Inserts rows, or updates those that are there, inside a transaction. No two
 * rows may have the same key.
 *
 * Knex builds a text with a placeholder for each value: at thousands of rows
 * that costs more than the database's own work. So PostgreSQL gets one array
 * a column, and SQLite one prepared statement that runs for each row.
 */
export async function upsertRows(
  tx: Knex.Transaction,
  target: UpsertTarget,
  rows: Row[],
): Promise<void> {
  const write = writerOf(tx, target);
  for (let start = 0; start < rows.length; start += batchSize) {
    if (start > 0) {
      await pause();
    }
    await write(rows.slice(start, start + batchSize));
  }
}

function writerOf(
  tx: Knex.Transaction,
  target: UpsertTarget,
): (rows: Row[]) => Promise<void> {
  const { table, key } = target;
  const columns = Object.keys(target.columns);
  const updated = columns.filter(
    column => !key.includes(column) && !target.kept?.includes(column),
  );
  const into = `insert into ${table} (${columns.map(quote).join(', ')})`;
  const onConflict = `on conflict (${key.map(quote).join(', ')}) do update set ${updated
    .map(column => `${quote(column)} = excluded.${quote(column)}`)
    .join(', ')}`;
  switch (tx.client.config.client) {
    case 'pg':
      return async rows => {
        const arrays = columns
          .map(column => `?::${target.columns[column]}[]`)
          .join(', ');
        await tx.raw(
          `${into} select * from unnest(${arrays}) ${onConflict}`,
          // Knex hands arrays through, its types do not know.
          columns.map(column => rows.map(row => row[column])) as never[],
        );
      };
    case 'better-sqlite3':
      return async rows => {
        const connection: SqliteConnection =
          await tx.client.acquireConnection();
        const statement = connection.prepare(
          `${into} values (${columns.map(() => '?').join(', ')}) ${onConflict}`,
        );
        for (const row of rows) {
          statement.run(columns.map(column => row[column]));
        }
      };
    default:
      return async rows => {
        for (let start = 0; start < rows.length; start += genericBatchSize) {
          await tx(table)
            .insert(rows.slice(start, start + genericBatchSize))
            .onConflict([...key])
            .merge(updated);
        }
      };
  }
}

function quote(column: string) {
  return `"${column}"`;
}
