import { TestDatabases } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  catalogClaimsTopic,
  estateFeedTopic,
} from '@causeway/backstage-plugin-causeway-common';
import { databaseId } from './__testUtils__/databaseId';
import { service, workload } from './__testUtils__/entities';
import { FakeFeed } from './__testUtils__/FakeFeed';
import { startCatalog, type TestCatalog } from './__testUtils__/startCatalog';

jest.setTimeout(180_000);

const payment = 'component:default/payment-api';

const tooLong = 'n'.repeat(64);

const handWritten = (owner: string) => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payment-api
  title: Written by hand
spec:
  type: service
  lifecycle: production
  owner: ${owner}
`;

const databases = TestDatabases.create({
  ids: [databaseId],
});

let catalog: TestCatalog | undefined;

afterEach(async () => {
  await catalog?.stop();
  catalog = undefined;
});

describe(`the estate in the catalog, ${databaseId}`, () => {
  it('follows additions, changes and removals, and a restart changes nothing', async () => {
    const knex = await databases.init(databaseId);
    const feed = new FakeFeed();
    feed.put(
      service('payment-api'),
      service('ledger'),
      workload('eu.payments.deployment.payment-api', {
        edges: [
          { type: 'partOf', to: payment },
          {
            from: payment,
            type: 'dependsOn',
            to: 'component:default/ledger',
          },
        ],
      }),
    );
    catalog = await startCatalog({ feed, knex });
    const { until } = catalog;
    await until(async () => {
      expect(await relationsOf(catalog!, payment)).toEqual([
        'dependsOn component:default/ledger',
        'hasPart resource:default/eu.payments.deployment.payment-api',
        'ownedBy group:default/payments',
      ]);
      expect(await relationsOf(catalog!, 'component:default/ledger')).toEqual([
        'dependencyOf component:default/payment-api',
        'ownedBy group:default/payments',
      ]);
    });

    feed.put(
      service('payment-api', {
        owner: 'group:default/platform',
        labels: { tier: 'gold' },
      }),
    );
    feed.remove('resource:default/eu.payments.deployment.payment-api');
    await catalog.events.publish({
      topic: estateFeedTopic,
      eventPayload: {},
    });
    await until(async () => {
      const entity = await catalog!.get(payment);
      expect(entity?.metadata.labels).toEqual({ tier: 'gold' });
      expect(await relationsOf(catalog!, payment)).toEqual([
        'ownedBy group:default/platform',
      ]);
      expect(await catalog!.list()).toHaveLength(2);
    });

    const before = (await catalog.list()).map(withoutOrder);
    const reads = feed.reads;
    await catalog.stop();
    catalog = await startCatalog({ feed, knex });
    await until(async () => expect(feed.reads).toBeGreaterThan(reads + 2));
    expect((await catalog.list()).map(withoutOrder)).toEqual(before);
    expect(catalog.logged.join('\n')).not.toMatch(/full pass/);
  });

  it('gives way to a hand-written Component in both orders, and comes back', async () => {
    const knex = await databases.init(databaseId);
    const feed = new FakeFeed();
    feed.put(service('payment-api'));
    catalog = await startCatalog({ feed, knex });
    const { until, get } = catalog;
    await until(async () => expect(await get(payment)).toBeDefined());

    const unregister = await catalog.register(handWritten('people'));
    const theirs = async () =>
      expect((await get(payment))?.metadata.title).toBe('Written by hand');
    await until(theirs);

    // The other order: ours arrives where theirs is.
    feed.put(service('payment-api', { labels: { changed: 'yes' } }));
    feed.put(service('ledger'));
    await until(async () =>
      expect(await get('component:default/ledger')).toBeDefined(),
    );
    await theirs();

    await unregister();
    await until(async () =>
      expect((await get(payment))?.metadata).toMatchObject({
        labels: { changed: 'yes' },
        annotations: { 'causeway.dev/source': 'production-eu' },
      }),
    );
    // And once more, since it must not work only the first time.
    await catalog.register(handWritten('people'));
    await until(theirs);
  });

  it('lists all again in a new epoch and removes what is gone only after a complete pass', async () => {
    const knex = await databases.init(databaseId);
    const feed = new FakeFeed();
    const names = Array.from({ length: 700 }, (_, n) => `workload-${n}`);
    feed.put(...names.map(name => workload(name)));
    catalog = await startCatalog({ feed, knex });
    const { until, list } = catalog;
    const known = () => knex('causeway_feed_entities').pluck('entity_ref');
    await until(async () => expect(await known()).toHaveLength(700));

    feed.forget('resource:default/workload-3');
    feed.missing = 1;
    feed.epoch = 'second';
    await until(async () =>
      expect(catalog!.logged.join('\n')).toMatch(
        /gave 699 of 700 entities in a full pass: nothing is removed/,
      ),
    );
    expect(await known()).toHaveLength(700);

    feed.missing = 0;
    feed.epoch = 'third';
    await until(async () => expect(await known()).toHaveLength(699));

    // Most of it gone at once is more likely a fault than the truth.
    for (const name of names.slice(100)) {
      feed.forget(`resource:default/${name}`);
    }
    feed.epoch = 'fourth';
    await until(async () =>
      expect(catalog!.logged.join('\n')).toMatch(
        /no longer has 600 of 699 entities: they stay/,
      ),
    );
    expect(await known()).toHaveLength(699);
    feed.epoch = 'fifth';
    await until(async () => expect(await known()).toHaveLength(99));
    await until(async () => expect(await list()).toHaveLength(99));
  });

  it('leaves out what is no entity and goes on', async () => {
    const knex = await databases.init(databaseId);
    const feed = new FakeFeed();
    feed.put(service('ledger'), service('payment-api'));
    catalog = await startCatalog({ feed, knex });
    const { until, get, logged } = catalog;
    await until(async () => expect(await get(payment)).toBeDefined());

    feed.putItem('a', 'text');
    feed.putItem('b', { entityRef: 'no reference', entity: {} });
    feed.putItem(payment, {
      entityRef: payment,
      entity: { kind: 'Component' },
    });
    feed.putItem('component:default/other', {
      entityRef: 'component:default/other',
      entity: service('somebody-else'),
    });
    feed.putItem('component:default/large', {
      entityRef: 'component:default/large',
      entity: service('large', { labels: { x: 'y'.repeat(300_000) } }),
    });
    feed.putItem(`component:default/${tooLong}`, {
      entityRef: `component:default/${tooLong}`,
      entity: service(tooLong),
    });
    feed.put(service('after'));
    await until(async () =>
      expect(await get('component:default/after')).toBeDefined(),
    );
    expect(logged.join('\n')).toMatch(/Left out 6 of 7 items/);
    expect(await get(payment)).toBeDefined();

    // Nothing is known of what an item without a reference stands for: a pass
    // with one removes nothing.
    feed.forget('component:default/ledger');
    feed.epoch = 'second';
    await until(async () =>
      expect(logged.join('\n')).toMatch(/items without a reference/),
    );
    expect(await get('component:default/ledger')).toBeDefined();
  });
});

it('survives a backend that does not answer, answers too much or nonsense', async () => {
  const feed = new FakeFeed();
  feed.put(service('payment-api'));
  feed.answer = { status: 503, body: 'not yet' };
  feed.onRead = read => {
    if (read === 2) feed.answer = { status: 200, body: '{"items":[]}' };
    if (read === 3) feed.answer = undefined;
  };
  catalog = await startCatalog({ feed });
  await catalog.until(async () =>
    expect(await catalog!.get(payment)).toBeDefined(),
  );
  const warnings = catalog.logged.filter(line => line.includes('Could not'));
  expect(warnings).toEqual([
    expect.stringMatching(/trying again in 1 s: .*503/),
    expect.stringMatching(/trying again in 2 s: the answer is no feed page/),
  ]);
  for (const line of warnings) expect(line).not.toContain('\n');
});

it('keeps the entities when the configuration is wrong', async () => {
  const knex = await databases.init(databaseId);
  const feed = new FakeFeed();
  feed.put(service('payment-api'));
  catalog = await startCatalog({ feed, knex });
  await catalog.until(async () =>
    expect(await catalog!.get(payment)).toBeDefined(),
  );
  await catalog.stop();
  const { reads } = feed;
  catalog = await startCatalog({ feed, knex, causeway: { poll: 'often' } });
  expect(catalog.logged.join('\n')).toMatch(/configuration is wrong.*poll/);
  expect(await catalog.get(payment)).toBeDefined();
  expect(feed.reads).toBe(reads);
});

it('gives the edges of a file no effect, and tells once that claims changed', async () => {
  catalog = await startCatalog({ feed: new FakeFeed() });
  const hints: unknown[] = [];
  await catalog.events.subscribe({
    id: 'test',
    topics: [catalogClaimsTopic],
    onEvent: async ({ eventPayload }) => void hints.push(eventPayload),
  });
  await catalog.register(`
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payment-api
  annotations:
    causeway.dev/source: production-eu
    backstage.io/managed-by-location: causeway:production-eu
    backstage.io/managed-by-origin-location: causeway:production-eu
spec:
  type: service
  lifecycle: production
  owner: attackers
  causeway:
    edges:
      - type: partOf
        to: component:default/ledger
      - from: component:default/ledger
        type: dependsOn
        to: component:default/payment-api
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ledger
spec:
  type: service
  lifecycle: production
  owner: core-banking
`);
  await catalog.until(async () => {
    expect(await relationsOf(catalog!, payment)).toEqual([
      'ownedBy group:default/attackers',
    ]);
    expect(await relationsOf(catalog!, 'component:default/ledger')).toEqual([
      'ownedBy group:default/core-banking',
    ]);
  });
  await catalog.until(async () => expect(hints).toEqual([{}]));
});

async function relationsOf(from: TestCatalog, ref: string) {
  const entity = await from.get(ref);
  return entity?.relations
    ?.map(({ type, targetRef }) => `${type} ${targetRef}`)
    .sort();
}

function withoutOrder(entity: Entity) {
  return { ref: stringifyEntityRef(entity), ...entity.metadata };
}
