import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { databaseId } from '../__testUtils__/databaseId';
import { service, workload } from '../__testUtils__/entities';
import { FakeFeed } from '../__testUtils__/FakeFeed';
import { FeedConsumer } from './FeedConsumer';
import { FeedStore } from './FeedStore';
import { parseFeedPage } from './parseFeedPage';

/** A catalog that remembers, and fails when told to. */
class FakeCatalog implements EntityProviderConnection {
  readonly refs = new Set<string>();
  mutations = 0;
  failAfter = false;

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    if (mutation.type !== 'delta') throw new Error('only deltas are expected');
    this.mutations += 1;
    for (const { entity } of mutation.added) {
      this.refs.add(`${entity.kind}:${entity.metadata.name}`.toLowerCase());
    }
    for (const removed of mutation.removed) {
      if (!('entityRef' in removed)) throw new Error('a reference is expected');
      this.refs.delete(removed.entityRef.replace('default/', ''));
    }
    if (this.failAfter) throw new Error('crashed');
  }

  async refresh(): Promise<void> {}
}

const databases = TestDatabases.create({ ids: [databaseId] });

async function setUp() {
  const knex = await databases.init(databaseId);
  const store = await FeedStore.create({ getClient: async () => knex });
  const feed = new FakeFeed();
  const catalog = new FakeCatalog();
  const consumer = new FeedConsumer({
    client: {
      read: async position =>
        parseFeedPage(
          JSON.parse(JSON.stringify(feed.read({ ...position, limit: 2 }))),
          2,
        ),
    },
    store,
    connection: catalog,
    logger: mockServices.logger.mock(),
    reconcile: 3_600_000,
  });
  const drain = async () => {
    while (await consumer.step(new AbortController().signal));
  };
  return { knex, feed, catalog, drain };
}

it('loses and doubles nothing when it crashes between applying and moving on', async () => {
  const { knex, feed, catalog, drain } = await setUp();
  feed.put(...['a', 'b', 'c', 'd', 'e'].map(name => workload(name)));
  catalog.failAfter = true;
  await expect(drain()).rejects.toThrow('crashed');
  // What arrived before the crash goes before the next start: nobody but the
  // note knows that the catalog has it.
  feed.forget('resource:default/a');
  catalog.failAfter = false;
  await drain();
  expect([...catalog.refs].sort()).toEqual([
    'resource:b',
    'resource:c',
    'resource:d',
    'resource:e',
  ]);
  expect(await knex('causeway_feed_entities').pluck('entity_ref')).toHaveLength(
    4,
  );

  feed.remove('resource:default/b');
  catalog.failAfter = true;
  await expect(drain()).rejects.toThrow('crashed');
  catalog.failAfter = false;
  await drain();
  expect(catalog.refs.size).toBe(3);
});

it('writes nothing to the catalog while the feed has nothing new', async () => {
  const { feed, catalog, drain } = await setUp();
  feed.put(service('ledger'));
  await drain();
  const { mutations } = catalog;
  await drain();
  await drain();
  expect(catalog.mutations).toBe(mutations);
});

it('takes the last word of a page on an entity', async () => {
  const page = await parseFeedPage(
    {
      epoch: 'e',
      cursor: 'c',
      more: false,
      fullPass: false,
      total: 1,
      items: [
        { entityRef: 'component:default/a', entity: service('a') },
        { entityRef: 'component:default/b' },
        { entityRef: 'component:default/a' },
        { entityRef: 'component:default/b', entity: service('b') },
      ],
    },
    10,
  );
  expect(page.added.map(({ entityRef }) => entityRef)).toEqual([
    'component:default/b',
  ]);
  expect(page.removed).toEqual(['component:default/a']);
});
