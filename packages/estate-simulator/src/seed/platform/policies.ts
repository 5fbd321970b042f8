import type { PolicyResultSeed } from './model';

const inProduction = {
  cluster: 'production-eu',
  namespace: 'payments',
} as const;

/** What fails the company's policies. */
export const policyResults: PolicyResultSeed[] = [
  {
    ...inProduction,
    type: 'deployments.apps',
    name: 'card-processor',
    policy: 'require-probes',
    rule: 'readiness-and-liveness',
    result: 'fail',
    severity: 'medium',
  },
  {
    ...inProduction,
    type: 'deployments.apps',
    name: 'card-processor',
    policy: 'restrict-image-registries',
    rule: 'signed-images',
    result: 'fail',
    severity: 'high',
  },
  {
    ...inProduction,
    type: 'deployments.apps',
    name: 'payment-api',
    policy: 'require-limits',
    rule: 'cpu-limits',
    result: 'warn',
    severity: 'low',
  },
  {
    ...inProduction,
    type: 'statefulsets.apps',
    name: 'payments-db',
    policy: 'disallow-latest-tag',
    rule: 'pinned-by-digest',
    result: 'warn',
    severity: 'medium',
  },
  {
    cluster: 'development',
    namespace: 'scratch',
    type: 'deployments.apps',
    name: 'api',
    policy: 'disallow-latest-tag',
    rule: 'tag-is-not-latest',
    result: 'fail',
    severity: 'medium',
  },
];
