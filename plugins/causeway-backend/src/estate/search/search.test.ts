import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { handWritten } from '../__testUtils__/startQuestions';
import { createTestDatabases, migrate } from '../__testUtils__/testDatabases';
import type { EntityContext } from '../projection/model';
import { SearchIndexer } from './SearchIndexer';
import { SearchReader, type SearchQuery } from './SearchReader';
import { SearchStore } from './SearchStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const service = 'component:default/pay';
const workload = 'resource:default/east.pay';

const component = (name: string, metadata = {}, spec = {}) =>
  handWritten('Component', name, {
    metadata,
    spec: { type: 'service', lifecycle: 'production', owner: 'pay', ...spec },
  });

describe.each(databases.eachSupportedId())(
  'the index of the search on %s',
  id => {
    let knex: Knex;
    let people: Entity[];
    let catalogFails: Error | undefined;
    let now: number;
    let first: SearchIndexer;
    let second: SearchIndexer;
    let reader: SearchReader;

    const catalog: Pick<CatalogService, 'queryEntities'> = {
      queryEntities: async () => {
        if (catalogFails) {
          throw catalogFails;
        }
        return {
          items: people,
          totalItems: people.length,
          pageInfo: {},
        };
      },
    };

    beforeEach(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      people = [];
      catalogFails = undefined;
      now = 1_000_000;
      const indexer = () =>
        new SearchIndexer({
          store: new SearchStore(knex),
          catalog,
          auth: mockServices.auth(),
          logger: mockServices.logger.mock(),
          catalogRefresh: 30_000,
          now: () => now,
        });
      first = indexer();
      second = indexer();
      reader = new SearchReader(knex);
    });

    /** What the projection holds from now on. */
    async function project(
      things: { entity: Entity; context?: Partial<EntityContext> }[],
    ): Promise<void> {
      await knex('estate_entities').delete();
      await knex('estate_contexts').delete();
      for (const { entity, context } of things) {
        const ref =
          `${entity.kind}:default/${entity.metadata.name}`.toLowerCase();
        await knex('estate_entities').insert({
          ref,
          type: 'thing',
          entity: JSON.stringify(entity),
          hash: JSON.stringify(entity).length,
          seq: 1,
          first_seen_at: 1,
        });
        if (context) {
          await knex('estate_contexts').insert({
            ref,
            context: JSON.stringify({ ref, links: [], ...context }),
            hash: JSON.stringify(context).length,
          });
        }
      }
      now += 1000;
      await knex('estate_projection').update({ projected_at: now });
    }

    const refs = async (query: SearchQuery = {}) =>
      (await reader.candidates(query)).map(({ ref }) => ref);

    const pair = (health: 'healthy' | 'degraded') => [
      { entity: component('pay'), context: { instanceRefs: [workload] } },
      {
        entity: handWritten('Resource', 'east.pay', { spec: { owner: 'pay' } }),
        context: {
          health,
          environment: {
            value: 'production',
            origin: 'platform' as const,
            rule: 'map',
          },
          conditions: [{ type: 'Ready', status: 'False' as const }],
        },
      },
    ];

    it('follows what is projected, values and all, and forgets what is gone', async () => {
      await project(pair('degraded'));
      await first.run();
      expect(await refs()).toEqual([service, workload]);
      expect(await refs({ values: { health: ['degraded'] } })).toEqual([
        service,
        workload,
      ]);
      expect(await refs({ values: { condition: ['ready=false'] } })).toEqual([
        service,
        workload,
      ]);
      await project(pair('healthy'));
      await second.run();
      expect(await refs({ values: { health: ['degraded'] } })).toEqual([]);
      expect(
        await refs({
          owners: ['group:default/pay'],
          values: { health: ['healthy'], environment: ['production'] },
        }),
      ).toEqual([service, workload]);
      await project(pair('healthy').slice(0, 1));
      await first.run();
      expect(await refs()).toEqual([service]);
    });

    it('lets what people wrote take a name over, and gives it back', async () => {
      await project(pair('healthy'));
      people = [component('pay', { title: 'Zahlungen für alle' })];
      await first.run();
      expect(await refs({ title: 'zahlungen fur' })).toEqual([service]);
      // What the estate knows of it is joined all the same.
      expect(
        await refs({ kinds: ['component'], values: { health: ['healthy'] } }),
      ).toEqual([service]);
      people = [];
      now += 30_000;
      await second.run();
      expect(await refs({ title: 'zahlungen fur' })).toEqual([]);
      expect(await refs({ name: 'pay' })).toEqual([service, workload]);
    });

    it('forgets nothing that it could not read', async () => {
      people = [component('one'), component('two')];
      await first.run();
      catalogFails = new Error('away');
      now += 30_000;
      await first.run();
      expect(await refs()).toHaveLength(2);
      const { catalogReadAt } = await new SearchStore(knex).state();
      expect(catalogReadAt).toBe(now - 30_000);
      catalogFails = undefined;
      people = [component('one')];
      now += 5_000;
      await first.run();
      expect(await refs()).toEqual(['component:default/one']);
    });

    it('reads what is hand-written again on a hint', async () => {
      await first.run();
      people = [component('one')];
      await first.run();
      expect(await refs()).toEqual([]);
      first.hint();
      await first.run();
      expect(await refs()).toEqual(['component:default/one']);
    });

    it('writes nothing twice when two replicas look at once', async () => {
      await project(pair('degraded'));
      people = [component('one', { tags: ['java'] })];
      await Promise.all([first.run(), second.run()]);
      await first.run();
      expect(await refs()).toHaveLength(3);
      expect(
        await knex('estate_search_values').where({ field: 'tag' }),
      ).toEqual([
        { ref: 'component:default/one', field: 'tag', value: 'java' },
      ]);
    });

    it('takes text as it is, in any script, with any character', async () => {
      people = [
        component('percent', { description: '100%_sure \\ yes' }),
        component('cafe', { title: 'Café Ñandú' }),
        component('tokyo', { title: '東京の支払い' }),
        component('odd', { title: 'nul \u0000 and half \ud800' }),
      ];
      await first.run();
      const found = (word: string) => refs({ words: [word] });
      expect(await found('100%_sure')).toEqual(['component:default/percent']);
      expect(await found('%')).toEqual(['component:default/percent']);
      expect(await found('\\')).toEqual(['component:default/percent']);
      expect(await found('nandu')).toEqual(['component:default/cafe']);
      expect(await found('東京')).toEqual(['component:default/tokyo']);
      expect(await found('half')).toEqual(['component:default/odd']);
    });

    it('puts the best names first and what is deprecated last', async () => {
      people = [
        component('a-pay-b'),
        component('pay', {}, { lifecycle: 'Deprecated' }),
        component('pay-api'),
        component('zeta', { title: 'pay' }),
      ];
      await first.run();
      expect(await refs({ words: ['pay'] })).toEqual([
        'component:default/pay-api',
        'component:default/a-pay-b',
        'component:default/zeta',
        'component:default/pay',
      ]);
    });

    it('goes down with the tables in place', async () => {
      await knex.migrate.down({
        directory: `${__dirname}/../../../migrations`,
        name: '20261122100000_estate_search.js',
      } as Knex.MigratorConfig);
      expect(await knex.schema.hasTable('estate_search')).toBe(false);
      await migrate(knex);
      expect(await knex('estate_search_state').where({ id: 1 })).toHaveLength(
        1,
      );
    });
  },
);
