import type { Knex } from 'knex';
import type { GateParts } from '../requests/GateParts';
import type { StoredRequest } from '../requests/StoredRequest';

/** Limits are amounts an hour: what is taken of them counts for one. */
const anHour = 60 * 60_000;

/** Takes what a request will cost out of its budgets. */
export async function reserveFor(
  parts: Pick<GateParts, 'budget'>,
  trx: Knex.Transaction,
  request: StoredRequest,
): Promise<void> {
  await parts.budget.reserve(trx, {
    requestId: request.id,
    at: request.updatedAt,
    amountPerHour: Math.max(0, request.cost?.delta ?? 0),
    limits: request.assessment.limits
      .filter(({ what }) => what === 'cost-per-hour')
      .map(({ rule, limit, action }) => ({
        name: rule,
        limit,
        action,
        window: anHour,
      })),
  });
}
