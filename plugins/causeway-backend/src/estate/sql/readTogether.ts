import type { Knex } from 'knex';

/**
 * Asks for the rows of several queries at once: on PostgreSQL by one way to
 * the database, which often takes longer than what is done there; SQLite is no
 * way off. Rows come as `row_to_json` tells them, with large integers as
 * numbers, in no order.
 */
export async function readTogether<Q extends Record<string, object>>(
  knex: Knex,
  queries: { [N in keyof Q]: Knex.QueryBuilder },
): Promise<{ [N in keyof Q]: Q[N][] }> {
  const names: (keyof Q & string)[] = Object.keys(queries);
  const found = Object.fromEntries(
    names.map(name => [name, [] as object[]]),
  ) as { [N in keyof Q]: Q[N][] };
  if (knex.client.config.client !== 'pg') {
    for (const name of names) {
      found[name] = await queries[name];
    }
    return found;
  }
  const [first, ...others] = names.map((name, position) =>
    knex
      // No binding: Knex would put it after those of the query.
      .select(knex.raw(`${position} as part, row_to_json("one") as "row"`))
      .from(queries[name].as('one')),
  );
  const rows: { part: number; row: Q[keyof Q & string] }[] =
    await first.unionAll(others);
  for (const { part, row } of rows) {
    found[names[part]].push(row);
  }
  return found;
}
