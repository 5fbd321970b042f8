import type { Knex } from 'knex';

/** How many approved requests wait for their turn, by source. */
export async function readQueues(
  database: Knex,
): Promise<{ queue: string; length: number }[]> {
  const rows: { source: string; length: string | number }[] = await database(
    'gate_requests',
  )
    .where({ state: 'approved' })
    .groupBy('source')
    .select('source')
    .count({ length: '*' });
  return rows.map(({ source, length }) => ({
    queue: source,
    length: Number(length),
  }));
}
