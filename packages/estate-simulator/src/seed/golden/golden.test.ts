import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meridian } from '../meridian';
import { expectedEdges, formatEdge } from './expectedEdges';
import { expectedEntities } from './expectedEntities';
import { entityName } from './names';

describe('the golden graph', () => {
  const entities = expectedEntities();
  const edges = expectedEdges();

  it('is what the checked-in list says', () => {
    const text = readFileSync(join(__dirname, 'edges.txt'), 'utf8');
    expect(edges.map(formatEdge)).toEqual(text.trimEnd().split('\n'));
  });

  it('counts what a company of this size has', () => {
    expect(entities.length).toBeGreaterThanOrEqual(350);
    expect(entities.length).toBeLessThan(600);
    const count = (type: string) =>
      entities.filter(entity => entity.type === type).length;
    expect({
      users: count('user'),
      groups: count('group'),
      clusters: count('kubernetes-cluster'),
      repositories: count('github-repository'),
    }).toEqual({ users: 28, groups: 9, clusters: 4, repositories: 30 });
  });

  it('names every entity once, and as the catalog accepts it', () => {
    const refs = entities.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    for (const ref of refs) {
      const name = ref.split('/')[1];
      expect(name.length).toBeLessThanOrEqual(63);
      expect(name).toMatch(/^[a-z0-9]+([-_.][a-z0-9]+)*$/);
    }
  });

  it('leads from entities to entities, never to oneself', () => {
    const refs = new Set(entities.map(({ ref }) => ref));
    for (const edge of edges) {
      expect([edge, refs.has(edge.source), refs.has(edge.target)]).toEqual([
        edge,
        true,
        true,
      ]);
      expect(edge.source).not.toBe(edge.target);
    }
  });

  it('lets the older of two services keep the name', () => {
    const gateways = edges
      .map(formatEdge)
      .filter(line =>
        /^resource:default\/production-eu\.\S+\.deployment\.gateway partOf/.test(
          line,
        ),
      );
    expect(gateways).toEqual([
      'resource:default/production-eu.core-banking.deployment.gateway partOf component:default/gateway',
      expect.stringMatching(
        /^resource:default\/production-eu\.fulfilment\.deployment\.gateway partOf component:default\/gateway-[0-9a-f]{8}$/,
      ),
    ]);
  });

  it('shortens names that are too long or ambiguous, and keeps the others', () => {
    expect(
      entityName('production-eu', 'payments', 'deployment', 'payment-api'),
    ).toBe('production-eu.payments.deployment.payment-api');
    expect(entityName('a.b', 'c')).toMatch(/^a\.b\.c-[0-9a-f]{8}$/);
    const long = entityName(
      'production-eu',
      'fulfilment',
      'deployment',
      'warehouse-integration-reconciliation-exporter',
    );
    expect(long).toMatch(
      /^production-eu\.fulfilment\.deployment\.warehouse-integrat-[0-9a-f]{8}$/,
    );
  });

  it('only depends on services that run in the same cluster', () => {
    const lists = meridian.services.flatMap(service =>
      service.workloads.flatMap(workload =>
        (workload.calls ?? []).flatMap(({ to }) => {
          const [namespace, name] = to.split('/');
          const target = meridian.services.find(
            candidate =>
              candidate.namespace === namespace &&
              candidate.workloads.some(one => one.name === name && one.port),
          );
          return Object.keys(service.versions)
            .filter(cluster => !(cluster in (target?.versions ?? {})))
            .map(cluster => `${service.name} calls ${to} in ${cluster}`);
        }),
      ),
    );
    expect(lists).toEqual([]);
  });
});
