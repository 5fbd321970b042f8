import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createIngestion, type Ingestion } from '../createIngestion';
import { eventually } from '../__testUtils__/eventually';
import { ManualClock } from '../__testUtils__/ManualClock';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../__testUtils__/testDatabases';

jest.setTimeout(180_000);

/** A source in memory that counts how often it is listed. */
function memorySource(id: string, items: () => string[]) {
  const source = {
    id,
    kind: 'kubernetes',
    title: id,
    address: 'memory',
    listed: 0,
    partitions: () => [
      { scope: '-', kind: 'things', listEvery: 'poll', watchable: false },
    ],
    async *list() {
      source.listed += 1;
      yield {
        type: 'items',
        items: items().map(key => ({
          key,
          kind: 'Namespace',
          data: { meta: { uid: '', name: key } },
        })),
      };
      yield { type: 'complete' };
    },
  };
  return source as typeof source & EstateSource;
}

describe(`replicas and configuration on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let database: Knex;
  const running: Ingestion[] = [];

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(one => one.stop()));
  });

  function start(options: {
    additionalSources?: EstateSource[];
    clock?: ManualClock;
    config?: JsonObject;
  }) {
    const logger = mockServices.logger.mock();
    const ingestion = createIngestion({
      database,
      logger,
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
      config: new ConfigReader(options.config ?? {}),
      clock: options.clock ?? new ManualClock(),
      additionalSources: options.additionalSources,
    });
    running.push(ingestion);
    return { ingestion, logger, ready: ingestion.start() };
  }

  const things = (ingestion: Ingestion, source = 'memory') =>
    ingestion
      .status()
      .then(all => all.find(one => one.id === source)!.partitions[0]);

  it('lets one of two replicas read, and the other take over from a dead one', async () => {
    const first = memorySource('memory', () => ['a']);
    const second = memorySource('memory', () => ['a', 'b']);
    const clock = new ManualClock();
    const one = start({ additionalSources: [first] });
    await eventually(async () =>
      expect(await things(one.ingestion)).toMatchObject({ objects: 1 }),
    );
    const two = start({ additionalSources: [second], clock });
    await two.ready;
    clock.advance(6000);
    await eventually(() => things(two.ingestion));
    expect(second.listed).toBe(0);

    // The first one hangs: its time runs out by the database's clock.
    await database('estate_replicas').update({ alive_until: 1 });
    await database('estate_partitions').update({ lease_expires_at: 1 });
    await eventually(async () => {
      clock.advance(6000);
      expect(await things(two.ingestion)).toMatchObject({
        state: 'fresh',
        objects: 2,
      });
    });
    expect(first.listed).toBe(1);
    expect(
      await database('estate_observations').whereNull('removed_at'),
    ).toHaveLength(2);
  });

  it('takes partitions over at once from a replica that stopped', async () => {
    const one = start({
      additionalSources: [memorySource('memory', () => ['a'])],
    });
    await eventually(async () =>
      expect(await things(one.ingestion)).toMatchObject({ objects: 1 }),
    );
    await one.ingestion.stop();
    const next = memorySource('memory', () => ['a']);
    start({ additionalSources: [next] });
    await eventually(() => expect(next.listed).toBe(1));
  });

  it('gives up what is not configured any more, but nothing of a faulty source', async () => {
    const one = start({
      additionalSources: [
        memorySource('memory', () => ['a']),
        memorySource('other', () => ['b']),
      ],
    });
    await eventually(async () => {
      expect(await things(one.ingestion, 'memory')).toMatchObject({
        objects: 1,
      });
      expect(await things(one.ingestion, 'other')).toMatchObject({
        objects: 1,
      });
    });
    await one.ingestion.stop();
    const kubernetes = (sources: JsonObject[]) => ({
      causeway: { estate: { sources: { kubernetes: sources } } },
    });
    const living = async () => {
      const rows = await database('estate_observations').whereNull(
        'removed_at',
      );
      return rows.map(row => row.key).sort();
    };
    const config = kubernetes([{ id: 'other', inCluster: 'maybe', url: 1 }]);
    const broken = start({ config });
    await eventually(async () => {
      expect(await living()).toEqual(['b']);
      expect((await broken.ingestion.status())[0].partitions[1]).toMatchObject({
        state: 'stale',
        reason: 'misconfigured',
        message: expect.stringContaining('kubernetes[0]'),
      });
    });
    await broken.ingestion.stop();

    const nameless = start({ config: kubernetes([{ url: 'https://x' }]) });
    await eventually(async () =>
      expect((await nameless.ingestion.status())[0]).toMatchObject({
        id: 'causeway.estate.sources.kubernetes[0]',
        partitions: expect.arrayContaining([
          expect.objectContaining({ reason: 'misconfigured' }),
        ]),
      }),
    );
    expect(await living()).toEqual(['b']);
  });

  it('goes on with the other sources when one cannot read its kubeconfig', async () => {
    const good = memorySource('memory', () => ['a']);
    const { ingestion } = start({
      additionalSources: [good],
      config: {
        causeway: {
          estate: {
            sources: {
              kubernetes: [
                { id: 'east', kubeconfig: { file: '/nowhere/kubeconfig' } },
              ],
            },
          },
        },
      },
    });
    await eventually(async () => {
      const [east, , memory] = await ingestion.status();
      expect(memory.partitions[0]).toMatchObject({ state: 'fresh' });
      for (const partition of east.partitions) {
        expect(partition).toMatchObject({
          state: 'stale',
          reason: 'misconfigured',
          message:
            'causeway.estate.sources.kubernetes[0].kubeconfig.file: /nowhere/kubeconfig cannot be read (ENOENT)',
        });
      }
    });
  });

  it('refuses a source of a plugin whose id is taken', async () => {
    const { ingestion, logger } = start({
      additionalSources: [
        memorySource('memory', () => ['a']),
        memorySource('memory', () => ['b']),
        memorySource('catalog', () => ['c']),
      ],
    });
    expect((await ingestion.status()).map(one => one.id)).toEqual([
      'catalog',
      'memory',
    ]);
    expect(logger.error).toHaveBeenCalledTimes(2);
  });

  it('reports a defect of a source without its words, and goes on', async () => {
    const broken = memorySource('broken', () => {
      throw new TypeError('CANARY of a foreign error');
    });
    const good = memorySource('memory', () => ['a']);
    const { ingestion } = start({ additionalSources: [broken, good] });
    await eventually(async () => {
      expect(await things(ingestion)).toMatchObject({ state: 'fresh' });
      expect(await things(ingestion, 'broken')).toMatchObject({
        state: 'stale',
        reason: 'internal',
        message: expect.not.stringContaining('CANARY'),
      });
    });
  });

  it('reads on after the database was away', async () => {
    const clock = new ManualClock();
    const source = memorySource('memory', () => ['a']);
    await database.schema.renameTable('estate_partitions', 'away');
    const { ingestion } = start({ additionalSources: [source], clock });
    await eventually(() => expect(source.listed).toBe(0));
    await database.schema.renameTable('away', 'estate_partitions');
    await eventually(async () => {
      clock.advance(6000);
      expect(await things(ingestion)).toMatchObject({ state: 'fresh' });
    });
  });
});
