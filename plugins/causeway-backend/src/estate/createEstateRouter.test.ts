import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  estateFeedTopic,
  type EntityEstate,
  type EstateGraph,
} from '@causeway/backstage-plugin-causeway-common';
import request from 'supertest';
import { asCatalog } from './__testUtils__/asCatalog';
import { smallEstate, trustedClaim } from './__testUtils__/estates';
import { FakeIngestion } from './__testUtils__/FakeIngestion';
import { eventually } from './__testUtils__/eventually';
import { pluginHeader, readFeed } from './__testUtils__/feedClient';
import { FakeCatalog, startEstate } from './__testUtils__/startEstate';

jest.setTimeout(180_000);

const payments = 'component:default/payment-api';
const checkout = 'component:default/checkout';
const eu = 'resource:default/production-eu.payments.deployment.payment-api';
const staging = 'resource:default/staging.payments.deployment.payment-api';

async function start(options: Partial<Parameters<typeof startEstate>[0]> = {}) {
  const ingestion = new FakeIngestion(smallEstate());
  const started = await startEstate({ ingestion, ...options });
  const { items, last } = await eventually(() => readFeed(started.server));
  started.catalog.entities = asCatalog(items);
  const get = (path: string, header?: string) => {
    const call = request(started.server).get(`/api/causeway${path}`);
    return header ? call.set('Authorization', header) : call;
  };
  const graph = async (query: Record<string, string | number>) =>
    (await get(`/estate/graph?${new URLSearchParams(query as {})}`).expect(200))
      .body as EstateGraph;
  return { ...started, ingestion, items, last, get, graph };
}

describe('GET /estate/feed', () => {
  it('answers the catalog and nobody else', async () => {
    const { get } = await start();
    for (const header of [
      mockCredentials.user.header(),
      pluginHeader('plugin:scaffolder'),
      pluginHeader('plugin:causeway'),
      pluginHeader('external:plugin:catalog'),
    ]) {
      const { status, text } = await get('/estate/feed', header);
      expect([header, status]).toEqual([header, 403]);
      expect(text).not.toContain('payment-api');
    }
    await get('/estate/feed', mockCredentials.none.header()).expect(401);
    await get('/estate/feed', pluginHeader('plugin:catalog')).expect(200);
  });

  it('says that it has something to take, after it has it', async () => {
    const topics: string[] = [];
    const { server, ingestion, last } = await start({
      onEvent: topic => {
        topics.push(topic);
        throw new Error('nobody listens');
      },
    });
    expect(topics).toEqual([estateFeedTopic]);
    ingestion.set([...smallEstate(), trustedClaim]);
    await eventually(async () =>
      expect((await readFeed(server, last)).items).toContainEqual({
        entityRef: payments,
      }),
    );
    expect(topics).toHaveLength(2);
  });

  it.each(['limit=0', 'limit=501', 'limit=many', 'unknown=1'])(
    'refuses %s and says where',
    async query => {
      const { get } = await start();
      const { body } = await get(
        `/estate/feed?${query}`,
        pluginHeader('plugin:catalog'),
      ).expect(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    },
  );
});

describe('GET /estate/status', () => {
  it('asks for its permission', async () => {
    const { get } = await start({
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    const { body } = await get('/estate/status').expect(403);
    expect(body.error.message).toContain('causeway.estate.status.read');
  });

  it('tells sources, problems and counts', async () => {
    const { get, items } = await start();
    const { body } = await get('/estate/status').expect(200);
    expect(body).toMatchObject({
      counts: {
        entities: items.length,
        byType: { 'kubernetes-cluster': 2, service: 2 },
      },
      projectedAt: expect.any(Number),
      now: expect.any(Number),
    });
    expect(body.sources.map(({ id }: { id: string }) => id)).toContain(
      'argocd',
    );
    expect(body.problems).toContainEqual(
      expect.objectContaining({ id: 'unowned', kind: 'unowned' }),
    );
  });
});

describe('GET /estate/entities', () => {
  const path = '/estate/entities/component/default/payment-api';

  it('tells where a service runs, how it is and what was delivered', async () => {
    const { get, ingestion } = await start();
    ingestion.mark('staging/-/workload', {
      state: 'stale',
      reason: 'forbidden',
      message: 'ask for the right to list',
    });
    const estate: EntityEstate = (await get(path).expect(200)).body;
    expect(estate).toMatchObject({
      entityRef: payments,
      kind: 'ingested',
      owner: { value: 'group:default/payments', origin: 'platform' },
      lifecycle: { value: 'production' },
    });
    expect(
      estate.instances.map(
        ({ entityRef, version, health, sync, environment, freshness }) => [
          entityRef,
          version,
          health,
          sync,
          environment?.value,
          freshness.state,
          freshness.message,
        ],
      ),
    ).toEqual([
      [eu, '2.14.3', 'healthy', 'synced', 'production', 'fresh', undefined],
      [
        staging,
        '2.14.3',
        'healthy',
        'synced',
        'staging',
        'stale',
        'ask for the right to list',
      ],
    ]);
    expect(estate.instances[0].replicas).toEqual({
      desired: 2,
      ready: 2,
      min: 2,
      max: 9,
    });
    expect(estate.deliveries).toHaveLength(4);
    expect(estate.deliveries[0]).toMatchObject({
      current: true,
      revision: 'a'.repeat(40),
      deployedAt: Date.parse('2025-07-01T10:00:00Z'),
    });
  });

  it('shows only the parts that the caller may see in the catalog', async () => {
    const catalog = new FakeCatalog();
    catalog.hidden = ref => ref === eu || ref.endsWith('-production-eu');
    const { get } = await start({ catalog });
    const { body } = await get(path).expect(200);
    expect(body.instances).toHaveLength(1);
    expect(body.deliveries).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain('production-eu.payments');
  });

  it('answers missing and forbidden alike', async () => {
    const catalog = new FakeCatalog();
    const { get } = await start({ catalog });
    const missing = await get(
      '/estate/entities/component/default/nothing',
    ).expect(404);
    catalog.hidden = ref => ref === payments;
    const forbidden = await get(path).expect(404);
    expect(forbidden.body.error.message).toBe(
      missing.body.error.message.replace('nothing', 'payment-api'),
    );
  });

  it('enriches a hand-written Component, and knows nothing of others', async () => {
    const { get, ingestion, server, last, catalog } = await start();
    ingestion.set([...smallEstate(), trustedClaim]);
    await eventually(async () =>
      expect((await readFeed(server, last)).items).not.toEqual([]),
    );
    const handWritten = (name: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
    });
    catalog.entities.push(handWritten('payments'), handWritten('other'));
    expect(
      (await get('/estate/entities/component/default/payments').expect(200))
        .body,
    ).toMatchObject({
      kind: 'enriched',
      instances: [{ entityRef: eu }, { entityRef: staging }],
    });
    expect(
      (await get('/estate/entities/Component/default/other').expect(200)).body,
    ).toMatchObject({ kind: 'unknown', instances: [] });
  });

  it('refuses names that no entity can have', async () => {
    const { get } = await start();
    const { body } = await get('/estate/entities/component/default/a%20b');
    expect(body.error).toMatchObject({ name: 'InputError' });
    await get(`/estate/entities/component/default/${'x'.repeat(70)}`).expect(
      400,
    );
  });
});

describe('GET /estate/graph', () => {
  it('answers topology with evidence, health and freshness', async () => {
    const { graph, ingestion } = await start();
    ingestion.mark('production-eu/-/workload', { state: 'held' });
    const answer = await graph({ entityRef: payments, depth: 1 });
    expect(answer.rootRef).toBe(payments);
    expect(answer.truncated).toBe(false);
    const node = (ref: string) =>
      answer.nodes.find(({ entityRef }) => entityRef === ref);
    expect(node(payments)).toMatchObject({
      depth: 0,
      kind: 'Component',
      type: 'service',
      health: 'healthy',
    });
    expect(node(eu)).toMatchObject({
      depth: 1,
      environment: 'production',
      stale: true,
      title: 'payment-api (production-eu)',
    });
    expect(node(staging)).toMatchObject({ stale: false });
    expect(answer.edges).toContainEqual({
      from: checkout,
      type: 'dependsOn',
      to: payments,
      inferred: {
        rule: 'service-dns-name',
        evidence: expect.stringContaining('payment-api.payments.svc'),
        confidence: 'likely',
        lastSeenAt: 1000,
      },
    });
    // Ownership is the catalog's own relation: no evidence of ours.
    expect(answer.edges).toContainEqual({
      from: payments,
      type: 'ownedBy',
      to: 'group:default/payments',
    });
  });

  it('walks along, against and both ways, one call of the catalog a hop', async () => {
    const { graph, catalog } = await start();
    const refs = async (direction: string) =>
      (await graph({ entityRef: eu, depth: 1, direction })).nodes.map(
        ({ entityRef }) => entityRef,
      );
    const forward = await refs('forward');
    expect(forward).toContain(payments);
    expect(forward).not.toContain(
      'resource:default/argocd.argocd.application.payment-api-production-eu',
    );
    const backward = await refs('backward');
    expect(backward).toContain(
      'resource:default/argocd.argocd.application.payment-api-production-eu',
    );
    expect(backward).not.toContain(payments);

    catalog.calls.length = 0;
    await graph({ entityRef: eu, depth: 3 });
    expect(catalog.calls).toHaveLength(4);
  });

  it('shows owners and does not walk through them', async () => {
    const { graph } = await start();
    const { nodes } = await graph({
      entityRef: 'resource:default/github.meridian.shop',
      depth: 2,
      direction: 'both',
    });
    const refs = nodes.map(({ entityRef }) => entityRef);
    expect(refs).toContain('group:default/storefront');
    // Owned by the same team, and two hops away through nothing else.
    expect(refs).not.toContain(
      'resource:default/production-eu.shop.gateway.public',
    );
    const owner = await graph({
      entityRef: 'group:default/storefront',
      depth: 1,
    });
    expect(owner.nodes.length).toBeGreaterThan(3);
  });

  it('leaves no trace of what the caller may not read', async () => {
    const whole = new FakeCatalog();
    const { graph, catalog } = await start({ catalog: whole });
    const all = await graph({ entityRef: payments, depth: 4, limit: 100 });
    whole.hidden = ref =>
      ref === checkout || ref.startsWith('resource:default/production-eu');
    const seen = await graph({ entityRef: payments, depth: 4, limit: 100 });
    expect(JSON.stringify(seen)).not.toContain('checkout"');
    expect(JSON.stringify(seen.nodes)).not.toContain('production-eu.');
    expect(seen.nodes.length).toBeLessThan(all.nodes.length);

    // The same answer as in an estate that never had it: also where the limit cuts.
    const { entities } = catalog;
    const visible = entities
      .filter(
        ({ kind, metadata }) =>
          !whole.hidden(`${kind}:default/${metadata.name}`.toLowerCase(), ''),
      )
      .map(entity => ({
        ...entity,
        relations: entity.relations?.filter(
          ({ targetRef }) => !whole.hidden(targetRef, ''),
        ),
      }));
    for (const limit of [1, 2, 3, 5, 8, seen.nodes.length]) {
      whole.entities = entities;
      const hidden = await graph({ entityRef: payments, depth: 4, limit });
      whole.entities = visible;
      const absent = await graph({ entityRef: payments, depth: 4, limit });
      const timeless = (answer: EstateGraph) => ({ ...answer, now: 0 });
      expect(timeless(hidden)).toEqual(timeless(absent));
      expect(hidden.truncated).toBe(limit < seen.nodes.length);
    }
  });

  it('answers for five hundred nodes and says when it cut', async () => {
    const { graph, catalog } = await start();
    const many = Array.from({ length: 700 }, (_, i): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: `c${i}` },
      relations: [{ type: 'dependsOn', targetRef: 'component:default/hub' }],
    }));
    catalog.entities = [
      ...many,
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'hub' },
        relations: many.map(({ metadata }) => ({
          type: 'dependencyOf',
          targetRef: `component:default/${metadata.name}`,
        })),
      },
    ];
    const cut = await graph({ entityRef: 'component:default/hub' });
    expect(cut.nodes).toHaveLength(500);
    expect(cut.truncated).toBe(true);
    const whole = await graph({
      entityRef: 'component:default/hub',
      limit: 701,
    });
    expect(whole.nodes).toHaveLength(701);
    expect(whole.edges).toHaveLength(700);
    expect(whole.truncated).toBe(false);
  });

  it.each([
    ['', 'entityRef'],
    ['entityRef=payment-api', 'component:default/payment-api'],
    ['entityRef=:x', 'component:default/payment-api'],
    ['entityRef=<300 characters>', 'entityRef'],
    ['entityRef=component:default/a&depth=7', 'depth'],
    ['entityRef=component:default/a&depth=-1', 'depth'],
    ['entityRef=component:default/a&depth=1.5', 'depth'],
    ['entityRef=component:default/a&direction=up', 'direction'],
    ['entityRef=component:default/a&limit=5001', 'limit'],
    [
      'entityRef=component:default/a&entityRef=component:default/b',
      'entityRef',
    ],
  ])('refuses %s and says what is wrong', async (query, says) => {
    const { get } = await start();
    const sent = query.replace('<300 characters>', 'x'.repeat(300));
    const { body } = await get(`/estate/graph?${sent}`).expect(400);
    expect(body.error.message).toContain(says);
  });

  it('answers missing and forbidden roots alike', async () => {
    const catalog = new FakeCatalog();
    const { get } = await start({ catalog });
    catalog.hidden = ref => ref === payments;
    const forbidden = await get(`/estate/graph?entityRef=${payments}`);
    const missing = await get(
      '/estate/graph?entityRef=component:default/missing',
    );
    expect([forbidden.status, missing.status]).toEqual([404, 404]);
    expect(forbidden.body.error.message).toBe(
      missing.body.error.message.replace('missing', 'payment-api'),
    );
  });
});
