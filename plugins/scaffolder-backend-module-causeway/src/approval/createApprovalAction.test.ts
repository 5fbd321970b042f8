import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { FakeGate } from '../__testUtils__/FakeGate';
import { createApprovalAction } from './createApprovalAction';
import { describeRemaining, type TaskSpec } from './describeRemaining';

const spec: TaskSpec = {
  parameters: { name: 'orders', size: 'small' },
  steps: [
    { id: 'before', action: 'debug:log' },
    { id: 'approval', name: 'People agree', action: 'causeway:approval' },
    { id: 'claim', name: 'Write the claim', action: 'fetch:template' },
    { id: 'stamp', action: 'causeway:stamp' },
  ],
};

function run(
  gate: FakeGate,
  options: { input?: JsonObject; context?: object; task?: TaskSpec } = {},
) {
  const outputs: Record<string, unknown> = {};
  const done = createApprovalAction({
    ...gate.access(),
    readTask: async () => options.task ?? spec,
  }).handler({
    ...createMockActionContext({
      input: {
        reason: 'Orders need a place',
        binds: { name: 'orders' },
        ...options.input,
      },
    }),
    task: { id: 'task-1' },
    step: { id: 'approval' },
    templateInfo: {
      entityRef: 'template:default/database-claim',
      entity: { metadata: { name: 'database-claim', uid: 'u1', etag: 'e1' } },
    },
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/ada'),
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    ...options.context,
  } as never);
  return { done, outputs };
}

it('asks for this task, with the steps that are left, and goes on once it is released', async () => {
  const gate = new FakeGate();
  gate.looks = [
    {},
    { state: 'running' },
    { state: 'verifying', decidedBy: 'user:default/bo' },
  ];
  const { done, outputs } = run(gate);
  await done;
  expect(gate.asked[0].submission).toMatchObject({
    operation: 'run-template',
    target: 'template:default/database-claim',
    reason: 'Orders need a place',
    input: {
      uid: 'u1',
      etag: 'e1',
      task: 'task-1',
      step: 'approval',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      remaining: [
        { id: 'claim', name: 'Write the claim', action: 'fetch:template' },
        { id: 'stamp', action: 'causeway:stamp' },
      ],
      binds: { name: 'orders' },
    },
  });
  expect(outputs).toEqual({
    requestId: 'r1',
    decidedBy: 'user:default/bo',
    url: 'http://portal/approvals/r1',
  });
});

it('binds parameters, the steps that are left and what is said, and nothing that is done', () => {
  const digest = (task: TaskSpec, binds: JsonObject = { name: 'orders' }) =>
    describeRemaining(task, 'approval', binds)!.digest;
  const [before, approval, claim, stamp] = spec.steps;
  const same = digest(spec);
  expect(
    digest({ ...spec, parameters: { size: 'small', name: 'orders' } }),
  ).toBe(same);
  expect(
    digest({
      ...spec,
      steps: [{ ...before, name: 'done' }, approval, claim, stamp],
    }),
  ).toBe(same);
  const others = [
    digest({ ...spec, parameters: { name: 'orders', size: 'large' } }),
    digest({ ...spec, steps: [before, approval, stamp, claim] }),
    digest({ ...spec, steps: [before, approval, claim] }),
    digest({
      ...spec,
      steps: [
        before,
        approval,
        { ...claim, input: { url: 'x' } } as never,
        stamp,
      ],
    }),
    digest({ ...spec, output: { links: [] } }),
    digest(spec, { name: 'others' }),
  ];
  expect(new Set([same, ...others]).size).toBe(7);
});

it('ends with what was said where people deny it, and parks where nobody decides', async () => {
  const gate = new FakeGate();
  gate.looks = [
    { state: 'denied', why: 'Too large', decidedBy: 'user:default/bo' },
  ];
  await expect(run(gate).done).rejects.toThrow(/Denied by .*bo: Too large/);
  await expect(
    run(new FakeGate(), { input: { waitUpTo: { seconds: 0.01 } } }).done,
  ).rejects.toMatchObject({ name: 'WaitingForApproval' });
});

it('asks nobody in a dry run', async () => {
  const gate = new FakeGate();
  const { done, outputs } = run(gate, { context: { isDryRun: true } });
  await done;
  expect(gate.asked).toEqual([]);
  expect(outputs.requestId).toBe('dry-run');
});

it('holds nothing that it cannot bind', async () => {
  const gate = new FakeGate();
  await expect(
    run(gate, { context: { templateInfo: undefined } }).done,
  ).rejects.toThrow(/start it from the catalog/);
  await expect(run(gate, { task: { steps: [] } }).done).rejects.toThrow(
    /has no step approval/,
  );
  expect(gate.asked).toEqual([]);
});

it('has examples that name it', () => {
  const { examples = [] } = createApprovalAction({
    ...new FakeGate().access(),
    readTask: async () => spec,
  });
  for (const { example } of examples) {
    expect(parse(example).steps[0].action).toBe('causeway:approval');
  }
});
