import fc from 'fast-check';
import { createClusterState } from '../ClusterState';
import { KubernetesObject } from '../model';
import { StatusError } from '../objects/StatusError';
import { compareFields } from './compareFields';
import { FieldSet, fieldPaths, fieldSetOf, union } from './fieldSet';
import { trackedPart } from './managedFields';
import { serverSideApply } from './serverSideApply';
import { strategicMerge } from './strategicMerge';

const context = { kind: 'Deployment', custom: false };

const container = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c'),
    image: fc.constantFrom('one', 'two'),
    env: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('X', 'Y', 'Z'),
        value: fc.constantFrom('1', '2'),
      }),
      { selector: variable => variable.name, minLength: 1 },
    ),
  },
  { requiredKeys: ['name', 'image'] },
);

const deployment: fc.Arbitrary<KubernetesObject> = fc
  .record({
    labels: fc.dictionary(
      fc.constantFrom('tier', 'team', 'zone'),
      fc.constantFrom('p', 'q'),
    ),
    replicas: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    containers: fc.uniqueArray(container, {
      selector: item => item.name,
      minLength: 1,
    }),
  })
  .map(({ labels, replicas, containers }) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'default',
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
    },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers },
      },
    },
  }));

type Step = { manager: string; config: KubernetesObject; apply: boolean };
const step: fc.Arbitrary<Step> = fc.record({
  manager: fc.constantFrom('argocd', 'kubectl', 'causeway'),
  config: deployment,
  apply: fc.boolean(),
});

/** Performs the steps; an apply that would leave an invalid rest is refused, as by a real server. */
function perform(steps: Step[]) {
  const cluster = createClusterState({ name: 'property' });
  const type = cluster.typeOf('deployments.apps')!;
  const accepted: Step[] = [];
  const attempt = ({ manager, config, apply }: Step) => {
    const live = cluster.get('deployments.apps', 'web', 'default');
    if (!apply) {
      cluster.store(
        type,
        { ...config, status: live?.status },
        { manager, operation: 'Update' },
      );
      return;
    }
    const wanted = live
      ? serverSideApply({ live, config, manager, force: true, context })
      : config;
    cluster.store(type, wanted, {
      manager,
      operation: 'Apply',
      applied: config,
    });
  };
  for (const each of steps) {
    try {
      attempt(each);
      accepted.push(each);
    } catch (error) {
      if (!(error instanceof StatusError) || error.status.code !== 422) {
        throw error;
      }
    }
  }
  const live = cluster.get('deployments.apps', 'web', 'default')!;
  return { live, last: accepted[accepted.length - 1] };
}

describe('field ownership', () => {
  it('covers only fields that are there, and the last writer owns what it wrote', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), steps => {
        const { live, last } = perform(steps);
        const all = new Set(
          fieldPaths(fieldSetOf(trackedPart(live), context, { parents: true })),
        );
        for (const entry of live.metadata.managedFields ?? []) {
          for (const path of fieldPaths(entry.fieldsV1 as FieldSet)) {
            // Parents that a compiled type always has are owned by nobody.
            expect([...all]).toContain(path);
          }
        }
        const config = fieldSetOf(trackedPart(last.config), context, {
          parents: false,
        });
        const { changed } = compareFields(
          trackedPart(live),
          trackedPart(strategicMerge(live, last.config, context)),
          context,
        );
        // What was written last stands.
        expect(fieldPaths(changed)).toEqual([]);
        const own = live.metadata.managedFields?.find(
          entry =>
            entry.manager === last.manager && entry.operation === 'Apply',
        );
        expect(last.apply ? own?.fieldsV1 : config).toEqual(config);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves nothing that nobody owns but the defaults', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), steps => {
        const applied = steps.map(each => ({ ...each, apply: true }));
        const { live } = perform(applied);
        const owned = (live.metadata.managedFields ?? []).reduce<
          FieldSet | undefined
        >((set, entry) => union(set, entry.fieldsV1 as FieldSet), undefined);
        const paths = new Set(fieldPaths(owned));
        const unowned = fieldPaths(
          fieldSetOf(trackedPart(live), context, { parents: false }),
        ).filter(path => !paths.has(path));
        expect(
          unowned.filter(path => /labels|image$|env|\.name$/.test(path)),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('strategicMerge', () => {
  const merge = (target: unknown, patch: unknown) =>
    strategicMerge(target, patch, context);
  const pod = (containers: unknown[]) => ({ spec: { containers } });

  it('changes nothing when an object is merged over itself', () => {
    fc.assert(
      fc.property(deployment, object => {
        expect(merge(object, object)).toEqual(object);
      }),
    );
  });

  it('merges keyed lists, deletes and orders their items', () => {
    const target = pod([
      { name: 'a', image: 'one', env: [{ name: 'X', value: '1' }] },
      { name: 'b', image: 'one' },
    ]);
    expect(
      merge(target, {
        spec: {
          '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }],
          containers: [
            { name: 'b', $patch: 'delete' },
            { name: 'a', env: [{ name: 'Y', value: '2' }] },
            { name: 'c', image: 'two' },
          ],
        },
      }),
    ).toEqual(
      pod([
        { name: 'c', image: 'two' },
        {
          name: 'a',
          image: 'one',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        },
      ]),
    );
  });

  it('follows the directives', () => {
    expect(
      merge(pod([{ name: 'a' }]), pod([{ $patch: 'replace' }, { name: 'z' }])),
    ).toEqual(pod([{ name: 'z' }]));
    expect(
      merge(
        { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: {} } } },
        { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
      ),
    ).toEqual({ spec: { strategy: { type: 'Recreate' } } });
    expect(
      merge(
        { metadata: { finalizers: ['a', 'b'] } },
        {
          metadata: {
            '$deleteFromPrimitiveList/finalizers': ['a'],
            finalizers: ['c'],
          },
        },
      ),
    ).toEqual({ metadata: { finalizers: ['b', 'c'] } });
    expect(
      merge(
        { spec: { nodeSelector: { a: 'b' } } },
        { spec: { nodeSelector: { $patch: 'replace', c: 'd' } } },
      ),
    ).toEqual({ spec: { nodeSelector: { c: 'd' } } });
    expect(() => merge({}, { $patch: 'explode' })).toThrow(
      'Unknown patch type: explode. Valid types are: delete, replace, merge',
    );
  });
});
