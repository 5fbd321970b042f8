import { createMockDirectory } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
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
import { Fate, mortalDatabase, mortalOperation } from './__testUtils__/Fate';
import { MeteredWorld } from './__testUtils__/MeteredWorld';
import { Executor } from './execution/Executor';
import type { Gate } from './Gate';

jest.setTimeout(600_000);

const lease = 60_000;

/** One thing that somebody or the gate does; tried anew on another replica when the first dies of it. */
interface Act {
  do(gate: Gate, life: Life): Promise<unknown>;
}

interface Life {
  operation: string;
  target: string;
  id?: string;
}

interface Scenario {
  operation: string;
  health?: MeteredWorld['health'];
  mishap?: MeteredWorld['mishap'];
  acts: (Act | 'carry out')[];
  /** Index of the act with which the replica that dies takes over. */
  from: number;
  /** States that it may end in; the first where nobody dies. */
  ends: string[];
  /** Values that the dial may be left at. */
  leaves: number[];
}

const act = (what: Act['do']): Act => ({ do: what });

const ask = act(async (gate, life) => {
  life.id = (
    await gate.submit(
      {
        operation: life.operation,
        target: life.target,
        input: { value: 60 },
        reason: 'It is too low',
        idempotencyKey: life.target,
      },
      person('ada'),
      async () => true,
    )
  ).id;
});

const vote = (by: string, decision: 'approve' | 'deny' = 'approve') =>
  act(async (gate, { id }) => {
    const { digest } = await gate.get(id!, person(by));
    await gate.vote(id!, { decision, digest, comment: 'So it is' }, person(by));
  });

const approved = [ask, vote('ben'), vote('dan')];

const scenarios: Record<string, Scenario> = {
  'is approved and carried out': {
    operation: 'turn',
    acts: [...approved, 'carry out'],
    from: 0,
    ends: ['succeeded', 'unknown'],
    leaves: [60],
  },
  'cannot be repeated': {
    operation: 'turn-once',
    acts: [...approved, 'carry out'],
    from: 3,
    ends: ['succeeded', 'unknown'],
    leaves: [60, 10],
  },
  'does not work and is undone': {
    operation: 'turn',
    health: 'failed',
    acts: [...approved, 'carry out'],
    from: 3,
    ends: ['rolled-back', 'unknown'],
    leaves: [10, 60],
  },
  'is denied': {
    operation: 'turn',
    acts: [ask, vote('ben'), vote('dan', 'deny')],
    from: 2,
    ends: ['denied'],
    leaves: [10],
  },
  'is withdrawn': {
    operation: 'turn',
    acts: [
      ask,
      vote('ben'),
      act((gate, { id }) => gate.withdraw(id!, 'No longer', person('ada'))),
    ],
    from: 2,
    ends: ['withdrawn'],
    leaves: [10],
  },
  'gets a vote that is taken back': {
    operation: 'turn',
    acts: [
      ask,
      vote('ben'),
      act((gate, { id }) => gate.withdrawVote(id!, person('ben'))),
    ],
    from: 2,
    ends: ['pending'],
    leaves: [10],
  },
  'ends as nobody knows, and somebody looks': {
    operation: 'turn',
    mishap: 'unknown-after-write',
    acts: [
      ...approved,
      'carry out',
      act((gate, { id }) =>
        gate.reconcile(
          id!,
          { outcome: 'succeeded', comment: 'It is at 60' },
          person('dan'),
        ),
      ),
      act((gate, { id }) =>
        gate.giveFeedback(id!, { verdict: 'right' }, person('ben')),
      ),
    ],
    from: 4,
    ends: ['succeeded'],
    leaves: [60],
  },
};

describe(`a replica that dies at any step, on ${databaseId}`, () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const fate = new Fate();
  let database: Knex;
  let doomedDatabase: Knex;
  let world: MeteredWorld;
  let doomed: StoredGate;
  let heir: StoredGate;
  let ahead: number;

  beforeEach(async () => {
    const config =
      databaseId === 'POSTGRES_17'
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
    directory.setContent({
      'policy.yaml': dialPolicy(1_000_000, { autoRollback: true }),
    });
    database = createKnex(config);
    if (databaseId === 'SQLITE_3') {
      await database.raw('pragma journal_mode = wal');
    }
    await migrate(database);
    doomedDatabase = mortalDatabase(createKnex(config), fate);
    world = new MeteredWorld();
    ahead = 0;
    const operations = [
      world.operation('turn', true),
      world.operation('turn-once', false),
    ];
    const shared = {
      policy: directory.resolve('policy.yaml'),
      ahead: () => ahead,
    };
    fate.live(Number.POSITIVE_INFINITY);
    doomed = await createStoredGate({
      ...shared,
      database: doomedDatabase,
      worker: 'doomed',
      world: {
        target: ref => world.target(ref),
        operations: operations.map(one => mortalOperation(one, fate)),
      },
    });
    heir = await createStoredGate({
      ...shared,
      database,
      worker: 'heir',
      world: { target: ref => world.target(ref), operations },
    });
  });

  afterEach(async () => {
    await Promise.all([doomed.stop(), heir.stop()]);
    await Promise.all([database.destroy(), doomedDatabase.destroy()]);
  });

  const read = (id: string) => heir.parts.store.read(id);

  /** Carries out until it is over, or its replica dead. */
  async function carryOut(stored: StoredGate, worker: string, id: string) {
    const executor = new Executor(stored.parts, {
      worker,
      settings: { poll: 60_000, lease, verifyEvery: 500 },
    });
    const isOver = async () => {
      const { request } = await read(id);
      return !['approved', 'running', 'verifying'].includes(request.state);
    };
    for (let looks = 0; looks < 2_000; looks += 1) {
      executor.wake();
      if ((stored === doomed && fate.dead) || (await isOver())) {
        break;
      }
      await new Promise(setImmediate);
      ahead += looks % 2 ? 1_000 : 0;
    }
    await executor.stop();
  }

  /** Lives a scenario through, with a death; tells what was wrong afterwards. */
  async function play(
    scenario: Scenario,
    name: string,
    death: { step: number; afterCommit: boolean },
  ) {
    const life: Life = {
      operation: scenario.operation,
      target: `resource:default/${name}`,
    };
    world.dials.set(life.target, { uid: name, value: 10, writes: [] });
    world.health = scenario.health ?? 'healthy';
    world.mishap = scenario.mishap;
    for (const [index, one] of scenario.acts.entries()) {
      if (index === scenario.from) {
        fate.live(death.step, death.afterCommit);
      }
      const mine = index >= scenario.from && !fate.dead;
      if (one === 'carry out') {
        await carryOut(
          mine ? doomed : heir,
          mine ? 'doomed' : 'heir',
          life.id!,
        );
        if (mine && fate.dead) {
          ahead += lease + 1;
          await carryOut(heir, 'heir', life.id!);
        }
        continue;
      }
      try {
        await one.do((mine ? doomed : heir).gate, life);
      } catch (error) {
        if (!mine || !fate.dead) {
          throw error;
        }
        // Who asked tries again, elsewhere; that it was done already is an answer.
        await one.do(heir.gate, life).catch((again: Error) => {
          if (
            again.name !== 'ConflictError' &&
            !/already/.test(again.message)
          ) {
            throw again;
          }
        });
      }
    }
    const end = fate.dead ? fate.epitaph : undefined;
    fate.live(Number.POSITIVE_INFINITY);
    return { end, faults: await findFaults(scenario, life, end), life };
  }

  async function findFaults(
    scenario: Scenario,
    life: Life,
    end: string | undefined,
  ): Promise<string[]> {
    const { request, events, execution } = await read(life.id!);
    const { value, writes } = world.dial(life.target);
    const asked = await database('gate_requests').where({
      target: life.target,
    });
    const audited = await database('gate_audit_entries').where({
      request_id: life.id,
    });
    const held = await database('gate_budget_reservations')
      .where({ request_id: life.id })
      .whereNull('released_at');
    const count = (type: string) =>
      events.filter(event => event.type === type).length;
    const wrote = writes.filter(one => one === life.id).length;
    const back = writes.filter(one => one === `back:${life.id}`).length;
    const began = count('ExecutionStarted') > 0;
    const faults: [string, boolean][] = [
      [`it was asked for ${asked.length} times`, asked.length !== 1],
      [`it ended ${request.state}`, !scenario.ends.includes(request.state)],
      [
        `it ended ${request.state} though nobody died`,
        !end && request.state !== scenario.ends[0],
      ],
      ['it wrote twice', wrote > 1],
      ['it was undone twice', back > 1],
      [`the dial is left at ${value}`, !scenario.leaves.includes(value)],
      ['it wrote without beginning', wrote > 0 && !began],
      [
        'it says that it worked, and nothing was written',
        request.state === 'succeeded' && wrote !== 1,
      ],
      [
        'it says that it was undone, and it was not',
        request.state === 'rolled-back' && back !== 1,
      ],
      [
        'a limit is charged for what never began, or not for what did',
        (held.length === 1) !== (began && request.state !== 'rolled-back'),
      ],
      [
        'the trail tells another story than the request',
        audited.length !== events.length,
      ],
      [
        'an attempt has no end',
        execution !== undefined && execution.finishedAt === undefined,
      ],
      ['it was approved twice', count('Approved') > 1],
      ['it was denied twice', count('Denied') > 1],
    ];
    return faults.flatMap(([fault, found]) => (found ? [fault] : []));
  }

  it.each(Object.entries(scenarios))(
    'leaves no harm where a request %s',
    async (_, scenario) => {
      const faults: string[] = [];
      const ends: Record<string, number> = {};
      const mourned: string[] = [];
      for (const afterCommit of [false, true]) {
        for (let step = 1; ; step += 1) {
          const name = `d${afterCommit ? 'c' : ''}${step}`;
          const {
            end,
            faults: found,
            life,
          } = await play(scenario, name, {
            step,
            afterCommit,
          });
          faults.push(
            ...found.map(fault => `${step}, ${end ?? 'alive'}: ${fault}`),
          );
          if (!end) {
            break;
          }
          mourned.push(end);
          const { request } = await read(life.id!);
          ends[request.state] = (ends[request.state] ?? 0) + 1;
        }
      }
      expect(faults).toEqual([]);
      // Every state that a death may lead to was reached, and every kind of step died of.
      expect(Object.keys(ends).sort()).toEqual([...scenario.ends].sort());
      expect(mourned.some(end => /^after commit/i.test(end))).toBe(true);
      expect(mourned.some(end => /^before commit/i.test(end))).toBe(true);
      expect(await new KnexAuditTrail(database).verify()).toMatchObject({
        whole: true,
      });
    },
  );
});
