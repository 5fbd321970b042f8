import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  EstateSource,
  SourcePartition,
  SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
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

/** A source in memory with a watch that says what the test tells it to say. */
function watchedSource(listEvery: SourcePartition['listEvery']) {
  let items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  let version = 0;
  const said: SourceWatchEvent[][] = [];
  let wake = () => {};
  const untilSaid = (signal: AbortSignal) =>
    new Promise<void>(resolve => {
      wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const toItem = (key: string, changes = 0) => ({
    key,
    kind: 'Namespace',
    data: { meta: { uid: `${changes}`, name: key } },
  });
  const source: EstateSource = {
    id: 'memory',
    kind: 'kubernetes',
    title: 'memory',
    address: 'memory',
    partitions: () => [
      { scope: '-', kind: 'things', listEvery, watchable: true },
    ],
    async *list() {
      yield { type: 'items', items: items.map(key => toItem(key)) };
      yield { type: 'complete', version: `${version}` };
    },
    async *watch(_partition, _from, signal) {
      yield [];
      while (!signal.aborted) {
        while (said.length > 0) {
          yield said.shift()!;
        }
        await untilSaid(signal);
      }
    },
  };
  const say = (event: SourceWatchEvent) => {
    version += 1;
    said.push([{ ...event, version: `${version}` }]);
    wake();
  };
  return {
    source,
    keep: (keys: string[]) => {
      items = keys;
    },
    bookmark: () => say({ type: 'bookmark' }),
    change: (key: string) =>
      say({ type: 'upsert', item: toItem(key, version + 1) }),
  };
}

describe(`when a partition was confirmed on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let database: Knex;
  let clock: ManualClock;
  let ingestion: Ingestion | undefined;

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    clock = new ManualClock();
  });

  afterEach(() => ingestion?.stop());

  const things = async () => {
    const sources = await ingestion!.status();
    return sources.find(one => one.id === 'memory')!.partitions[0];
  };

  async function watch(listEvery: SourcePartition['listEvery'] = 'interval') {
    const watched = watchedSource(listEvery);
    const changes: string[] = [];
    ingestion = createIngestion({
      database,
      logger: mockServices.logger.mock(),
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
      config: new ConfigReader({}),
      clock,
      additionalSources: [watched.source],
    });
    ingestion.onChange(
      ({ partition }) =>
        partition.startsWith('memory/') && changes.push(partition),
    );
    await ingestion.start();
    await eventually(async () =>
      expect(await things()).toMatchObject({ state: 'fresh', watching: true }),
    );
    return { ...watched, changes };
  }

  /** Lets the watch tell a change and waits until everything that follows from it is written. */
  async function settle(watched: Awaited<ReturnType<typeof watch>>) {
    const told = watched.changes.length;
    watched.change('a');
    await eventually(async () =>
      // A list that happens to end just then tells of itself as well.
      expect(watched.changes.length).toBeGreaterThan(told),
    );
  }

  it('moves on with every bookmark and event of a quiet estate, half a minute apart', async () => {
    const watched = await watch();
    const listedAt = clock.now();
    const told = watched.changes.length;

    clock.advance(60_000);
    watched.bookmark();
    await eventually(async () =>
      expect(await things()).toMatchObject({
        confirmedAt: listedAt + 60_000,
        attemptedAt: listedAt,
      }),
    );

    clock.advance(29_000);
    await settle(watched);
    expect((await things()).confirmedAt).toBe(listedAt + 60_000);

    clock.advance(1_000);
    watched.change('b');
    await eventually(async () =>
      expect((await things()).confirmedAt).toBe(listedAt + 90_000),
    );
    // A confirmation alone is no news to anybody: only the two changes were told.
    await eventually(async () =>
      expect(watched.changes.slice(told)).toHaveLength(2),
    );
  });

  it('is that of the list where a watch is not relied on', async () => {
    const watched = await watch('poll');
    const { confirmedAt } = await things();
    clock.advance(40_000);
    await settle(watched);
    expect((await things()).confirmedAt).toBe(confirmedAt);
  });

  it('is that of the list while a list that lacks too much is in doubt', async () => {
    const watched = await watch();
    watched.keep(['a']);
    clock.advance(10 * 60_000);
    await eventually(async () =>
      expect(await things()).toMatchObject({ state: 'held', watching: true }),
    );
    const { confirmedAt } = await things();
    clock.advance(40_000);
    await settle(watched);
    expect((await things()).confirmedAt).toBe(confirmedAt);
  });

  it('takes a second list, and minutes, where much is gone, and leaves a trace', async () => {
    const watched = await watch('poll');
    watched.keep(['a']);
    clock.advance(60_000);
    await eventually(async () =>
      expect(await things()).toMatchObject({
        state: 'held',
        message: expect.stringContaining('in 300 s at the earliest'),
      }),
    );
    const since = clock.now();
    const staysHeld = async () => {
      clock.advance(60_000);
      await eventually(async () =>
        expect(await things()).toMatchObject({
          state: 'held',
          reason: 'mass-removal',
          objects: 10,
          attemptedAt: clock.now(),
          held: { objects: 9, since },
        }),
      );
    };
    for (let minute = 1; minute < 5; minute++) {
      await staysHeld();
    }
    clock.advance(60_000);
    await eventually(async () =>
      expect(await things()).toMatchObject({
        state: 'fresh',
        objects: 1,
        held: undefined,
        removedOnConfirmation: { objects: 9, at: clock.now() },
      }),
    );
  });

  it('does not hide that complete lists are overdue', async () => {
    const watched = await watch();
    clock.advance(5 * 60_000);
    watched.bookmark();
    await eventually(async () =>
      expect((await things()).confirmedAt).toBe(clock.now()),
    );
    // Nobody holds the partition any more.
    await ingestion!.stop();
    clock.advance(18 * 60_000);
    expect(await things()).toMatchObject({
      state: 'stale',
      reason: 'overdue',
      message: expect.stringMatching(/^The last complete list is 23 minutes/),
    });
  });
});
