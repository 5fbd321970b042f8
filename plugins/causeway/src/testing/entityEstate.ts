import type {
  EntityEstate,
  Freshness,
  RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import { fixtureNow } from './estateStatus';

function freshness(source: string, rest: Partial<Freshness> = {}): Freshness {
  return {
    source,
    partition: `${source}/-/deployments.apps`,
    state: 'fresh',
    confirmedAt: fixtureNow - 14_000,
    ...rest,
  };
}

function instance(
  cluster: string,
  environment: string,
  rest: Partial<RunningInstance> = {},
): RunningInstance {
  return {
    entityRef: `resource:default/${cluster}.payments.deployment.payment-api`,
    title: 'payment-api',
    environment: {
      value: environment,
      origin: 'platform',
      rule: 'cluster-map',
      evidence: `cluster ${cluster}`,
    },
    cluster,
    namespace: 'payments',
    workloadKind: 'Deployment',
    version: '2.14.1',
    image: 'ghcr.io/meridian/payment-api:2.14.1',
    replicas: { desired: 6, ready: 6, min: 3, max: 12 },
    health: 'healthy',
    sync: 'synced',
    applicationRef: `resource:default/argocd-prod.argocd.application.payment-api-${cluster}`,
    freshness: freshness(cluster),
    ...rest,
  };
}

/** What the estate knows of `payment-api`. */
export function createEntityEstate(
  rest: Partial<EntityEstate> = {},
): EntityEstate {
  const hour = 3_600_000;
  return {
    entityRef: 'component:default/payment-api',
    kind: 'ingested',
    freshness: freshness('production-eu'),
    owner: {
      value: 'group:default/payments',
      origin: 'platform',
      rule: 'argocd-project',
      evidence: 'project payments of argocd-prod',
    },
    instances: [
      instance('development', 'development', {
        version: '2.15.0-rc.2',
        replicas: { desired: 1, ready: 1 },
      }),
      instance('production-eu', 'production'),
      instance('production-us', 'production', {
        replicas: { desired: 6, ready: 4, min: 3, max: 12 },
        health: 'degraded',
        sync: 'out-of-sync',
        freshness: freshness('production-us', {
          state: 'stale',
          reason: 'forbidden',
          message: 'The API server answered 403 for deployments.apps.',
          confirmedAt: fixtureNow - 47 * 60_000,
        }),
      }),
      instance('staging', 'staging', {
        version: '2.15.0-rc.1',
        health: 'progressing',
        replicas: { desired: 2, ready: 1 },
      }),
    ],
    deliveries: Array.from({ length: 12 }, (_, index) => ({
      applicationRef: `resource:default/argocd-prod.argocd.application.payment-api-production-${
        index % 2 ? 'us' : 'eu'
      }`,
      applicationTitle: `payment-api-production-${index % 2 ? 'us' : 'eu'}`,
      environment: 'production',
      revision: `${index.toString(16).repeat(4)}4c81d0f2b7e3a9`
        .repeat(3)
        .slice(0, 40),
      revisionUrl: `https://github.com/meridian/deployments/commit/${index}`,
      deployedAt: fixtureNow - (index * 9 + 2) * hour,
      initiatedBy: index % 3 === 0 ? 'imani.osei' : undefined,
      current: index < 2,
    })),
    links: [
      {
        title: 'Repository',
        url: 'https://github.com/meridian/payment-api',
      },
      {
        title: 'argocd-prod',
        url: 'https://argocd.meridian.example/applications/payment-api',
      },
    ],
    problems: [],
    now: fixtureNow,
    ...rest,
  };
}
