import { ConfigReader } from '@backstage/config';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createIngestion, type Ingestion } from '../createIngestion';
import { eventually } from '../__testUtils__/eventually';
import { estateConfig } from '../__testUtils__/startEstateLab';
import { type Replica, startReplica } from '../__testUtils__/startReplica';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../__testUtils__/testDatabases';

jest.setTimeout(120_000);

/** Short, and long enough for a busy machine to keep. */
const leaseDuration = 3_000;

/** Long enough for a process that starts on a busy machine. */
const crashLease = 9_000;

const partitionCount = 12;

describe(`replicas that share partitions on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let database: Knex;
  let running: Ingestion[] = [];
  let listed: string[] = [];

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    listed = [];
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(one => one.stop()));
  });

  /** A source of eleven partitions; with the catalog's there are twelve. */
  function manyThings(replica: string, organization = 'memory') {
    return {
      id: 'many',
      kind: 'github',
      title: 'many',
      address: 'memory',
      partitions: () =>
        Array.from({ length: partitionCount - 1 }, (_, index) => ({
          scope: organization,
          kind: index === 0 ? 'repositories' : `things${index}`,
          listEvery: 3_600_000,
          watchable: false,
        })),
      async *list({ kind }: { kind: string }) {
        listed.push(`${replica} ${kind}`);
        yield {
          type: 'items',
          items: [
            {
              key: kind,
              kind: 'Namespace',
              data: { meta: { uid: '', name: kind } },
            },
          ],
        };
        yield { type: 'complete' };
      },
    } as unknown as EstateSource;
  }

  async function start(
    replica: string,
    options: { events?: DefaultEventsService; secret?: string } = {},
  ) {
    const ingestion = createIngestion({
      database,
      logger: mockServices.logger.mock(),
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
      config: new ConfigReader({
        ...(options.secret && {
          events: { modules: { github: { webhookSecret: options.secret } } },
        }),
      }),
      events: options.events,
      leaseDuration,
      additionalSources: [manyThings(replica)],
    });
    running.push(ingestion);
    await ingestion.start();
    return ingestion;
  }

  /** How many partitions each holder has, in order. */
  async function shares(): Promise<number[]> {
    const rows = await database('estate_partitions')
      .whereNotNull('lease_owner')
      .groupBy('lease_owner')
      .count({ count: '*' });
    return rows.map(row => Number(row.count)).sort((a, b) => a - b);
  }

  const within = (leases: number) => leases * leaseDuration + 2_000;

  it('gives one that comes later its share, and takes it back when it goes', async () => {
    await start('first');
    await eventually(async () => expect(await shares()).toEqual([12]));
    const second = await start('second');
    await eventually(
      async () => expect(await shares()).toEqual([6, 6]),
      within(2),
    );
    await start('third');
    await eventually(
      async () => expect(await shares()).toEqual([4, 4, 4]),
      within(2),
    );

    await second.stop();
    running = running.filter(one => one !== second);
    await eventually(
      async () => expect(await shares()).toEqual([6, 6]),
      within(1),
    );

    // Nothing moves without need: 12 taken, 6 and 4 handed over, 4 left behind.
    const before = await database('estate_partitions').sum({
      epochs: 'lease_epoch',
    });
    expect(Number(before[0].epochs)).toBeLessThanOrEqual(12 + 6 + 6 + 6);
    await new Promise(resolve => setTimeout(resolve, 2 * leaseDuration));
    expect(
      await database('estate_partitions').sum({ epochs: 'lease_epoch' }),
    ).toEqual(before);
    expect(
      await database('estate_observations').whereNull('removed_at'),
    ).toHaveLength(partitionCount - 1);
  });

  it('tells a webhook to the replica that holds the partition', async () => {
    const events = DefaultEventsService.create({
      logger: mockServices.logger.mock(),
      useEventBus: 'never',
    });
    for (const replica of ['first', 'second', 'third']) {
      await start(replica, { events, secret: 'not for production' });
    }
    await eventually(async () => expect(await shares()).toEqual([4, 4, 4]));
    // What moved is listed again by who has it now.
    await eventually(async () => {
      const before = listed.length;
      await new Promise(resolve => setTimeout(resolve, 1_000));
      expect(listed.length).toBe(before);
    });
    listed = [];
    for (const organization of ['somebody-else', 'MEMORY']) {
      await events.publish({
        topic: 'github.public',
        eventPayload: { organization: { login: organization } },
      });
    }
    await eventually(() =>
      expect(listed.map(line => line.split(' ')[1])).toEqual(['repositories']),
    );
  });
});

/** The part of a configuration that is cut down here. */
type EstateConfig = JsonObject & {
  causeway: { estate: { sources: { kubernetes: { id: string }[] } } };
};

/** Living observations by partition and key, with the hash of what they hold. */
async function content(knex: Knex): Promise<Record<string, string>> {
  const rows = await knex('estate_observations').whereNull('removed_at');
  return Object.fromEntries(
    rows
      .map(row => [`${row.partition} ${row.key}`, row.hash])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

// Processes cannot share a database in memory, and one SQLite file is for one replica.
if (databaseId === 'POSTGRES_17') {
  describe('replicas in processes of their own on POSTGRES_17', () => {
    const replicas: Replica[] = [];
    let estate: EstateSimulator;

    // Hooks run in their order: what uses a database ends before it does.
    afterAll(async () => {
      await Promise.all(replicas.map(one => one.stop()));
      await estate.close();
    });

    const databases = createTestDatabases();
    const directory = createMockDirectory();
    let shared: Knex;

    beforeAll(async () => {
      shared = await databases.init(databaseId);
      await migrate(shared);
      estate = await createEstateSimulator();
      directory.setContent({ 'kubeconfig.yaml': estate.kubeconfig });
    });

    /** One cluster, the Argo CDs and GitHub: enough to share. */
    const config = (): JsonObject => {
      const whole = estateConfig(estate, directory.resolve('kubeconfig.yaml'), {
        poll: { seconds: 2 },
        completeList: { seconds: 20 },
      }) as EstateConfig;
      const { sources } = whole.causeway.estate;
      sources.kubernetes = sources.kubernetes.filter(
        ({ id }) => id === 'staging',
      );
      return whole;
    };

    const start = async (owner: string) => {
      replicas.push(
        await startReplica({
          owner,
          connection: shared.client.config.connection,
          config: config(),
          leaseDuration: crashLease,
        }),
      );
    };

    const holders = async () => {
      const rows =
        await shared('estate_partitions').whereNotNull('lease_owner');
      return new Map<string, string>(
        rows.map(row => [row.id, row.lease_owner]),
      );
    };

    it('lose nothing and double nothing when one is killed in the middle of a list', async () => {
      const deliveries = 'github/meridian/deliveries';
      // The second page of deliveries takes a minute.
      const slow = estate.faults.add({
        path: /\/repos\/meridian\/(shop-services|storefront-web|token-broker|w[^/]*)\/(environments|branches)/,
        delayMs: 60_000,
      });
      await Promise.all([start('one'), start('two')]);
      await eventually(async () => {
        const held = await holders();
        const counts = ['one', 'two'].map(
          owner => [...held.values()].filter(one => one === owner).length,
        );
        expect(counts[0] + counts[1]).toBeGreaterThan(15);
        expect(Math.abs(counts[0] - counts[1])).toBeLessThan(2);
        const rows = await shared('estate_partitions').whereNotIn('state', [
          'fresh',
          'absent',
        ]);
        expect(rows.map(row => row.id)).toEqual([deliveries]);
        expect(
          estate.faults.list().find(({ id: one }) => one === slow)?.seen,
        ).toBeGreaterThan(0);
      });

      const holder = (await holders()).get(deliveries);
      const victim = replicas.find(({ owner }) => owner === holder)!;
      const killedAt = Date.now();
      victim.kill();
      replicas.splice(replicas.indexOf(victim), 1);
      const [survivor] = replicas;
      estate.faults.clear();
      // The estate goes on meanwhile.
      const { world } = estate;
      world.releaseVersion({
        service: 'payment-api',
        cluster: 'staging',
        version: '99.0.0',
      });
      // One that no Argo CD brings back.
      const gone = world.company.unmanaged.find(
        ({ cluster, workload }) =>
          cluster === 'staging' && workload.kind === 'Deployment',
      )!;
      world
        .cluster(gone.cluster)
        .delete('deployments.apps', gone.workload.name, gone.namespace);

      await eventually(async () => {
        const owners = new Set((await holders()).values());
        expect([...owners]).toEqual([survivor.owner]);
      });
      const moved = Date.now() - killedAt;
      process.stdout.write(
        `a killed replica's partitions moved after ${moved} ms of ${crashLease} ms\n`,
      );
      // What is over is for a busy machine.
      expect(moved).toBeLessThan(crashLease + 3_000);

      const reference = await databases.init(databaseId);
      await migrate(reference);
      const reader = createIngestion({
        database: reference,
        logger: mockServices.logger.mock(),
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities: [] }),
        config: new ConfigReader(config()),
      });
      await reader.start();
      await eventually(async () => {
        const sources = await reader.status();
        expect(
          sources
            .flatMap(({ partitions }) => partitions)
            .filter(({ state }) => state !== 'fresh' && state !== 'absent'),
        ).toEqual([]);
      });
      const expected = await content(reference);
      await reader.stop();
      expect(Object.keys(expected).length).toBeGreaterThan(200);
      await eventually(async () =>
        expect(await content(shared)).toEqual(expected),
      );
      const removed = await shared('estate_observations').whereNotNull(
        'removed_at',
      );
      expect(removed.map(row => `${row.partition} ${row.key}`)).toEqual([
        `${gone.cluster}/-/deployments.apps ${gone.namespace}/${gone.workload.name}`,
      ]);
    });
  });
}
