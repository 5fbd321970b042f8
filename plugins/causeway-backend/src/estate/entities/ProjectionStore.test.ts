import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { config, smallEstate, trustedClaim } from '../__testUtils__/estates';
import { FakeIngestion } from '../__testUtils__/FakeIngestion';
import { FeedReader } from '../feed/FeedReader';
import { createTestDatabases, migrate } from '../__testUtils__/testDatabases';
import { EstateReader } from './EstateReader';
import { ProjectionStore } from './ProjectionStore';
import { Projector } from './Projector';

jest.setTimeout(180_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('projection on %s', id => {
  let knex: Knex;
  let store: ProjectionStore;
  let feed: FeedReader;
  const directory = `${__dirname}/../../../migrations`;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    store = new ProjectionStore(knex);
    feed = new FeedReader(knex);
  });

  const projector = (
    ingestion: FakeIngestion,
    more: Partial<ConstructorParameters<typeof Projector>[0]> = {},
  ) =>
    new Projector({
      observations: ingestion.observations,
      store,
      config,
      logger: mockServices.logger.mock(),
      ...more,
    });
  const everything = async () => {
    const first = await feed.read({ limit: 500 });
    return { ...first, refs: first.items.map(({ entityRef }) => entityRef) };
  };

  it('goes up and down again', async () => {
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('estate_entities')).toBe(false);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('estate_entities')).toBe(true);
  });

  it('writes what changed, and for an unchanged estate nothing', async () => {
    const news: number[] = [];
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion, { onFeed: count => news.push(count) });
    await one.run();
    const { total, cursor, epoch } = await everything();
    expect(news).toEqual([total]);
    const before = await knex('estate_entities').orderBy('ref');

    await one.run();
    await one.stop();
    // A restart reads everything again and finds it the same.
    const two = projector(ingestion, { onFeed: count => news.push(count) });
    await two.run();
    await two.stop();
    expect(news).toHaveLength(1);
    expect(await knex('estate_entities').orderBy('ref')).toEqual(before);
    expect(await feed.read({ epoch, cursor, limit: 500 })).toMatchObject({
      items: [],
      fullPass: false,
      more: false,
      total,
    });
  });

  it('gives changes and removals in order, and brings back what returns', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion);
    await one.run();
    let { epoch, cursor } = await everything();
    const next = async () => {
      await one.run();
      const page = await feed.read({ epoch, cursor, limit: 500 });
      ({ epoch, cursor } = page);
      return page.items.map(({ entityRef, entity, locationKey }) => [
        entityRef,
        entity !== undefined,
        locationKey,
      ]);
    };

    ingestion.set([...smallEstate(), trustedClaim]);
    expect(await next()).toEqual(
      expect.arrayContaining([
        ['component:default/payment-api', false, undefined],
        [
          'resource:default/staging.payments.deployment.payment-api',
          true,
          'causeway',
        ],
      ]),
    );
    const [gone] = await knex('estate_entities').where({
      ref: 'component:default/payment-api',
    });
    expect(gone.entity).toBeNull();

    ingestion.set(smallEstate());
    expect(await next()).toContainEqual([
      'component:default/payment-api',
      true,
      undefined,
    ]);
    const [back] = await knex('estate_entities').where({
      ref: 'component:default/payment-api',
    });
    expect(back.first_seen_at).toEqual(gone.first_seen_at);
  });

  it('starts over for strange cursors, and misses nothing in a pass of small pages', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion);
    await one.run();
    const whole = await everything();
    for (const place of [
      { epoch: 'another', cursor: whole.cursor },
      { epoch: whole.epoch, cursor: '999999' },
      { epoch: whole.epoch, cursor: 'nonsense' },
      { cursor: whole.cursor },
    ]) {
      const page = await feed.read({ ...place, limit: 500 });
      expect(page.fullPass).toBe(true);
      expect(page.items).toHaveLength(whole.total);
    }

    // While a pass is under way something goes, and something changes.
    const seen = new Map<string, boolean>();
    let page = await feed.read({ limit: 5 });
    const take = () =>
      page.items.forEach(({ entityRef, entity }) =>
        seen.set(entityRef, entity !== undefined),
      );
    take();
    ingestion.set([
      ...smallEstate().filter(({ kind }) => kind !== 'Gateway'),
      trustedClaim,
    ]);
    await one.run();
    while (page.more) {
      page = await feed.read({ ...page, limit: 5 });
      expect(page.fullPass).toBe(true);
      take();
    }
    const living = [...seen].filter(([, alive]) => alive).map(([ref]) => ref);
    expect(living.sort()).toEqual((await everything()).refs.sort());
    expect(page.total).toBe(living.length);
  });

  it('forgets old tombstones and the cursors from before them', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion);
    await one.run();
    const { epoch, cursor } = await everything();
    ingestion.set([...smallEstate(), trustedClaim]);
    await one.run();
    await store.forgetTombstones();
    expect((await feed.read({ epoch, cursor, limit: 500 })).fullPass).toBe(
      false,
    );
    await knex('estate_entities').whereNotNull('removed_at').update({
      removed_at: 1,
    });
    await store.forgetTombstones();
    expect((await feed.read({ epoch, cursor, limit: 500 })).fullPass).toBe(
      true,
    );
    expect(await knex('estate_entities').whereNotNull('removed_at')).toEqual(
      [],
    );
  });

  it('lets one projector write at a time, and the next when it is gone', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion);
    const two = projector(ingestion);
    await one.run();
    const { cursor, epoch } = await everything();
    ingestion.set([...smallEstate(), trustedClaim]);
    await two.run();
    expect(await feed.read({ epoch, cursor, limit: 9 })).toMatchObject({
      items: [],
    });
    await one.stop();
    await two.run();
    expect(
      (await feed.read({ epoch, cursor, limit: 500 })).items,
    ).not.toHaveLength(0);
  });

  it('refuses the write of a holder that lost its lease', async () => {
    const lease = (await store.acquire('slow', 0))!;
    expect(await store.acquire('quick', 10_000)).toMatchObject({
      fence: lease.fence + 1,
    });
    const nothing = { upsert: [], remove: [], added: [] };
    await expect(
      store.apply(
        {
          entities: {
            upsert: [
              {
                key: 'x',
                hash: 'x',
                ref: 'x',
                type: 'x',
                location_key: null,
                entity: '{}',
              },
            ],
            added: [],
            remove: [],
          },
          contexts: nothing,
          facts: nothing,
          edges: nothing,
          problems: nothing,
        },
        { entities: 0, edges: 0, byType: {}, byRelation: {} },
        lease,
      ),
    ).rejects.toThrow('Another replica');
    expect(await knex('estate_entities')).toEqual([]);
    expect(await store.acquire('slow', 10_000)).toBeUndefined();
  });

  it('answers unavailable before anything was projected, never an empty estate', async () => {
    await expect(feed.read({ limit: 5 })).rejects.toThrow('not been read yet');
  });

  it('waits for every source before the very first projection only', async () => {
    let settled = false;
    const ingestion = new FakeIngestion(smallEstate());
    const options = { isSettled: async () => settled };
    const one = projector(ingestion, { ...options, patience: 60_000 });
    one.start();
    await one.run();
    expect(await store.isProjected()).toBe(false);
    settled = true;
    await one.run();
    expect(await store.isProjected()).toBe(true);
    await one.stop();
    settled = false;
    ingestion.set([...smallEstate(), trustedClaim]);
    const two = projector(ingestion, { ...options, patience: 60_000 });
    await two.run();
    expect((await everything()).refs).not.toContain(
      'component:default/payment-api',
    );
  });

  it('keeps when an edge was first seen, and reads what it wrote', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    const one = projector(ingestion);
    await one.run();
    const reader = new EstateReader(knex);
    const refs = ['component:default/checkout'];
    const edges = await reader.edgesFrom(refs);
    expect(edges.map(({ type, to }) => [type, to])).toEqual(
      expect.arrayContaining([
        ['dependsOn', 'component:default/payment-api'],
        ['sourcedFrom', 'resource:default/github.meridian.shop'],
      ]),
    );
    await knex('estate_edges').update({ first_seen_at: 7 });
    ingestion.set(
      smallEstate().filter(
        ({ partition }) => partition !== 'staging/-/workload',
      ),
    );
    await one.run();
    const rows = await knex('estate_edges').where({ from_ref: refs[0] });
    expect(rows.map(row => Number(row.first_seen_at))).toEqual([7, 7]);
    expect((await reader.contexts(refs)).get(refs[0])?.instanceRefs).toEqual([
      'resource:default/production-eu.shop.deployment.checkout',
    ]);
    const { counts, projectedAt } = await reader.summary();
    expect(counts.byType['kubernetes-cluster']).toBe(2);
    expect(Math.abs(projectedAt! - Date.now())).toBeLessThan(60_000);
  });

  it('loses no change when a reading fails half way', async () => {
    const ingestion = new FakeIngestion(smallEstate());
    let failing = false;
    let calls = 0;
    const one = projector(ingestion, {
      observations: {
        changesSince: async mark => {
          calls += 1;
          if (failing && calls > 1) {
            throw new Error('the database is away');
          }
          return ingestion.observations.changesSince(mark);
        },
      },
    });
    await one.run();
    ingestion.set([]);
    failing = true;
    calls = 0;
    await expect(one.run()).rejects.toThrow('away');
    failing = false;
    await one.run();
    expect((await everything()).total).toBe(0);
  });
});
