import type {
  RequestPage,
  RequestQuery,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';
import { fixtureNow } from './estateStatus';

const levels = ['critical', 'high', 'medium', 'low'] as const;
const services = ['payment-api', 'ledger', 'checkout', 'storefront', 'kyc'];
const environments = ['production', 'staging', 'development'];

/** The `index`th request of a queue, most urgent first. */
export function createRequestRow(
  index: number,
  rest: Partial<RequestRow> = {},
): RequestRow {
  const service = services[index % services.length];
  return {
    id: `req-${String(index + 1).padStart(4, '0')}`,
    state: 'pending',
    revision: 1,
    operation: { name: 'scale-workload', title: 'Scale a workload' },
    summary: `Scale Deployment ${service} from 6 to ${7 + (index % 6)} replicas (${index + 1})`,
    target: {
      entityRef: `resource:default/production-eu.payments.deployment.${service}`,
      title: service,
      owner: 'group:default/payments',
      environment: environments[index % environments.length],
    },
    risk: { name: 'core-bank', level: levels[index % levels.length] },
    tier: 2,
    requester: {
      ref: 'user:default/dana-whitfield',
      kind: 'user',
      ...(index % 2 === 0 && {
        actor: 'plugin:mcp-actions',
        unverifiedName: 'scaler',
      }),
    },
    quorum: { approvals: index % 2, needed: 2 },
    cost: { delta: 2.4, currency: 'USD' },
    createdAt: fixtureNow - (index + 1) * 60_000,
    decideBy: fixtureNow + (index + 3) * 60_000,
    discrepancies: 0,
    mine: true,
    ...rest,
  };
}

export function createRequestRows(count: number): RequestRow[] {
  return Array.from({ length: count }, (_, index) => createRequestRow(index));
}

/** The page of these rows that a query asks for. */
export function pageOf(
  rows: readonly RequestRow[],
  query: Pick<RequestQuery, 'cursor' | 'limit'> = {},
): RequestPage {
  const from = Number(query.cursor ?? 0);
  const until = from + (query.limit ?? 50);
  return {
    items: rows.slice(from, until),
    nextCursor: until < rows.length ? String(until) : undefined,
    total: rows.length,
    now: fixtureNow,
  };
}
