import { mockCredentials } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { FakeGate } from '../__testUtils__/FakeGate';
import { GateFailure } from '../gate/GateFailure';
import { SessionExpired } from '../gate/SessionExpired';
import { createRequestAction } from './createRequestAction';

const ada = mockCredentials.user('user:default/ada');
const input = {
  operation: 'scale-workload',
  target: 'resource:default/payment-api',
  input: { replicas: 6 },
  reason: 'The campaign begins',
};

function run(
  gate: FakeGate,
  options: {
    input?: JsonObject;
    tasks?: number;
    context?: object;
    credentials?: typeof ada;
  } = {},
) {
  const outputs: Record<string, unknown> = {};
  const said: string[] = [];
  const context = {
    ...createMockActionContext({ input: { ...input, ...options.input } }),
    task: { id: 'task-1' },
    step: { id: 'scale', name: 'Scale' },
    templateInfo: { entityRef: 'template:default/campaign' },
    getInitiatorCredentials: async () => options.credentials ?? ada,
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    ...options.context,
  };
  context.logger.info = (message: string) => {
    said.push(message);
  };
  const done = createRequestAction(gate.access(options.tasks)).handler(
    context as never,
  );
  return { done, outputs, said };
}

it('asks as the person who started the template, and goes on once it is done', async () => {
  const gate = new FakeGate();
  gate.looks = [
    {},
    { state: 'approved', deciders: [] },
    { state: 'verifying', deciders: [] },
    { state: 'succeeded', deciders: [], outcome: '6 of 6 are ready' },
  ];
  const { done, outputs, said } = run(gate);
  await done;
  expect(gate.asked).toEqual([
    {
      credentials: ada,
      submission: {
        ...input,
        agentName: 'template:default/campaign',
        idempotencyKey: expect.stringMatching(
          /^template\/task-1\/scale\/[0-9a-f]{64}$/,
        ),
      },
    },
  ]);
  expect(outputs).toEqual({
    requestId: 'r1',
    state: 'succeeded',
    tier: 2,
    url: 'http://portal/approvals/r1',
    outcome: '6 of 6 are ready',
  });
  expect(said).toEqual([
    expect.stringContaining('pending (tier 2, policy/decisions/scale-beyond)'),
    expect.stringMatching(/^Waiting for .*group:default\/payments: http/),
    'Waiting for 2 people of group:default/payments: http://portal/approvals/r1',
    expect.stringMatching(/^Approved/),
    expect.stringMatching(/watched/),
    'It is succeeded: 6 of 6 are ready',
  ]);
});

it('asks with one key for one thing: what is asked tells rounds apart', async () => {
  const gate = new FakeGate();
  gate.receipt = { state: 'succeeded' };
  await run(gate).done;
  await run(gate).done;
  await run(gate, { input: { input: { replicas: 7 } } }).done;
  await run(gate, { context: { task: { id: 'task-2' } } }).done;
  await run(gate, { context: { step: { id: 'ü'.repeat(300) } } }).done;
  const keys = gate.asked.map(({ submission }) => submission.idempotencyKey);
  expect(new Set(keys).size).toBe(4);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[4]).toMatch(/^template\/[0-9a-f]{64}$/);
});

it('tells what acted for the person, as far as it is known', async () => {
  const gate = new FakeGate();
  gate.receipt = { state: 'succeeded' };
  await run(gate, {
    credentials: mockCredentials.user('user:default/ada', {
      actor: { subject: 'plugin:mcp-actions' },
    }),
  }).done;
  expect(gate.asked[0].submission.agentName).toBe(
    'template:default/campaign, by plugin:mcp-actions',
  );
});

it('asks for nobody who is no person', async () => {
  const gate = new FakeGate();
  await expect(
    run(gate, { credentials: mockCredentials.service('plugin:x') as never })
      .done,
  ).rejects.toThrow(/Start it with the token of a person/);
  expect(gate.asked).toEqual([]);
});

it('goes on at once where it need not wait', async () => {
  const gate = new FakeGate();
  const { done, outputs } = run(gate, { input: { wait: false } });
  await done;
  expect(outputs).toMatchObject({ state: 'pending', requestId: 'r1' });
  expect(gate.looked).toBe(0);
});

it.each([
  [
    'denied',
    'Too close to the end of the month',
    /Denied by user:default\/bo: Too close/,
  ],
  ['expired', 'The time is over', /Nobody decided in time.*anew/],
  ['withdrawn', 'Not needed', /taken back: Not needed/],
  ['lapsed', 'Not begun', /not carried out in time/],
  ['failed', 'No quota', /failed: No quota/],
  ['rolled-back', 'Unhealthy', /rolled back: Unhealthy/],
  ['unknown', 'The cluster went away', /a person has to look/],
  ['refused', 'A freeze', /Refused: A freeze/],
] as const)('ends with the words of what is %s', async (state, why, words) => {
  const gate = new FakeGate();
  gate.looks = [{ state, why, decidedBy: 'user:default/bo' }];
  await expect(run(gate).done).rejects.toThrow(words);
  await expect(run(gate).done).rejects.toThrow(/approvals\/r1/);
});

it('says what to do instead of what is refused at once', async () => {
  const gate = new FakeGate();
  gate.receipt = {
    state: 'refused',
    why: 'Git manages it',
    refusals: [{ reason: 'Git manages it', hint: 'Open a pull request.' }],
  };
  await expect(run(gate, { input: { wait: false } }).done).rejects.toThrow(
    /Refused: Git manages it.*\(Open a pull request\.\)/,
  );
});

it('parks when nobody decides in time', async () => {
  const gate = new FakeGate();
  const { done } = run(gate, { input: { waitUpTo: { seconds: 0.01 } } });
  await expect(done).rejects.toMatchObject({
    name: 'WaitingForApproval',
    message: expect.stringMatching(
      /^waiting for approval: 2 people of group:default\/payments\. .*Retry.*approvals\/r1$/,
    ),
  });
  expect(gate.withdrawn).toEqual([]);
});

it.each([{ seconds: 0 }, { hours: 2 }])('waits for no %j', async waitUpTo => {
  const gate = new FakeGate();
  await expect(run(gate, { input: { waitUpTo } }).done).rejects.toThrow(
    /at most an hour/,
  );
  expect(gate.asked).toEqual([]);
});

it('looks again where the gate is away, and ends where it says no', async () => {
  const gate = new FakeGate();
  gate.looks = [
    new ServiceUnavailableError('fetch failed'),
    new GateFailure({ status: 503, name: 'a', message: 'halted' }),
    { state: 'succeeded' },
  ];
  const { done, outputs } = run(gate);
  await done;
  expect(outputs.state).toBe('succeeded');

  const other = new FakeGate();
  other.looks = [
    new GateFailure({ status: 404, name: 'NotFoundError', message: 'Gone' }),
  ];
  await expect(run(other).done).rejects.toThrow('Gone');
});

it('says what helps when the session is over', async () => {
  const gate = new FakeGate();
  gate.submitFails = new SessionExpired();
  await expect(run(gate).done).rejects.toThrow(/Sign in and press Retry/);
});

describe('canceled', () => {
  const cancel = async (gate: FakeGate, withdrawOnCancel?: boolean) => {
    const controller = new AbortController();
    gate.onLook = () => controller.abort();
    return run(gate, {
      context: { signal: controller.signal },
      ...(withdrawOnCancel !== undefined && { input: { withdrawOnCancel } }),
    }).done;
  };

  it('takes its request back', async () => {
    const gate = new FakeGate();
    await expect(cancel(gate)).rejects.toThrow(/was taken back/);
    expect(gate.withdrawn).toEqual(['r1']);
  });

  it('leaves it where the template says so', async () => {
    const gate = new FakeGate();
    await expect(cancel(gate, false)).rejects.toThrow(/Its request stays/);
    expect(gate.withdrawn).toEqual([]);
  });

  it('says where it could not be taken back', async () => {
    const gate = new FakeGate();
    gate.withdrawFails = new SessionExpired();
    await expect(cancel(gate)).rejects.toThrow(/Withdraw it in the portal/);
  });

  it('asks for nothing where it was canceled before', async () => {
    const gate = new FakeGate();
    const signal = AbortSignal.abort();
    await expect(run(gate, { context: { signal } }).done).rejects.toThrow();
    expect(gate.asked).toEqual([]);
  });
});

it('waits with no more than its share of the slots, and gives them back', async () => {
  const gate = new FakeGate();
  const access = gate.access(2);
  const release = access.slots.take()!;
  expect(access.slots.take()).toBeUndefined();
  release();
  release();
  expect(access.slots.take()).toBeDefined();
  expect(access.slots.take()).toBeUndefined();
  // Ten slots: seven wait, three are left for the others.
  const ten = gate.access(10).slots;
  expect(
    Array.from({ length: 11 }, () => ten.take()).filter(Boolean),
  ).toHaveLength(7);
  await expect(run(gate, { tasks: 1 }).done).rejects.toMatchObject({
    name: 'WaitingForApproval',
  });
});

describe('in a dry run', () => {
  const context = { isDryRun: true };

  it('says what would become of it', async () => {
    const gate = new FakeGate();
    const { done, outputs, said } = run(gate, { context });
    await done;
    expect(gate.asked).toEqual([{ credentials: ada, submission: input }]);
    expect(outputs).toMatchObject({ state: 'pending', tier: 2 });
    expect(said.join()).toMatch(/Nothing is asked for.*2 of group:default/);
  });

  it('fails where it would be refused', async () => {
    const gate = new FakeGate();
    gate.assessment = { outcome: 'refuse', summary: 'Git manages it' };
    await expect(run(gate, { context }).done).rejects.toThrow(
      'It would be refused: Git manages it',
    );
  });
});

it('has examples that name it', () => {
  const { examples = [] } = createRequestAction(new FakeGate().access());
  for (const { example } of examples) {
    expect(parse(example).steps[0].action).toBe('causeway:request');
  }
  expect(examples.length).toBeGreaterThan(0);
});
