import fc from 'fast-check';
import {
  config as smallConfig,
  smallEstate as smallerEstate,
  strangeLocation,
  trustedClaim,
  trustedLocation,
} from '../__testUtils__/estates';
import {
  application,
  applicationSet,
  claim,
  customResource,
  kargo,
  service,
  workload,
  type WorkloadOptions,
} from '../__testUtils__/observations';
import { ObservationIndex } from '../entities/ObservationIndex';
import type { Observation, ObservedRepository } from '../observations/model';
import type { ObservationChanges } from '../observations/ObservationStore';
import type { Projection } from './model';
import { project } from './project';

/** Two teams that own whole namespaces, and services that only labels tell apart. */
const config = {
  ...smallConfig,
  ownership: {
    rules: [
      { owner: 'group:default/payments', namespace: 'payments*' },
      { owner: 'group:default/engineering', namespace: 'evil' },
    ],
  },
};

const smallEstate = (): Observation[] => [
  ...smallerEstate(),
  ...['staging', 'production-eu'].map(name =>
    workload(name, 'payments', 'worker', {
      labels: {
        'app.kubernetes.io/name': 'mine',
        'app.kubernetes.io/part-of': 'payments',
      },
    }),
  ),
];

const owners = fc.constantFrom(
  'payments',
  'storefront',
  'group:default/payments',
  'mallory',
  'user:default/mallory',
  '../..',
  '',
);
const names = fc.constantFrom('payment-api', 'checkout', 'mine', 'payments');

/** Whatever a tenant may write on a workload. */
const tenantWritten: fc.Arbitrary<WorkloadOptions> = fc.record(
  {
    image: fc.constantFrom(
      'ghcr.io/meridian/payment-api:1',
      'ghcr.io/meridian/shop:1',
      'postgres:16',
    ),
    labels: fc.dictionary(
      fc.constantFrom(
        'app.kubernetes.io/name',
        'app.kubernetes.io/part-of',
        'backstage.io/kubernetes-id',
        'environment',
        'env',
        'causeway.dev/environment',
      ),
      fc.oneof(names, fc.constantFrom('production', 'staging')),
    ),
    annotations: fc.dictionary(
      fc.constantFrom(
        'causeway.dev/owner',
        'causeway.dev/component',
        'causeway.dev/lifecycle',
        'causeway.dev/successor',
        'argocd.argoproj.io/tracking-id',
        'github.com/project-slug',
      ),
      fc.oneof(owners, names, fc.constant('meridian/payment-api')),
    ),
    podLabels: fc.dictionary(fc.constant('app'), names),
    references: fc.array(
      fc.constantFrom('payment-api.payments', 'payments-db'),
    ),
  },
  { requiredKeys: [] },
);

/** Claims of any Component from any place. */
const anyClaim = fc
  .record({
    name: names,
    location: fc.constantFrom(trustedLocation, strangeLocation),
    owner: owners,
    kubernetesId: fc.option(names, { nil: undefined }),
    githubSlug: fc.option(fc.constant('meridian/payment-api'), {
      nil: undefined,
    }),
    argocdAppName: fc.option(fc.constant('payment-api-staging'), {
      nil: undefined,
    }),
  })
  .map(({ name, location, owner, ...annotations }) =>
    claim(`component:default/${name}`, location, { owner, annotations }),
  );

const tenantWorkload = fc
  .tuple(
    fc.constantFrom('staging', 'production-eu'),
    fc.constantFrom('evil', 'payments-staging', 'shop'),
    names,
    tenantWritten,
    fc.constantFrom('2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
  )
  .map(([cluster, ns, name, options, createdAt]) =>
    workload(cluster, ns, `tenant-${name}`, { ...options, createdAt }),
  );

/** Whatever may stand in a cluster of Argo CD and Kargo, true or made up. */
const deliveryObjects = fc
  .record({
    cluster: fc.constantFrom('staging', 'production-eu'),
    namespace: fc.constantFrom('evil', 'shop', 'payments'),
    name: names,
    other: names,
    authorized: fc.constantFrom('evil:mine', 'shop:checkout', 'a:b:c', ':'),
    resource: names,
    seen: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ cluster, namespace, name, other, authorized, resource, seen }) => {
    const stage = kargo.stage(cluster, namespace, name, {
      requests: [{ warehouse: other, direct: true, stages: [other, name] }],
      applications: [{ name: 'payment-api-staging' }, { name: other }],
    });
    const own = application('', other, {
      project: 'payments',
      destination: cluster,
      namespace,
      resources: [
        ['Deployment', resource],
        ['Rollout', name],
      ],
      data: {
        namespace,
        applicationSet: name,
        annotations: { 'kargo.akuity.io/authorized-stage': authorized },
      },
    });
    const set = applicationSet('', name, { namespace, project: other });
    return [
      stage,
      kargo.project(cluster, namespace),
      kargo.warehouse(cluster, namespace, other, {
        subscriptions: [
          { kind: 'git', address: 'https://github.com/meridian/shop' },
        ],
      }),
      kargo.freight(cluster, namespace, name, { warehouse: other }),
      kargo.promotion(cluster, namespace, name, { stage: name, freight: name }),
      customResource(cluster, {
        ...own,
        key: `${namespace}/${other}`,
        observedAt: seen,
      }),
      customResource(cluster, { ...set, key: `${namespace}/${name}` }),
      workload(cluster, namespace, name, {
        kind: 'Rollout',
        data: {
          containers: [],
          rollout: {
            paused: false,
            aborted: false,
            templateOf: { kind: 'Deployment', name: other },
          },
        },
      }),
    ] as Observation[];
  });

/** The estate with what tenants could have written into it. */
const tamperedEstate = fc
  .tuple(
    fc.array(tenantWritten, { minLength: 6, maxLength: 6 }),
    fc.uniqueArray(anyClaim, { maxLength: 4, selector: ({ key }) => key }),
    fc.uniqueArray(tenantWorkload, {
      maxLength: 4,
      selector: ({ partition, key }) => `${partition} ${key}`,
    }),
    fc.array(owners, { maxLength: 2 }),
    fc.array(deliveryObjects, { maxLength: 2 }),
  )
  .map(([onWorkloads, claims, added, codeowners, delivery]): Observation[] => {
    let position = 0;
    const tampered = smallEstate().map((observation): Observation => {
      if (observation.kind === 'Workload') {
        const { image, references, podLabels, ...meta } =
          onWorkloads[position++ % onWorkloads.length];
        const data = (observation as Observation<'Workload'>).data;
        return {
          ...observation,
          data: {
            ...data,
            meta: { ...data.meta, ...meta },
            podLabels: podLabels ?? data.podLabels,
            containers: image ? [{ name: 'main', image }] : data.containers,
          },
        };
      }
      return observation.kind === 'Repository'
        ? {
            ...observation,
            data: {
              ...(observation.data as ObservedRepository),
              codeowners: [
                {
                  pattern: '*',
                  owners: codeowners.map(owner => `@meridian/${owner}`),
                },
              ],
            },
          }
        : observation;
    });
    // Of two objects in one place the API server keeps one.
    const distinct = new Map(
      [...added, ...delivery.flat()].map(one => [
        `${one.partition} ${one.key}`,
        one,
      ]),
    );
    return [...tampered, ...claims, ...distinct.values()];
  });

/** What of origin `platform` is known of everything that was there before. */
function platformFacts({ contexts, edges }: Projection): Map<string, unknown> {
  const byRef = new Map(contexts.map(context => [context.ref, context]));
  const platform = (value?: { value: string; origin: string }) =>
    value?.origin === 'platform' ? value.value : undefined;
  const facts = new Map<string, unknown>();
  for (const { ref, owner, environment } of contexts) {
    if (ref.startsWith('resource:')) {
      facts.set(ref, [platform(owner), platform(environment)]);
    }
  }
  for (const { from, type, to } of edges) {
    if (type === 'partOf' && to.startsWith('component:')) {
      facts.set(`service of ${from}`, platform(byRef.get(to)?.owner));
    }
  }
  return facts;
}

describe('projection', () => {
  it('depends on no order', () => {
    fc.assert(
      fc.property(
        tamperedEstate.chain(estate =>
          fc.tuple(
            fc.constant(estate),
            fc.shuffledSubarray(estate, {
              minLength: estate.length,
              maxLength: estate.length,
            }),
          ),
        ),
        ([estate, shuffled]) => {
          expect(JSON.stringify(project(shuffled, config))).toBe(
            JSON.stringify(project(estate, config)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('comes to the same whether changes arrive at once or bit by bit', async () => {
    await fc.assert(
      fc.asyncProperty(
        tamperedEstate,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.boolean(),
        async (estate, sizes, detour) => {
          const pages: Omit<ObservationChanges, 'mark' | 'more'>[] = [];
          if (detour) {
            // Things come and go before the estate is what it is.
            const passing = workload('staging', 'shop', 'passing');
            pages.push({ upserted: [passing, trustedClaim], removed: [] });
            pages.push({
              upserted: [],
              removed: [
                passing,
                ...(estate.some(({ key }) => key === trustedClaim.key)
                  ? []
                  : [trustedClaim]),
              ],
            });
          }
          for (let from = 0, turn = 0; from < estate.length; turn++) {
            const size = sizes[turn % sizes.length];
            pages.push({
              upserted: estate.slice(from, from + size),
              removed: [],
            });
            from += size;
          }
          const index = new ObservationIndex({
            changesSince: async mark => {
              const at = Number(mark ?? 0);
              return { ...pages[at], mark: `${at + 1}`, more: false };
            },
          });
          for (const _page of pages) {
            await index.follow();
          }
          expect(JSON.stringify(project(index.all(), config))).toBe(
            JSON.stringify(project(estate, config)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is monotone: nothing that tenants write changes an owner or environment of the platform', () => {
    const before = platformFacts(project(smallEstate(), config));
    expect([...before.values()].flat().filter(Boolean)).not.toHaveLength(0);
    fc.assert(
      fc.property(tamperedEstate, estate => {
        const after = platformFacts(project(estate, config));
        // A tenant may turn its own workload into something else, not into somebody else's.
        const kept = [...before].filter(([what]) => after.has(what));
        expect(kept.map(([what]) => [what, after.get(what)])).toEqual(kept);
      }),
      { numRuns: 200 },
    );
  });

  it('gives every entity one name and every edge two ends that exist', () => {
    fc.assert(
      fc.property(tamperedEstate, estate => {
        const { entities, edges, contexts } = project(
          [...estate, service('staging', 'evil', 'payment-api')],
          config,
        );
        const refs = new Set(entities.map(({ ref }) => ref));
        const described = contexts.map(({ ref }) => ref);
        expect(new Set(described).size).toBe(described.length);
        expect(described).toEqual(expect.arrayContaining([...refs]));
        expect(refs.size).toBe(entities.length);
        const handWritten = new Set(
          estate.filter(({ kind }) => kind === 'Claim').map(({ key }) => key),
        );
        for (const { from, to } of edges) {
          expect(from).not.toBe(to);
          expect(refs.has(from) || handWritten.has(from)).toBe(true);
          expect(refs.has(to) || handWritten.has(to)).toBe(true);
        }
        for (const ref of handWritten) {
          // The name of a hand-written Component is never ours to take.
          expect(refs.has(ref)).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });
});
