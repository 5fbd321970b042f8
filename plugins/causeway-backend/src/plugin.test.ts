import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import type { Entity } from '@backstage/catalog-model';
import type {
  EstateStatus,
  EntityEdge,
} from '@causeway/backstage-plugin-causeway-common';
import {
  expectedEdges,
  expectedEntities,
  formatEdge,
} from '@causeway/estate-simulator';
import type { Knex } from 'knex';
import request from 'supertest';
import { causewayPlugin } from './plugin';
import { eventually } from './estate/__testUtils__/eventually';
import { readFeed } from './estate/__testUtils__/feedClient';
import {
  createTestDatabases,
  databaseId,
} from './estate/__testUtils__/testDatabases';
import {
  startSimulatedEstate,
  type SimulatedEstate,
} from './estate/__testUtils__/simulatedEstate';

jest.setTimeout(180_000);

const nobody = 'group:default/unowned';

/** Every relation that an entity amounts to in the catalog, but those to nobody. */
function relationsOf(ref: string, { spec = {} }: Entity): string[] {
  const causeway = spec.causeway as { edges?: EntityEdge[] };
  return [
    ...(causeway.edges ?? []).map(
      ({ from, type, to }) => `${from ?? ref} ${type} ${to}`,
    ),
    ...(spec.owner && spec.owner !== nobody
      ? [`${ref} ownedBy ${spec.owner}`]
      : []),
    ...(spec.parent ? [`${ref} childOf ${spec.parent}`] : []),
    ...((spec.memberOf as string[] | undefined) ?? []).map(
      group => `${ref} memberOf ${group}`,
    ),
  ];
}

function compare(what: string, found: Set<string>, expected: Set<string>) {
  const wrong = [...found].filter(line => !expected.has(line));
  const missing = [...expected].filter(line => !found.has(line));
  const hits = found.size - wrong.length;
  const precision = hits / found.size;
  const recall = hits / expected.size;
  process.stdout.write(
    `${what}: ${found.size} found, ${expected.size} expected, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
  );
  return { wrong, missing, precision, recall };
}

describe('the simulated estate, read over HTTP', () => {
  const databases = createTestDatabases();
  let estate: SimulatedEstate;
  let knex: Knex;
  /** What people wrote into the catalog. */
  let handWritten: Entity[] = [];

  beforeAll(async () => {
    estate = await startSimulatedEstate();
    knex = await databases.init(databaseId);
  });

  afterAll(() => estate.close());

  const catalog = createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () =>
      ({
        queryEntities: async () => ({
          items: handWritten,
          totalItems: handWritten.length,
          pageInfo: {},
        }),
      }) as unknown as CatalogService,
  });
  const start = () =>
    startTestBackend({
      features: [
        causewayPlugin,
        catalog,
        mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: false },
        }).factory,
        mockServices.rootConfig.factory({ data: estate.config }),
      ],
    });
  const statusOf = async ({ server }: Awaited<ReturnType<typeof start>>) =>
    (await request(server).get('/api/causeway/estate/status').expect(200))
      .body as EstateStatus;

  it('becomes exactly the entities and relations that it was declared with', async () => {
    const backend = await start();
    const items = await eventually(async () => {
      const feed = await readFeed(backend.server);
      // What changes between two pages comes twice.
      const latest = new Map(feed.items.map(item => [item.entityRef, item]));
      // A slow machine gets what was found so far, and the rest later.
      expect(latest.size).toBeGreaterThanOrEqual(expectedEntities().length);
      return [...latest.values()];
    }, 120_000);

    const entities = compare(
      'entities',
      new Set(items.map(({ entityRef }) => entityRef)),
      new Set(expectedEntities().map(({ ref }) => ref)),
    );
    const edges = compare(
      'edges',
      new Set(
        items.flatMap(({ entityRef, entity }) =>
          relationsOf(entityRef, entity!),
        ),
      ),
      new Set(expectedEdges().map(formatEdge)),
    );
    expect(entities).toEqual({
      wrong: [],
      missing: [],
      precision: 1,
      recall: 1,
    });
    expect(edges).toEqual({ wrong: [], missing: [], precision: 1, recall: 1 });

    const status = await statusOf(backend);
    expect(
      status.sources.flatMap(({ partitions }) =>
        partitions.filter(({ state }) => !['fresh', 'absent'].includes(state)),
      ),
    ).toEqual([]);
    expect(new Set(status.problems.map(({ kind }) => kind))).toEqual(
      new Set(['collision', 'contested', 'shortened', 'unowned']),
    );
    expect(status.counts.entities).toBe(items.length);
    // No secret of a manifest is anywhere in what is served.
    expect(JSON.stringify([items, status])).not.toMatch(/CANARY/);
    await backend.stop();
  });

  it('changes nothing when the backend starts again', async () => {
    const before = await knex('estate_entities').orderBy('ref');
    const { epoch, cursor, projectedAt } = await (async () => {
      const state = await knex('estate_projection').first();
      return {
        epoch: state.epoch as string,
        cursor: String(state.seq),
        projectedAt: Number(state.projected_at),
      };
    })();
    const backend = await start();
    // It has read and projected everything anew ...
    await eventually(async () => {
      const status = await statusOf(backend);
      expect(status.projectedAt).toBeGreaterThan(projectedAt);
      expect(
        Math.min(
          ...status.sources.flatMap(({ partitions }) =>
            partitions.flatMap(({ confirmedAt }) => confirmedAt ?? []),
          ),
        ),
      ).toBeGreaterThan(0);
    });
    // ... and has nothing to tell.
    const news = await readFeed(backend.server, { epoch, cursor });
    expect(news.items).toEqual([]);
    expect(news.last.fullPass).toBe(false);
    expect(await knex('estate_entities').orderBy('ref')).toEqual(before);
    await backend.stop();
  });

  it('brings a changed image, owner, label and edge into the feed without a restart', async () => {
    const backend = await start();
    const { world } = estate.simulator;
    let { last } = await eventually(() => readFeed(backend.server));
    const specOf = async (ref: string) => {
      const news = await readFeed(backend.server, last);
      const found = news.items.find(({ entityRef }) => entityRef === ref);
      expect(found).toBeDefined();
      return JSON.stringify(found!.entity);
    };
    const ref = 'resource:default/staging.payments.deployment.payment-api';
    world.releaseVersion({
      service: 'payment-api',
      cluster: 'staging',
      version: '2.99.0',
    });
    world.settle();
    await eventually(async () =>
      expect(await specOf(ref)).toContain('"version":"2.99.0"'),
    );

    ({ last } = await readFeed(backend.server, last));
    world.setNamespaceOwner({
      cluster: 'development',
      namespace: 'scratch',
      owner: 'security',
    });
    await eventually(async () =>
      expect(await specOf('component:default/api-dc9fbed7')).toContain(
        'group:default/security',
      ),
    );

    ({ last } = await readFeed(backend.server, last));
    world.editLive(
      {
        cluster: 'development',
        type: 'deployments.apps',
        namespace: 'scratch',
        name: 'api',
      },
      object => {
        const { template } = object.spec as any;
        template.spec.containers[0].env = [
          { name: 'LEDGER_URL', value: 'http://ledger.core-banking:8080' },
        ];
      },
    );
    await eventually(async () =>
      expect(
        await specOf('resource:default/development.scratch.deployment.api'),
      ).toContain('"type":"dependsOn","to":"component:default/ledger"'),
    );

    ({ last } = await readFeed(backend.server, last));
    world.editLive(
      {
        cluster: 'development',
        type: 'deployments.apps',
        namespace: 'scratch',
        name: 'api',
      },
      object => {
        object.metadata.labels = { 'app.kubernetes.io/name': 'experiment' };
      },
    );
    await eventually(async () =>
      expect(
        await specOf('resource:default/development.scratch.deployment.api'),
      ).toContain('component:default/experiment'),
    );
    await backend.stop();
  });

  it('yields to a trusted hand-written Component, not to a squatter, and comes back', async () => {
    const component = (location: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'payment-api',
        namespace: 'default',
        annotations: {
          // A file may say that it is ours; only its location counts.
          'causeway.dev/source': 'production-eu',
          'backstage.io/managed-by-location': location,
          'backstage.io/managed-by-origin-location': location,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'storefront' },
    });
    const backend = await start();
    const living = async () => {
      const { items } = await readFeed(backend.server);
      return items
        .filter(({ entityRef }) =>
          entityRef.startsWith('component:default/payment-api'),
        )
        .map(({ entityRef, entity }) => [entityRef, entity!.spec!.owner]);
    };
    const partOf = async () => {
      const { items } = await readFeed(backend.server);
      return JSON.stringify(
        items.find(({ entityRef }) =>
          entityRef.endsWith('production-eu.payments.deployment.payment-api'),
        )!.entity!.spec,
      );
    };

    handWritten = [component('url:https://evil.example/catalog-info.yaml')];
    await eventually(async () => {
      expect(await living()).toEqual([
        [
          expect.stringMatching(/payment-api-[0-9a-f]{8}$/),
          'group:default/payments',
        ],
      ]);
    });
    expect(await partOf()).toContain('"owner":"group:default/payments"');
    const { problems } = await statusOf(backend);
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'contested',
        entityRef: 'component:default/payment-api',
      }),
    );

    handWritten = [component('url:https://trusted.example/catalog-info.yaml')];
    await eventually(async () => expect(await living()).toEqual([]));
    expect(await partOf()).toContain('"to":"component:default/payment-api"');
    expect(await partOf()).toContain('"owner":"group:default/payments"');

    handWritten = [];
    await eventually(async () =>
      expect(await living()).toEqual([
        ['component:default/payment-api', 'group:default/payments'],
      ]),
    );
    await backend.stop();
  });
});
