import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { databaseId } from '../__testUtils__/databaseId';
import { service, workload } from '../__testUtils__/entities';
import { feedMigrations, FeedStore } from './FeedStore';

jest.setTimeout(180_000);

const databases = TestDatabases.create({
  ids: [databaseId],
});

function createStore(knex: Knex, holder?: string): Promise<FeedStore> {
  return FeedStore.create({ getClient: async () => knex }, { holder });
}

describe(`FeedStore on ${databaseId}`, () => {
  it('migrates up beside the catalog and down again', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('knex_migrations', table =>
      table.increments(),
    );
    await knex.migrate.latest(feedMigrations);
    expect(await knex('causeway_feed_state').select('id', 'pass')).toEqual([
      { id: 1, pass: 0 },
    ]);
    await knex('causeway_feed_entities').insert({
      entity_ref: 'component:default/ledger',
      pass: 1,
    });
    // Up again with rows in place is nothing.
    await knex.migrate.latest(feedMigrations);
    expect(await knex('causeway_feed_entities').select()).toHaveLength(1);
    expect(await knex('knex_migrations').select()).toEqual([]);
    await knex.migrate.rollback(feedMigrations, true);
    expect(await knex.schema.hasTable('causeway_feed_state')).toBe(false);
    expect(await knex.schema.hasTable('causeway_feed_entities')).toBe(false);
  });

  it('keeps its place, its passes and what is displaceable', async () => {
    const knex = await databases.init(databaseId);
    const store = await createStore(knex);
    expect(await store.claim()).toMatchObject({
      position: { epoch: undefined, cursor: undefined },
      passDue: true,
      held: false,
    });
    const ledger = 'component:default/ledger';
    await store.note(
      [
        { entityRef: ledger, entity: service('ledger') },
        {
          entityRef: 'resource:default/a',
          entity: workload('a'),
          locationKey: 'causeway',
        },
      ],
      1,
    );
    await store.note([{ entityRef: ledger, entity: service('ledger') }], 2);
    expect(await store.count(2)).toEqual({ all: 2, seen: 1 });
    expect(await store.listUnseen(2, 10)).toEqual(['resource:default/a']);
    expect(await store.keep(['resource:default/a', 'other:x/y'], 2)).toBe(1);
    expect(await store.listDisplaceable('', 10)).toEqual([
      { entityRef: ledger, entity: service('ledger') },
    ]);
    expect(await store.listDisplaceable(ledger, 10)).toEqual([]);

    await store.commit(
      {
        position: { epoch: 'e', cursor: 'c' },
        pass: 2,
        passOpen: true,
        held: true,
        nextPassIn: 60_000,
      },
      [ledger],
    );
    const state = await (await createStore(knex)).claim();
    // Another process has to wait on PostgreSQL; SQLite has no other.
    expect(state === undefined).toBe(databaseId !== 'SQLITE_3');
    expect(await store.claim()).toMatchObject({
      position: { epoch: 'e', cursor: 'c' },
      pass: 2,
      passOpen: true,
      held: true,
      passDue: false,
    });
    expect(await store.count(2)).toEqual({ all: 1, seen: 1 });
  });

  it('lets one replica at a time write', async () => {
    const knex = await databases.init(databaseId);
    const first = await createStore(knex, 'first');
    const second = await createStore(knex, 'second');
    expect(await first.claim()).toBeDefined();
    expect(await second.claim()).toBeUndefined();
    await expect(second.commit({ pass: 9 })).rejects.toThrow(/another replica/);
    await first.release();
    expect(await second.claim()).toMatchObject({ pass: 0 });
    await expect(first.commit({ pass: 9 })).rejects.toThrow(/another replica/);
  });
});
