import { isDeepStrictEqual } from 'node:util';
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { eventually } from './__testUtils__/eventually';
import { faultCases, malformedCases } from './__testUtils__/faults/cases';
import { FaultLab, lease } from './__testUtils__/faults/FaultLab';
import {
  createTarget,
  targetNames,
  type Target,
} from './__testUtils__/faults/targets';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from './__testUtils__/testDatabases';

jest.setTimeout(300_000);

describe(`the fault matrix on ${databaseId}`, () => {
  let lab: FaultLab;

  // Hooks run in their order: what uses a database ends before it does.
  afterAll(async () => {
    await lab.stop();
  });

  const databases = createTestDatabases();
  const directory = createMockDirectory();

  async function createDatabase(): Promise<Knex> {
    const database = await databases.init(databaseId);
    await migrate(database);
    return database;
  }

  beforeAll(async () => {
    lab = await FaultLab.start({ database: await createDatabase(), directory });
  }, 120_000);

  afterEach(() => {
    lab.simulator.faults.clear();
    lab.limits.request = 20_000;
    lab.guard.confirmAfter = Infinity;
  });

  /** What there is, without what is known of it: nothing may go, and nothing come twice. */
  async function things() {
    const { entities, edges } = await lab.content();
    return [...entities, ...edges].map(row =>
      row.slice(0, row.lastIndexOf(' ')),
    );
  }

  describe.each(targetNames)('%s', name => {
    let target: Target;
    let before: string[];

    beforeAll(async () => {
      target = createTarget[name](lab);
      before = await things();
    });

    beforeEach(async () => {
      await lab.untilAllFresh();
      await eventually(async () => {
        if (!isDeepStrictEqual(await things(), before)) {
          throw new Error('The estate has not come to rest');
        }
      });
    });

    it.each(faultCases)(
      '$title',
      async ({ fault, listsOnly, shown, patience }) => {
        const keys = await lab.keys(target.partition);
        lab.limits.request = patience ?? lab.limits.request;
        const { confirmedAt } = await lab.partition(target.sibling);
        target.listAgain();
        const injected = lab.simulator.faults.add({
          ...fault,
          path: listsOnly ? target.listPath : target.path,
        });
        const { state, reason, message } = shown[name];
        const doubted = await eventually(async () => {
          const partition = await lab.partition(target.partition);
          expect(partition).toMatchObject({ state, reason });
          return partition;
        });
        expect(doubted.message).toMatch(message);
        // One failing kind stops no other one.
        await eventually(async () =>
          expect(
            (await lab.partition(target.sibling)).confirmedAt,
          ).toBeGreaterThan(confirmedAt!),
        );
        // Nothing is deleted, and nothing doubled.
        expect(await things()).toEqual(before);
        expect(await lab.keys(target.partition)).toEqual(keys);

        // What changed meanwhile is right one cycle after the fault.
        const removed = target.removeOne();
        lab.simulator.faults.remove(injected);
        lab.limits.request = 20_000;
        lab.guard.confirmAfter = 0;
        await eventually(async () => {
          expect((await lab.partition(target.partition)).state).toBe('fresh');
          expect(await lab.keys(target.partition)).toEqual(
            keys.filter(key => key !== removed),
          );
        });
        // What follows from the keys comes a moment later.
        await eventually(async () =>
          expect(await things()).not.toEqual(before),
        );
        target.restore();
        await eventually(async () => {
          expect(await things()).toEqual(before);
          expect(await lab.keys(target.partition)).toEqual(keys);
        });
      },
    );

    it.each(malformedCases)('$title', async ({ fault }) => {
      const keys = await lab.keys(target.partition);
      const { confirmedAt } = await lab.partition(target.partition);
      target.listAgain();
      lab.simulator.faults.add({ ...fault, path: target.listPath });
      await eventually(async () => {
        const partition = await lab.partition(target.partition);
        // Held is what it is when the object does not even tell its key.
        expect(['fresh: undefined', 'held: malformed']).toContain(
          `${partition.state}: ${partition.reason}`,
        );
        expect(partition.confirmedAt).toBeGreaterThan(confirmedAt!);
      });
      expect(await lab.keys(target.partition)).toEqual(keys);
      expect(await things()).toEqual(before);
    });

    it('restart in the middle of a list', async () => {
      const asked = lab.simulator.faults.add({
        path: target.listPath,
        delayMs: 60_000,
      });
      await lab.restart();
      await eventually(() =>
        expect(
          lab.simulator.faults.list().find(one => one.id === asked)?.seen,
        ).toBeGreaterThan(0),
      );
      expect(await things()).toEqual(before);
      lab.simulator.faults.clear();
      await lab.restart();
      await lab.untilAllFresh();
      expect(await things()).toEqual(before);
    });
  });

  it('an expired continue token', async () => {
    const before = await things();
    const { partition, listPath, listAgain } = createTarget.kubernetes(lab);
    const keys = await lab.keys(partition);
    const cluster = lab.simulator.world.cluster('staging');
    const items = cluster.list('deployments.apps');
    const { confirmedAt } = await lab.partition(partition);
    listAgain();
    const half = Math.floor(items.length / 2);
    lab.simulator.faults.add({
      path: new RegExp(`${listPath.source}limit=\\d+$`),
      status: 200,
      body: {
        kind: 'DeploymentList',
        apiVersion: 'apps/v1',
        metadata: {
          resourceVersion: String(cluster.resourceVersion),
          continue: 'later',
          remainingItemCount: items.length - half,
        },
        items: items.slice(0, half),
      },
      times: 1,
    });
    const expired = lab.simulator.faults.add({
      path: /deployments\?.*continue=later/,
      status: 410,
      body: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    await eventually(() =>
      expect(
        lab.simulator.faults.list().find(one => one.id === expired)?.seen,
      ).toBe(1),
    );
    await eventually(async () =>
      expect((await lab.partition(partition)).confirmedAt).toBeGreaterThan(
        confirmedAt!,
      ),
    );
    expect(await lab.keys(partition)).toEqual(keys);
    expect(await things()).toEqual(before);
  });

  it.each([
    ['an HTTP 410 on a watch', { status: 410, times: 1 }],
    [
      'a 410 in a watch',
      {
        status: 200,
        body: `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`,
        times: 1,
      },
    ],
  ])('%s', async (_name, fault) => {
    const before = await things();
    const target = createTarget.kubernetes(lab);
    const keys = await lab.keys(target.partition);
    lab.simulator.faults.add({ ...fault, path: /staging.*deployments\?watch/ });
    lab.simulator.disconnect('/clusters/staging/apis/apps/v1/deployments');
    const removed = target.removeOne();
    await eventually(async () =>
      expect(await lab.keys(target.partition)).toEqual(
        keys.filter(key => key !== removed),
      ),
    );
    await eventually(async () => expect(await things()).not.toEqual(before));
    target.restore();
    await eventually(async () => expect(await things()).toEqual(before));
  });

  it.each([
    ['forbidden', 'stale', Object.assign(new Error('no'), { statusCode: 403 })],
    ['server-error', 'stale', new Error('socket hang up')],
    ['suspiciously-empty', 'held', undefined],
  ])('a catalog that is %s', async (reason, state, error) => {
    const before = await lab.keys('catalog/-/components');
    expect(before).toHaveLength(8);
    lab.catalogError = error;
    lab.catalogEmpty = error === undefined;
    await eventually(async () =>
      expect(await lab.partition('catalog/-/components')).toMatchObject({
        state,
        reason,
        message: expect.stringMatching(/catalog|lacks/),
      }),
    );
    expect(await lab.keys('catalog/-/components')).toEqual(before);
    lab.catalogError = undefined;
    lab.catalogEmpty = false;
    await lab.untilAllFresh();
    expect(await lab.keys('catalog/-/components')).toEqual(before);
  });

  it("a replica's clock an hour ahead", async () => {
    const before = await things();
    const now = Date.now.bind(Date);
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => now() + 3_600_000);
    try {
      await lab.restart();
      await lab.untilAllFresh();
      const { partition } = createTarget.kubernetes(lab);
      // Times are the database's, whatever the replica believes.
      expect((await lab.partition(partition)).confirmedAt).toBeLessThan(
        now() + 600_000,
      );
    } finally {
      clock.mockRestore();
    }
    expect(await things()).toEqual(before);
    await lab.restart();
    await lab.untilAllFresh();
  });

  it('the database away', async () => {
    const before = await things();
    const target = createTarget.kubernetes(lab);
    const keys = await lab.keys(target.partition);
    const comeBack = takeAway(lab.database);
    const removed = target.removeOne();
    await new Promise(resolve => setTimeout(resolve, lease / 2));
    comeBack();
    await eventually(async () =>
      expect(await lab.keys(target.partition)).toEqual(
        keys.filter(key => key !== removed),
      ),
    );
    await eventually(async () => expect(await things()).not.toEqual(before));
    target.restore();
    await eventually(async () => expect(await things()).toEqual(before));
  });

  it('one cycle later everything is as if nothing had happened', async () => {
    await lab.untilAllFresh();
    const { here, there } = await lab.untilExactlyRight(await createDatabase());
    expect(there.entities.length).toBeGreaterThan(20);
    expect(here).toEqual(there);
  });
});

/** Makes every use of a database fail, as when its server is down; answers with the way back. */
function takeAway(database: Knex): () => void {
  const { client } = database;
  const acquire = client.acquireConnection;
  client.acquireConnection = async () => {
    throw new Error('connect ECONNREFUSED');
  };
  return () => {
    client.acquireConnection = acquire;
  };
}
