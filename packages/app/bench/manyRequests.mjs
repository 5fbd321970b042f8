// Requests that wait, as a gate tells of them in lists: texts are as long as
// real ones, and what the rows show differs from row to row.
const levels = ['critical', 'high', 'medium', 'low'];
const services = ['payment-api', 'ledger', 'checkout', 'storefront', 'kyc'];
const environments = ['production', 'staging', 'development'];
const people = ['dana-whitfield', 'priya-raman', 'noor-haddad', 'ada-okafor'];
const minute = 60_000;

function createRow(at, now) {
  const service = `${services[at % services.length]}-${at % 97}`;
  const environment = environments[at % environments.length];
  return {
    id: `req-${String(at + 1).padStart(6, '0')}`,
    state: 'pending',
    revision: 1,
    operation: { name: 'scale-workload', title: 'Scale a workload' },
    summary: `Scale Deployment payments/${service} from 6 to ${7 + (at % 24)} replicas`,
    target: {
      entityRef: `resource:default/${environment}-eu.payments.deployment.${service}`,
      title: service,
      owner: 'group:default/payments',
      environment,
    },
    risk: { name: 'core-bank', level: levels[at % levels.length] },
    tier: 2,
    requester: {
      ref: `user:default/${people[at % people.length]}`,
      kind: 'user',
      ...(at % 2 === 0 && {
        actor: 'plugin:mcp-actions',
        unverifiedName: `scaler-${at % 7}`,
      }),
    },
    quorum: { approvals: at % 2, needed: 2 },
    cost: { delta: (at % 90) / 10, currency: 'USD' },
    createdAt: now - ((at % 600) + 1) * minute,
    // Some are nearly over: their clocks go by the second.
    decideBy: now + (at + 3) * minute,
    discrepancies: 0,
    mine: true,
  };
}

/** So many waiting requests, and the pages of them that a list asks for. */
export function manyRequests(count) {
  const began = Date.now();
  const rows = Array.from({ length: count }, (_, at) => createRow(at, began));
  return {
    page(search) {
      const from = Number(search.get('cursor') ?? 0);
      const until = from + Number(search.get('limit') ?? 50);
      return {
        items: rows.slice(from, until),
        nextCursor: until < rows.length ? String(until) : undefined,
        total: rows.length,
        now: Date.now(),
      };
    },
    status: () => ({
      open: true,
      halts: [],
      freezes: [],
      pending: count,
      mine: count,
      policy: { hash: 'a3f1'.repeat(16), origin: 'bench', invalid: false },
      choices: { halt: { allowed: true }, readAudit: { allowed: true } },
      now: Date.now(),
    }),
  };
}
