/* eslint-disable jest/no-conditional-expect -- two replicas take PostgreSQL; SQLite shows what one after the other does */
import { createMockDirectory } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import path from 'node:path';
import { eventually } from '../estate/__testUtils__/eventually';
import {
  type Replica,
  startProcess,
} from '../estate/__testUtils__/startReplica';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import { KnexAuditTrail } from './audit/KnexAuditTrail';
import { person } from './__testUtils__/createGateLab';
import {
  createStoredGate,
  type StoredGate,
} from './__testUtils__/createStoredGate';
import { dialPolicy } from './__testUtils__/dialPolicy';
import type { GateReplicaOptions } from './__testUtils__/gateReplicaProcess';
import { HttpWorld, type Stop } from './__testUtils__/HttpWorld';
import { remoteDials } from './__testUtils__/remoteDials';

jest.setTimeout(240_000);

/** Short, and long enough for a busy machine to keep. */
const lease = 4_000;

const many = databaseId === 'POSTGRES_17';

// One SQLite file is for one replica: there the next one starts when the first is gone.
describe(`replicas that are killed while they carry out, on ${databaseId}`, () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  let replicas: Replica[];
  let config: Knex.Config;
  let database: Knex;
  let world: HttpWorld;
  let front: StoredGate;

  beforeEach(async () => {
    replicas = [];
    directory.setContent({ 'policy.yaml': dialPolicy(1000) });
    config = many
      ? {
          client: 'pg',
          connection: (await databases.init(databaseId)).client.config
            .connection,
          pool: { min: 0, max: 4 },
        }
      : {
          client: 'better-sqlite3',
          connection: { filename: directory.resolve('gate.sqlite') },
          useNullAsDefault: true,
        };
    database = createKnex(config);
    if (!many) {
      await database.raw('pragma journal_mode = wal');
    }
    await migrate(database);
    world = await HttpWorld.start();
    front = await createStoredGate({
      database,
      worker: 'front',
      world: remoteDials(world.url, 'front'),
      policy: directory.resolve('policy.yaml'),
    });
  });

  afterEach(async () => {
    await Promise.all(replicas.map(one => one.stop()));
    await front.stop();
    await world.close();
    await database.destroy();
  });

  async function start(worker: string) {
    const options: GateReplicaOptions = {
      worker,
      database: config,
      world: world.url,
      policy: directory.resolve('policy.yaml'),
      lease,
    };
    const replica = await startProcess(
      path.join(__dirname, '__testUtils__/gateReplicaProcess.ts'),
      worker,
      options,
    );
    replicas.push(replica);
  }

  function kill(worker: string) {
    replicas.find(({ owner }) => owner === worker)!.kill();
    replicas = replicas.filter(({ owner }) => owner !== worker);
  }

  /** Asks for a dial to be turned, and has two people approve it. */
  async function approve(name: string, operation: string, stop?: Stop) {
    world.add(name, stop);
    const { id } = await front.gate.submit(
      {
        operation,
        target: `resource:default/${name}`,
        input: { value: 60 },
        reason: 'It is too low',
      },
      person('ada'),
      async () => true,
    );
    for (const voter of ['ben', 'dan']) {
      const { digest } = await front.gate.get(id, person(voter));
      await front.gate.vote(id, { decision: 'approve', digest }, person(voter));
    }
    return id;
  }

  const stateOf = async (id: string) =>
    (await front.parts.store.read(id)).request.state;

  const isHeld = async (id: string) =>
    (
      await database('gate_budget_reservations')
        .where({ request_id: id })
        .whereNull('released_at')
    ).length === 1;

  it('leaves nothing done twice, nothing lost, and says where nobody can know', async () => {
    const cases: [string, Stop, string, string, number][] = [
      ['a', 'before-write', 'turn', 'succeeded', 1],
      ['b', 'write-dropped', 'turn', 'succeeded', 1],
      ['c', 'write-late', 'turn', 'unknown', 1],
      ['d', 'write-overtaken', 'turn', 'unknown', 1],
      ['e', 'answer-lost', 'turn', 'unknown', 1],
      ['f', 'before-write', 'turn-once', 'unknown', 0],
      ['g', 'write-dropped', 'turn-once', 'unknown', 0],
      ['h', 'write-late', 'turn-once', 'unknown', 1],
      ['i', 'answer-lost', 'turn-once', 'unknown', 1],
    ];
    const ids = new Map<string, string>();
    for (const [name, stop, operation] of cases) {
      ids.set(name, await approve(name, operation, stop));
    }
    await start('one');
    await eventually(() =>
      expect([...world.stopped.keys()].sort()).toEqual(
        cases.map(([name]) => name),
      ),
    );
    expect(new Set(world.stopped.values())).toEqual(new Set(['one']));
    if (many) {
      await start('two');
      // It works, and leaves alone what another holds.
      const other = await approve('z', 'turn-once');
      await eventually(async () =>
        expect(await stateOf(other)).toBe('succeeded'),
      );
      for (const id of ids.values()) {
        expect(await stateOf(id)).toBe('running');
      }
    }

    kill('one');
    if (!many) {
      await start('two');
    }
    await eventually(async () => {
      const found = await Promise.all(
        cases.map(async ([name]) => [name, await stateOf(ids.get(name)!)]),
      );
      expect(found).toEqual(cases.map(([name, , , state]) => [name, state]));
    });
    for (const [name, , , state, writes] of cases) {
      const id = ids.get(name)!;
      expect([name, world.dial(name).writes]).toEqual([
        name,
        Array(writes).fill(id),
      ]);
      const { events, execution } = await front.parts.store.read(id);
      const begun = events.filter(({ type }) => type === 'ExecutionStarted');
      // Begun again is only what can be repeated and was seen to be untouched.
      expect([name, begun.length]).toEqual([
        name,
        state === 'succeeded' || name === 'd' ? 2 : 1,
      ]);
      expect(execution?.finishedAt).toBeDefined();
      expect(await isHeld(id)).toBe(true);
    }

    // A person looks, and says what came of it.
    for (const [name, , , state, writes] of cases) {
      const id = ids.get(name)!;
      if (state === 'unknown') {
        const outcome = writes > 0 ? 'succeeded' : 'failed';
        await front.gate.reconcile(
          id,
          { outcome, comment: `It is at ${world.dial(name).value}` },
          person('dan'),
        );
        expect([name, await stateOf(id), await isHeld(id)]).toEqual([
          name,
          outcome,
          writes > 0,
        ]);
      }
    }
    expect(await new KnexAuditTrail(database).verify()).toMatchObject({
      whole: true,
    });
  });

  it('survives one crash after another', async () => {
    const ids = new Map<string, string>();
    for (let index = 0; index < 24; index += 1) {
      const name = `dial-${index}`;
      ids.set(name, await approve(name, index % 2 ? 'turn' : 'turn-once'));
    }
    let written = 0;
    let crashAt = 3;
    const crashes: Promise<void>[] = [];
    // Whoever writes the fourth dies of it, and two more may, later.
    world.onWrite = ({ worker }) => {
      written += 1;
      if (written > crashAt && replicas.some(one => one.owner === worker)) {
        crashAt = written + 4;
        if (crashes.length < 3) {
          kill(worker);
          crashes.push(start(`heir-${crashes.length}`));
        }
      }
    };
    await start('one');
    if (many) {
      await start('two');
    }
    await eventually(async () => {
      const states = await Promise.all([...ids.values()].map(stateOf));
      expect(
        states.filter(state => !['succeeded', 'unknown'].includes(state)),
      ).toEqual([]);
    });
    await Promise.all(crashes);
    expect(crashes.length).toBeGreaterThan(0);
    let unknown = 0;
    for (const [name, id] of ids) {
      const state = await stateOf(id);
      const { writes } = world.dial(name);
      expect([name, writes.filter(one => one !== id)]).toEqual([name, []]);
      if (state === 'succeeded') {
        expect([name, writes.length]).toEqual([name, 1]);
      } else {
        unknown += 1;
        expect([name, writes.length <= 1]).toEqual([name, true]);
      }
      expect(await isHeld(id)).toBe(true);
    }
    // Each of those who died had written, and none had it on record.
    expect(unknown).toBeGreaterThanOrEqual(crashes.length);
    expect(await new KnexAuditTrail(database).verify()).toMatchObject({
      whole: true,
    });
  });
});
