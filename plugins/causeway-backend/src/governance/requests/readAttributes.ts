import type { Knex } from 'knex';
import type { RequestAttributes } from './RequestFilter';

interface DbAttributesRow {
  id: string;
  owner: string | null;
  environment: string | null;
  operation: string;
  tier: number;
  requester: string;
}

/** What permission conditions look at, in the order of the ids. */
export async function readAttributes(
  knex: Knex,
  ids: readonly string[],
): Promise<(RequestAttributes | undefined)[]> {
  const rows = await knex<DbAttributesRow>('gate_requests')
    .whereIn('id', [...ids])
    .select('id', 'owner', 'environment', 'operation', 'tier', 'requester');
  const byId = new Map(
    rows.map(({ id, owner, environment, ...rest }) => [
      id,
      {
        ...rest,
        owner: owner ?? undefined,
        environment: environment ?? undefined,
      },
    ]),
  );
  return ids.map(id => byId.get(id));
}
