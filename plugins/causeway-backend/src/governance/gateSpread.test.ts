import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import { eventually } from '../estate/__testUtils__/eventually';
import { person } from './__testUtils__/createGateLab';
import {
  createStoredGate,
  type StoredGate,
} from './__testUtils__/createStoredGate';
import { dialPolicy } from './__testUtils__/dialPolicy';
import { HttpWorld } from './__testUtils__/HttpWorld';
import { remoteDials } from './__testUtils__/remoteDials';

jest.setTimeout(240_000);

const databases = createTestDatabases();
const directory = createMockDirectory();
const names = Array.from({ length: 200 }, (_, index) => `dial-${index}`);

let database: Knex;
let world: HttpWorld;
let gates: StoredGate[];

/** Two replicas of a gate whose policy says nothing of spread, so that what is shipped holds. */
beforeEach(async () => {
  database = await databases.init(databaseId);
  await migrate(database);
  world = await HttpWorld.start();
  names.forEach(name => world.add(name));
  const policy = dialPolicy(100_000).replace(/^ *spread:.*\n/m, '');
  directory.setContent({ 'policy.yaml': policy });
  gates = await Promise.all(
    ['one', 'two'].map(worker =>
      createStoredGate({
        database,
        worker,
        world: remoteDials(world.url, worker),
        policy: directory.resolve('policy.yaml'),
        settings: { poll: 200, verifyEvery: 100 },
      }),
    ),
  );
  gates.forEach(gate => gate.execute());
});
afterEach(async () => {
  await Promise.all(gates.map(gate => gate.stop()));
  await world.close();
});

const turn = (name: string, options: { by?: string; value?: number } = {}) =>
  gates[names.indexOf(name) % 2].gate.submit(
    {
      operation: 'turn',
      target: `resource:default/${name}`,
      input: { value: options.value ?? 11 },
      reason: 'A little, and then a little more',
    },
    person(options.by ?? 'ada'),
    async () => true,
  );

const written = () => names.filter(name => world.dial(name).writes.length > 0);

it('lets one requester change 20 of 200 targets, however many are asked for at once', async () => {
  const receipts = await Promise.all(names.map(name => turn(name)));
  const byItself = receipts.filter(({ tier }) => tier === 1);
  expect(byItself).toHaveLength(20);
  const waiting = receipts.filter(({ state }) => state === 'pending');
  expect(waiting).toHaveLength(180);
  expect(new Set(waiting.map(({ decidedBy }) => decidedBy))).toEqual(
    new Set(['policy/agents']),
  );
  const { request } = await gates[0].parts.store.read(waiting[0].id);
  expect(request.assessment).toMatchObject({
    outcome: 'review',
    decidedBy: 'policy/agents',
    summary: expect.stringMatching(/20 other targets within 1h/),
  });
  await eventually(async () => expect(written()).toHaveLength(20));
  await eventually(async () => {
    for (const { id } of byItself) {
      const { request: done } = await gates[0].parts.store.read(id);
      expect(done.state).toBe('succeeded');
    }
  });
  expect(written()).toHaveLength(20);
});

it('counts each target once, each requester apart, and nothing that people approved', async () => {
  for (const name of names.slice(0, 20)) {
    expect((await turn(name)).tier).toBe(1);
  }
  // What was changed already may be changed again, as far as its bounds reach.
  expect((await turn(names[0], { value: 12 })).tier).toBe(1);
  expect((await turn(names[20])).tier).toBe(2);
  // Far is for people from the start, and so does not use up anything.
  for (const name of names.slice(30, 55)) {
    expect((await turn(name, { by: 'ben', value: 60 })).tier).toBe(2);
  }
  expect((await turn(names[20], { by: 'ben' })).tier).toBe(1);

  // An hour later all of it is long ago.
  await database('gate_requests').update({
    created_at: database.raw('?? - 3600001', ['created_at']),
  });
  expect((await turn(names[21])).tier).toBe(1);
});
