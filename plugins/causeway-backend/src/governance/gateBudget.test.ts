import { createMockDirectory } from '@backstage/backend-test-utils';
import type { RequestReceipt } from '@causeway/backstage-plugin-causeway-common';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../estate/__testUtils__/testDatabases';
import { eventually } from '../estate/__testUtils__/eventually';
import { person } from './__testUtils__/createGateLab';
import { createStoredGate } from './__testUtils__/createStoredGate';
import { dialPolicy } from './__testUtils__/dialPolicy';
import { HttpWorld } from './__testUtils__/HttpWorld';
import { remoteDials } from './__testUtils__/remoteDials';

jest.setTimeout(240_000);

const databases = createTestDatabases();
const directory = createMockDirectory();

it('makes one request of many that come at once with one key', async () => {
  const database = await databases.init(databaseId);
  await migrate(database);
  const world = await HttpWorld.start();
  directory.setContent({
    'policy.yaml': dialPolicy(1000).replace(
      'openPerTarget: 1000',
      'openPerTarget: 1',
    ),
  });
  const gates = await Promise.all(
    ['one', 'two'].map(worker =>
      createStoredGate({
        database,
        worker,
        world: remoteDials(world.url, worker),
        policy: directory.resolve('policy.yaml'),
      }),
    ),
  );
  world.add('dial');
  const ask = (index: number, idempotencyKey: string, by = 'eve') =>
    gates[index % 2].gate.submit(
      {
        operation: 'turn',
        target: 'resource:default/dial',
        input: { value: 60 },
        reason: 'Asked until somebody answers',
        idempotencyKey,
      },
      person(by),
      async () => true,
    );
  const ids = await Promise.all(
    Array.from({ length: 9 }, async (_, index) => (await ask(index, 'k')).id),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await database('gate_requests')).toHaveLength(1);
  // Another key is another request: one about a target is enough for those who do not own it.
  await expect(ask(0, 'other')).rejects.toThrow(
    /1 request about .* is open already.*who owns the target/,
  );
  expect((await ask(0, 'mine', 'ada')).id).not.toBe(ids[0]);
  await Promise.all(gates.map(gate => gate.stop()));
  await world.close();
});

it('holds a hard limit against 200 that ask at once', async () => {
  const database = await databases.init(databaseId);
  await migrate(database);
  const world = await HttpWorld.start();
  directory.setContent({ 'policy.yaml': dialPolicy(25) });
  const gates = await Promise.all(
    ['one', 'two'].map(async worker =>
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
  const names = Array.from({ length: 200 }, (_, index) => `dial-${index}`);
  names.forEach(name => world.add(name));

  const answers = await Promise.allSettled(
    names.map((name, index) =>
      gates[index % 2].gate.submit(
        {
          operation: 'turn',
          target: `resource:default/${name}`,
          input: { value: 20 },
          reason: 'All at once',
        },
        person(['ada', 'ben', 'cleo', 'dan', 'eve'][index % 5]),
        async () => true,
      ),
    ),
  );

  const receipts: RequestReceipt[] = [];
  const refusals: string[] = [];
  for (const answer of answers) {
    if (answer.status === 'rejected') {
      refusals.push(String(answer.reason));
    } else if (answer.value.state === 'refused') {
      refusals.push(answer.value.why);
    } else {
      receipts.push(answer.value);
    }
  }
  expect(receipts).toHaveLength(25);
  expect(refusals).toHaveLength(175);
  expect(refusals.filter(why => !/limit|25 .*an hour/i.test(why))).toEqual([]);
  await eventually(async () => {
    for (const { id } of receipts) {
      expect((await gates[0].parts.store.read(id)).request.state).toBe(
        'succeeded',
      );
    }
  });
  const held = await database('gate_budget_reservations').whereNull(
    'released_at',
  );
  expect(held.map(row => row.request_id).sort()).toEqual(
    receipts.map(({ id }) => id).sort(),
  );
  expect(
    await gates[0].parts.budget.spent(
      ['riskTiers/all/an-hour'],
      await gates[0].parts.now(),
    ),
  ).toEqual({ 'riskTiers/all/an-hour': { spent: 25 } });
  expect(names.flatMap(name => world.dial(name).writes).sort()).toEqual(
    receipts.map(({ id }) => id).sort(),
  );
  await Promise.all(gates.map(gate => gate.stop()));
  await world.close();
});
