import fc from 'fast-check';
import { listObjects } from './api/listObjects';
import { adminRules } from './api/access';
import { ApiRequest } from './api/ApiRequest';
import { createClusterState } from './ClusterState';
import { asList, at } from './objects/json';
import { createManualTimers } from './Timers';

const namespaces = ['a', 'a-b', 'b'];

type Write =
  | { what: 'apply'; namespace: string; name: string; value: number }
  | { what: 'delete'; namespace: string; name: string };

const name = fc.constantFrom('x', 'x-1', 'x.1', 'x1', 'y', 'z');
const namespace = fc.constantFrom(...namespaces);
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    what: fc.constant('apply' as const),
    namespace,
    name,
    value: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ what: fc.constant('delete' as const), namespace, name }),
);

describe('chunked lists and watches', () => {
  const type = { group: '', resource: 'configmaps' };

  function start() {
    const cluster = createClusterState({ name: 'property' });
    const configMaps = cluster.typeOf('configmaps')!;
    const context = {
      cluster,
      timers: createManualTimers(),
      bookmarkIntervalMs: 1000,
    };
    const list = (query: Record<string, string>, within?: string) => {
      const request: ApiRequest = {
        ...type,
        verb: 'list',
        version: 'v1',
        namespace: within,
        query: new URLSearchParams(query),
        headers: {},
        body: '',
        token: { token: '', user: 'test', rules: adminRules },
      };
      return listObjects(context, request, configMaps).body;
    };
    const perform = (writes: Write[]) => {
      for (const step of writes) {
        if (step.what === 'delete') {
          cluster.delete('configmaps', step.name, step.namespace);
        } else {
          cluster.apply(
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: step.name, namespace: step.namespace },
              data: { value: String(step.value) },
            },
            { manager: 'test' },
          );
        }
      }
    };
    return { cluster, configMaps, list, perform };
  }

  it('show one snapshot however much is written between the pages', () => {
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 30 }),
        fc.array(fc.array(write, { maxLength: 5 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.option(namespace, { nil: undefined }),
        (before, between, limit, within) => {
          const { list, perform } = start();
          perform(before);
          const whole = list({}, within);
          const items: unknown[] = [];
          let token = '';
          for (let page = 0; ; page++) {
            const answer = list(
              {
                limit: String(limit),
                ...(token ? { continue: token } : {}),
              },
              within,
            );
            items.push(...asList(at(answer, 'items')));
            expect(at(answer, 'metadata', 'resourceVersion')).toBe(
              at(whole, 'metadata', 'resourceVersion'),
            );
            token = (at(answer, 'metadata', 'continue') as string) ?? '';
            if (!token) break;
            perform(between[page] ?? []);
          }
          expect(items).toEqual(at(whole, 'items'));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('lead from any version to the current state', () => {
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 20 }),
        fc.array(write, { maxLength: 20 }),
        (before, after) => {
          const { cluster, configMaps, perform } = start();
          perform(before);
          const from = cluster.resourceVersion;
          const copy = new Map(cluster.entriesAt(configMaps, from));
          perform(after);
          expect(new Map(cluster.entriesAt(configMaps, from))).toEqual(copy);
          let last = from;
          for (const event of cluster.eventsSince(configMaps, from)) {
            expect(event.resourceVersion).toBeGreaterThan(last);
            last = event.resourceVersion;
            if (event.type === 'DELETED') copy.delete(event.key);
            else copy.set(event.key, event.object);
          }
          const now = cluster.entriesAt(configMaps, cluster.resourceVersion);
          expect([...copy].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(now);
        },
      ),
      { numRuns: 100 },
    );
  });
});
