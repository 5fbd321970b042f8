import type {
  EstateStatus,
  PartitionStatus,
} from '@causeway/backstage-plugin-causeway-common';

/** The time at which the fixtures were answered. */
export const fixtureNow = Date.UTC(2026, 0, 15, 12, 0, 0);

const minute = 60_000;

function partition(
  id: string,
  rest: Partial<PartitionStatus> = {},
): PartitionStatus {
  const [, scope, kind] = id.split('/');
  return {
    id,
    scope,
    kind,
    state: 'fresh',
    objects: 24,
    unreadable: 0,
    confirmedAt: fixtureNow - 12_000,
    attemptedAt: fixtureNow - 12_000,
    nextAttemptAt: fixtureNow + 10 * minute,
    watching: true,
    ...rest,
  };
}

const kinds = [
  'deployments.apps',
  'statefulsets.apps',
  'services',
  'ingresses.networking.k8s.io',
  'horizontalpodautoscalers.autoscaling',
  'namespaces',
];

function cluster(
  id: string,
  environment: string,
  changed: Record<string, Partial<PartitionStatus>> = {},
) {
  return {
    id,
    kind: 'kubernetes' as const,
    title: id,
    address: `https://${id}.clusters.meridian.example:6443`,
    environment,
    partitions: kinds.map(kind =>
      partition(`${id}/-/${kind}`, changed[kind] ?? {}),
    ),
  };
}

/** An estate with every state a partition can be in. */
export function createEstateStatus(
  rest: Partial<EstateStatus> = {},
): EstateStatus {
  return {
    sources: [
      cluster('production-eu', 'production'),
      cluster('production-us', 'production', {
        'deployments.apps': {
          state: 'stale',
          reason: 'forbidden',
          message:
            'The API server answered 403 for deployments.apps. Give the service account causeway-reader list and watch on deployments.',
          confirmedAt: fixtureNow - 47 * minute,
          nextAttemptAt: fixtureNow + minute,
          watching: false,
        },
        services: {
          state: 'held',
          reason: 'mass-removal',
          message:
            'The last complete list has 18 of 61 services fewer. If the next one says the same, they go.',
          objects: 61,
        },
      }),
      cluster('staging', 'staging', {
        'ingresses.networking.k8s.io': { unreadable: 2 },
      }),
      cluster('development', 'development', {
        'horizontalpodautoscalers.autoscaling': {
          state: 'absent',
          reason: 'not-installed',
          objects: 0,
          confirmedAt: undefined,
          watching: false,
        },
        'statefulsets.apps': {
          state: 'waiting',
          objects: 0,
          confirmedAt: undefined,
          watching: false,
        },
      }),
      {
        id: 'argocd-prod',
        kind: 'argocd',
        title: 'argocd-prod',
        address: 'https://argocd.meridian.example',
        partitions: [
          partition('argocd-prod/-/applications', { objects: 41 }),
          partition('argocd-prod/-/projects', { objects: 8, watching: false }),
        ],
      },
      {
        id: 'github',
        kind: 'github',
        title: 'meridian on GitHub',
        address: 'https://api.github.com',
        partitions: [
          partition('github/meridian/repositories', {
            objects: 32,
            watching: false,
          }),
          partition('github/meridian/teams', { objects: 9, watching: false }),
        ],
        rateLimit: {
          limit: 5000,
          remaining: 4312,
          resetAt: fixtureNow + 23 * minute,
        },
      },
    ],
    problems: [
      {
        id: 'contested-1',
        kind: 'contested',
        entityRef: 'component:default/ledger',
        title: 'ledger: owner',
        detail:
          'Annotation causeway.dev/owner on the Deployment says group:default/payments; owners of this namespace come from argocd-prod.',
      },
      {
        id: 'collision-1',
        kind: 'collision',
        entityRef: 'component:default/gateway-3f9a1c02',
        title: 'gateway',
        detail: 'Two services of different teams are called gateway.',
      },
      ...Array.from({ length: 7 }, (_, index) => ({
        id: `shortened-${index}`,
        kind: 'shortened' as const,
        entityRef: `resource:default/production-eu.batch-${index}-1b2c3d4e`,
        title: `production-eu / settlement-reconciliation-batch-${index}`,
        detail: 'The name has more than 63 characters.',
      })),
      {
        id: 'unowned',
        kind: 'unowned',
        title: '12 entities have no owner',
        detail:
          'No rule says whose they are, so they stand under group:default/unowned: resource:default/staging.sandbox. Add a rule or a default to causeway.estate.ownership.',
      },
      {
        id: 'unrepresented-1',
        kind: 'unrepresented',
        partition: 'staging/-/ingresses.networking.k8s.io',
        title: 'staging / shop / Ingress storefront-old',
        detail: 'It has no rule with a host.',
      },
    ],
    counts: {
      entities: 412,
      edges: 968,
      byType: {
        'kubernetes-workload': 118,
        'argocd-application': 96,
        service: 38,
        'github-repository': 32,
        'kubernetes-namespace': 44,
        route: 36,
        datastore: 22,
        gateway: 6,
        'argocd-project': 12,
        'kubernetes-cluster': 4,
      },
      byRelation: {
        runsOn: 182,
        ownedBy: 368,
        deploys: 140,
        partOf: 170,
        sourcedFrom: 62,
        dependsOn: 28,
        exposes: 18,
      },
    },
    projectedAt: fixtureNow - 3_000,
    now: fixtureNow,
    ...rest,
  };
}
