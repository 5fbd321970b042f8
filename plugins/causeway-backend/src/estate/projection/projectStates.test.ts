import fc from 'fast-check';
import { config, smallEstate, trustedClaim } from '../__testUtils__/estates';
import { workload } from '../__testUtils__/observations';
import { RowComparison } from '../entities/RowComparison';
import { projectedTables } from '../entities/rows';
import type { Observation, ObservedWorkload } from '../observations/model';
import { finish } from './pieces';
import { projectInto } from './project';
import { projectStates } from './projectStates';

type Stored = ConstructorParameters<typeof RowComparison>[0];

const nothing = () =>
  Object.fromEntries(
    projectedTables.map(table => [table, new Map<string, string>()]),
  ) as Record<keyof Stored, Map<string, string>>;

/** Hashes of all rows, as they are after a comparison's differences are written. */
function write(
  stored: ReturnType<typeof nothing>,
  differences: ReturnType<RowComparison['finish']>,
) {
  for (const table of projectedTables) {
    const { upsert, remove } = differences[table];
    upsert.forEach(({ key, hash }) => stored[table].set(key, hash));
    remove.forEach(key => stored[table].delete(key));
  }
}

function projectWhole(observations: Observation[]) {
  const stored = nothing();
  const comparison = new RowComparison(stored);
  const world = finish(projectInto(comparison, observations, config));
  write(stored, comparison.finish());
  return { world, stored };
}

const sorted = (stored: Stored) =>
  projectedTables.map(table => [table, [...stored[table]].sort()]);

const estate = (): Observation[] => [
  ...smallEstate(),
  trustedClaim,
  ...['staging', 'production-eu'].map(name =>
    workload(name, 'payments', 'worker', {
      labels: { 'app.kubernetes.io/name': 'mine' },
      annotations: { 'causeway.dev/successor': 'payment-api' },
    }),
  ),
  // Takes the pod template of another workload, which then rests.
  workload('staging', 'payments', 'rolled', {
    kind: 'Rollout',
    data: {
      containers: [],
      rollout: {
        paused: false,
        aborted: false,
        templateOf: { kind: 'Deployment', name: 'worker' },
      },
    },
  }),
];

/** Rollouts that borrow their template are left to a whole projection. */
const isWorkload = (one: Observation): one is Observation<'Workload'> =>
  one.kind === 'Workload' &&
  (one as Observation<'Workload'>).data.workloadKind !== 'Rollout';

const count = fc.nat({ max: 5 });

const state: fc.Arbitrary<
  Pick<ObservedWorkload, 'replicas' | 'current' | 'conditions'>
> = fc.record({
  replicas: fc.option(
    fc.record({
      desired: count,
      ready: count,
      updated: count,
      available: count,
    }),
    { nil: undefined },
  ),
  current: fc.boolean(),
  conditions: fc.option(
    fc.array(
      fc.record({
        type: fc.constantFrom('Available', 'Progressing', 'ReplicaFailure'),
        status: fc.constantFrom('True', 'False', 'Unknown'),
        reason: fc.constantFrom(undefined, 'NewReplicaSetAvailable'),
      }),
      { maxLength: 3 },
    ),
    { nil: undefined },
  ),
});

describe('projectStates', () => {
  it('comes to what a whole projection from scratch comes to', () => {
    const workloads = estate().filter(isWorkload).length;
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.tuple(fc.nat({ max: workloads - 1 }), state), {
            minLength: 1,
            maxLength: 3,
          }),
          { minLength: 1, maxLength: 4 },
        ),
        steps => {
          const observations = estate();
          const { world, stored } = projectWhole(observations);
          for (const step of steps) {
            const changes = new Map<
              number,
              { before: Observation; after: Observation }
            >();
            for (const [number, news] of step) {
              const before = observations.filter(isWorkload)[number];
              const place = observations.indexOf(before);
              const data = { ...before.data, ...news };
              const after = { ...before, data, hash: `${before.hash}'` };
              changes.set(place, {
                before: changes.get(place)?.before ?? before,
                after,
              });
              observations[place] = after;
            }
            const comparison = new RowComparison(stored);
            expect(projectStates(comparison, world, changes.values())).toBe(
              true,
            );
            write(stored, comparison.finish(true));
          }
          expect(sorted(stored)).toEqual(
            sorted(projectWhole(observations).stored),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  const one = () => estate().find(isWorkload)!;
  const changed = (
    news: Partial<ObservedWorkload>,
  ): { before?: Observation; after?: Observation } => {
    const before = one();
    return { before, after: { ...before, data: { ...before.data, ...news } } };
  };

  it.each([
    ['an image', changed({ containers: [{ name: 'web', image: 'nginx:2' }] })],
    [
      'a label',
      changed({ meta: { ...one().data.meta, labels: { app: 'x' } } }),
    ],
    ['what is talked to', changed({ references: [] })],
    ['the labels of pods', changed({ podLabels: { app: 'other' } })],
    ['a workload that came', { after: one() }],
    ['a workload that went', { before: one() }],
    [
      'a kind whose state others rely on',
      { before: trustedClaim, after: trustedClaim },
    ],
  ])('leaves %s to a whole projection', (_, change) => {
    const observations = estate();
    const { world } = projectWhole(observations);
    const before = observations.find(
      ({ partition, key }) =>
        partition === change.before?.partition && key === change.before.key,
    );
    const sink = { context: jest.fn(), facts: jest.fn() };
    expect(projectStates(sink, world, [{ ...change, before }])).toBe(false);
    expect(sink.context).not.toHaveBeenCalled();
  });
});
