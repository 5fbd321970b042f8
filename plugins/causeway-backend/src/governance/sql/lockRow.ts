import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

/**
 * Locks a row by name until the transaction ends, and makes it where it is
 * not there. PostgreSQL waits for whoever has it. SQLite knows no row locks;
 * there, moving the version on takes the one right to write, and finds out
 * where somebody else was in between.
 *
 * @throws ConflictError where somebody else was in between
 */
export async function lockRow(
  trx: Knex.Transaction,
  table: string,
  name: Record<string, string>,
): Promise<void> {
  await trx(table)
    .insert({ ...name, version: 0 })
    .onConflict(Object.keys(name))
    .ignore();
  const row = await trx(table)
    .where(name)
    .forUpdate()
    .first<{ version: number | string }>('version');
  const moved = await trx(table)
    .where({ ...name, version: row.version })
    .update({ version: Number(row.version) + 1 });
  if (moved !== 1) {
    throw new ConflictError(
      'Somebody else did the same at the same moment; try again',
    );
  }
}
