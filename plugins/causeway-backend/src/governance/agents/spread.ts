import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { lockRow } from '../sql/lockRow';
import type { AgentLimits } from './AgentLimits';

/** What somebody asks to change, and when. */
export interface Reach {
  /** Entity reference of the person, or the subject: an agent and the person it acts for reach as far together. */
  requester: string;
  /** Entity reference. */
  target: string;
  /** Epoch milliseconds, database time. */
  at: number;
  limits: Pick<AgentLimits, 'spread'>;
}

/**
 * A query that counts how many other targets a requester has changed, or is
 * about to, without people (THREATS H10).
 */
export function countSpread(
  knex: Knex,
  { requester, target, at, limits }: Reach,
): Knex.QueryBuilder<object, { targets: number | string }[]> {
  return knex('gate_requests')
    .where({ requester, outcome: 'run' })
    .where('created_at', '>', at - limits.spread.withinMs)
    .whereNot({ target })
    .countDistinct({ targets: 'target' });
}

/** Others of the same requester came in between; nothing was written. */
export class SpreadExceeded extends ConflictError {}

/**
 * Counts once more, alone: many who ask at once were all assessed before any
 * of them was written. The last of the guard's locks.
 *
 * @throws SpreadExceeded
 */
export async function requireSpread(
  trx: Knex.Transaction,
  reach: Reach,
): Promise<void> {
  const { targets } = reach.limits.spread;
  await lockRow(trx, 'gate_agents', { key: `spread ${reach.requester}` });
  const [reached] = await countSpread(trx, reach);
  if (Number(reached.targets) >= targets) {
    throw new SpreadExceeded(
      `${reach.requester} changes ${targets} other targets without people already; ask again in a moment, and people decide`,
    );
  }
}
