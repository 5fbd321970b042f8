import {
  type EstateSource,
  type KnownVersions,
  SourceError,
  type SourceListPage,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../__testUtils__/testDatabases';
import { KnexObservationStore } from '../observations/KnexObservationStore';
import { type PartitionLease, PartitionStore } from './PartitionStore';
import { ReadVersions } from './ReadVersions';
import { readSnapshot } from './readSnapshot';

const partition: SourcePartition = {
  kind: 'deployments.apps',
  scope: '-',
  watchable: true,
  listEvery: 'interval',
};
const id = 'east/-/deployments.apps';

const item = (key: string, version: string, image = version) => ({
  key,
  kind: 'Workload',
  data: { key, image },
  version,
});

describe(`reading a list on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let observations: KnexObservationStore;
  let lease: PartitionLease;
  let versions: ReadVersions;
  let asked: (KnownVersions | undefined)[];

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    const partitions = new PartitionStore(knex);
    await partitions.ensure([{ id, source: 'east', scope: '-', kind: 'x' }]);
    [lease] = await partitions.acquire([id], {
      owner: 'me',
      duration: 60_000,
    });
    observations = new KnexObservationStore(knex);
    versions = new ReadVersions();
    asked = [];
  });

  function read(...pages: (SourceListPage | Error)[]) {
    const source: EstateSource = {
      id: 'east',
      kind: 'kubernetes',
      title: 'East',
      address: 'https://east.example',
      partitions: () => [],
      async *list(_partition, _signal, known) {
        asked.push(known && new Map(known));
        for (const page of pages) {
          if (page instanceof Error) {
            throw page;
          }
          yield page;
        }
      },
    };
    return readSnapshot({
      source,
      partition,
      lease,
      observations,
      versions,
      guard: { removalShare: 1, minimumObjects: 0, confirmAfter: 0 },
      now: () => 1000,
      signal: new AbortController().signal,
      onWritten: () => {},
    });
  }

  const images = async () =>
    Object.fromEntries(
      (await knex('estate_observations').whereNull('removed_at')).map(row => [
        row.key,
        JSON.parse(row.data).image,
      ]),
    );
  const seq = async () => Number((await knex('estate_clock').first('seq')).seq);
  const complete: SourceListPage = { type: 'complete', version: '9' };

  it('tells what it has read before, and takes that for being there', async () => {
    await read(
      { type: 'items', items: [item('a/1', 'u1/1'), item('a/2', 'u2/1')] },
      complete,
    );
    const before = await seq();
    const snapshot = await read(
      {
        type: 'items',
        items: [item('a/2', 'u2/2')],
        unchanged: ['a/1'],
      },
      complete,
    );
    expect(asked).toEqual([
      undefined,
      new Map([
        ['a/1', 'u1/1'],
        ['a/2', 'u2/1'],
      ]),
    ]);
    expect(snapshot).toMatchObject({
      remove: [],
      hold: [],
      reported: 2,
      written: 1,
    });
    expect(await seq()).toBe(before + 1);
    expect(await images()).toEqual({ 'a/1': 'u1/1', 'a/2': 'u2/2' });
  });

  it('reads an object again that somebody else has written since', async () => {
    await read({ type: 'items', items: [item('a/1', 'u1/1')] }, complete);
    await knex('estate_observations').update({ hash: 'of another holder' });
    await read({ type: 'items', items: [item('a/1', 'u1/1')] }, complete);
    expect(asked[1]).toBeUndefined();
  });

  it('finds what was missing, also where it need not be read again', async () => {
    await read({ type: 'items', items: [item('a/1', 'u1/1')] }, complete);
    await observations.write(lease, 'east', { missing: ['a/1'] }, 1);
    await read({ type: 'items', items: [], unchanged: ['a/1'] }, complete);
    expect((await observations.stored(id)).get('a/1')?.missing).toBe(false);
  });

  it('keeps what came before a fault, and the last state of a key', async () => {
    const many = Array.from({ length: 2500 }, (_, at) =>
      item(`n/${String(at).padStart(4, '0')}`, `u${at}/1`),
    );
    await read({ type: 'items', items: many }, complete);
    const fault = new SourceError({ reason: 'timeout', message: 'too late' });
    await expect(
      read(
        { type: 'items', items: [item('n/0001', 'u1/2')] },
        {
          type: 'items',
          items: [item('n/0001', 'u1/3'), item('n/0002', 'u2/2')],
        },
        // Back to what is stored: nothing to write after all.
        { type: 'items', items: [item('n/0002', 'u2/1')] },
        fault,
      ),
    ).rejects.toBe(fault);
    const after = await images();
    expect(Object.keys(after)).toHaveLength(2500);
    expect(after).toMatchObject({ 'n/0001': 'u1/3', 'n/0002': 'u2/1' });
  });

  it('says that the lease is gone rather than what the source said', async () => {
    await knex('estate_partitions').update({ lease_epoch: 99 });
    await expect(
      read(
        { type: 'items', items: [item('a/1', 'u1/1')] },
        new SourceError({ reason: 'timeout', message: 'too late' }),
      ),
    ).rejects.toMatchObject({ name: 'LeaseLostError' });
    expect(await images()).toEqual({});
  });
});
