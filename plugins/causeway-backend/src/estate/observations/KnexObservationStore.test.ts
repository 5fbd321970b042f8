import type { Knex } from 'knex';
import {
  PartitionStore,
  type PartitionLease,
} from '../partitions/PartitionStore';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../__testUtils__/testDatabases';
import { KnexObservationStore, LeaseLostError } from './KnexObservationStore';
import { prepareObservation } from './prepareObservation';

const partition = 'east/-/deployments.apps';

function workload(key: string, image = 'web:1') {
  return prepareObservation({ key, kind: 'Workload', data: { key, image } })!;
}

describe(`observations on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let partitions: PartitionStore;
  let store: KnexObservationStore;
  let lease: PartitionLease;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    partitions = new PartitionStore(knex);
    store = new KnexObservationStore(knex, { pageSize: 3 });
    await partitions.ensure(
      [partition, 'east/-/services'].map(id => ({
        id,
        source: 'east',
        scope: '-',
        kind: id.split('/')[2],
      })),
    );
    [lease] = await partitions.acquire([partition], {
      owner: 'me',
      duration: 60_000,
    });
  });

  async function put(keys: string[], image?: string, now = 1000) {
    const difference = await store.compare(
      partition,
      keys.map(key => workload(key, image)),
    );
    await store.write(
      lease,
      'east',
      { upsert: difference.changed, added: difference.added },
      now,
    );
    return difference;
  }

  async function readAll(from?: string) {
    const upserted: string[] = [];
    const removed: string[] = [];
    let mark = from;
    for (;;) {
      const page = await store.changesSince(mark);
      upserted.push(...page.upserted.map(one => one.key));
      removed.push(...page.removed.map(one => one.key));
      mark = page.mark;
      if (!page.more) {
        return { upserted, removed, mark };
      }
    }
  }

  it('hands out what changed since a mark, in order and once', async () => {
    await put(['a/1', 'a/2', 'a/3', 'a/4']);
    const first = await readAll();
    expect(first).toMatchObject({
      upserted: ['a/1', 'a/2', 'a/3', 'a/4'],
      removed: [],
    });
    expect(await readAll(first.mark)).toMatchObject({
      upserted: [],
      removed: [],
      mark: first.mark,
    });

    await put(['a/2', 'a/3'], 'web:2', 2000);
    await store.write(lease, 'east', { remove: ['a/1', 'a/9'] }, 3000);
    expect(await readAll(first.mark)).toMatchObject({
      upserted: ['a/2', 'a/3'],
      removed: ['a/1'],
    });
    expect(await readAll()).toMatchObject({
      upserted: ['a/4', 'a/2', 'a/3'],
      removed: [],
    });
    const { upserted } = await store.changesSince(first.mark);
    expect(upserted[0]).toEqual({
      partition,
      source: 'east',
      key: 'a/2',
      kind: 'Workload',
      data: { key: 'a/2', image: 'web:2' },
      hash: workload('a/2', 'web:2').hash,
      observedAt: 2000,
    });
    expect((await partitions.get(partition))?.objects).toBe(3);
  });

  it('tells of a removal in the middle of a first pass', async () => {
    await put(['a/1', 'a/2', 'a/3', 'a/4']);
    await store.write(lease, 'east', { remove: ['a/4'] }, 1);
    await put(['a/5', 'a/6']);
    const page = await store.changesSince(undefined);
    expect(page.upserted.map(one => one.key)).toEqual(['a/1', 'a/2', 'a/3']);
    await store.write(lease, 'east', { remove: ['a/2'] }, 1);
    expect(await readAll(page.mark)).toMatchObject({
      upserted: ['a/5', 'a/6'],
      removed: ['a/2'],
    });
  });

  it('writes nothing for what has not changed', async () => {
    await put(['a/1', 'a/2']);
    const before = await readAll();
    expect(await put(['a/1', 'a/2'])).toEqual({
      changed: [],
      added: 0,
      found: [],
    });
    expect(await readAll()).toEqual(before);
  });

  it('brings back what was removed', async () => {
    await put(['a/1']);
    const { mark } = await readAll();
    await store.write(lease, 'east', { remove: ['a/1'] }, 1);
    await put(['a/1']);
    expect(await readAll(mark)).toMatchObject({
      upserted: ['a/1'],
      removed: [],
    });
    expect((await partitions.get(partition))?.objects).toBe(1);
  });

  it('remembers what is held as missing until it is found', async () => {
    await put(['a/1', 'a/2']);
    await store.write(lease, 'east', { missing: ['a/1'] }, 1);
    expect(await store.stored(partition)).toEqual(
      new Map([
        [
          'a/1',
          {
            hash: workload('a/1').hash,
            missing: true,
            missingSince: expect.any(Number),
          },
        ],
        ['a/2', { hash: workload('a/2').hash, missing: false }],
      ]),
    );
    const { found } = await store.compare(partition, [workload('a/1')]);
    await store.write(lease, 'east', { found }, 1);
    expect((await store.stored(partition)).get('a/1')).toMatchObject({
      missing: false,
    });
  });

  it('refuses a holder whose lease went on, and writes nothing for it', async () => {
    await put(['a/1']);
    await knex('estate_partitions').update({ lease_expires_at: 1 });
    const [next] = await partitions.acquire([partition], {
      owner: 'other',
      duration: 60_000,
    });
    expect(next.epoch).toBeGreaterThan(lease.epoch);
    await expect(put(['a/2'])).rejects.toThrow(LeaseLostError);
    await expect(
      store.write(lease, 'east', { remove: ['a/1'] }, 1),
    ).rejects.toThrow(LeaseLostError);
    expect(await readAll()).toMatchObject({ upserted: ['a/1'], removed: [] });
  });

  it('gives partitions up with tombstones', async () => {
    await put(['a/1', 'a/2']);
    const { mark } = await readAll();
    expect(await store.retire(partition, 5)).toBe(2);
    expect(await readAll(mark)).toMatchObject({
      upserted: [],
      removed: ['a/1', 'a/2'],
    });
    expect(await partitions.get(partition)).toBeUndefined();
  });

  it('forgets old tombstones and says so to marks of before', async () => {
    await put(['a/1', 'a/2']);
    const { mark } = await readAll();
    await store.write(lease, 'east', { remove: ['a/1'] }, 1000);
    expect(await store.forgetRemoved(1000)).toBe(0);
    expect(await store.forgetRemoved(1001)).toBe(1);
    await expect(store.changesSince(mark)).rejects.toThrow(
      'read again from the beginning',
    );
    expect(await readAll()).toMatchObject({ upserted: ['a/2'], removed: [] });
  });

  it('leaves no gap for readers while others write at once', async () => {
    const [other] = await partitions.acquire(['east/-/services'], {
      owner: 'me',
      duration: 60_000,
    });
    const seen = new Set<string>();
    let mark: string | undefined;
    let writing = true;
    const follow = async () => {
      const page = await store.changesSince(mark);
      page.upserted.forEach(one => seen.add(`${one.partition} ${one.key}`));
      mark = page.mark;
      return page.more;
    };
    const reader = (async () => {
      while (writing) {
        await follow();
      }
    })();
    await Promise.all(
      [lease, other].map(async holder => {
        for (let i = 0; i < 20; i += 1) {
          await store.write(
            holder,
            'east',
            { upsert: [workload(`n/${i}`)], added: 1 },
            i,
          );
        }
      }),
    );
    writing = false;
    await reader;
    while (await follow());
    expect(seen.size).toBe(40);
  });

  it('takes five thousand at once', async () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `n/${i}`);
    await put(keys);
    expect((await store.stored(partition)).size).toBe(5000);
    await store.write(lease, 'east', { remove: keys }, 1);
    expect((await store.stored(partition)).size).toBe(0);
  });
});
