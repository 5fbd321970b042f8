import type { Knex } from 'knex';

/** Requests about a target that went wrong since a time, epoch milliseconds. */
export async function countFailures(
  knex: Knex,
  entityRef: string,
  since: number,
): Promise<number> {
  const row = await knex('gate_requests')
    .where({ target: entityRef })
    .where('created_at', '>', since)
    .whereIn('state', ['failed', 'rolled-back', 'unknown'])
    .count({ failed: '*' })
    .first<{ failed: number | string }>();
  return Number(row.failed);
}
