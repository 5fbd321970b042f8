import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { parsePrices } from '../config/parsePrices';
import { createRunTemplate } from './runTemplate';
import { runTemplateExamples } from './runTemplate.examples';

const operation = createRunTemplate({
  prices: parsePrices(new ConfigReader({})),
});
const [example] = runTemplateExamples;
const target = {
  entityRef: example.target,
  title: 'A database',
  type: 'template',
  source: 'scaffolder',
  kind: 'Template',
  namespace: 'default',
  name: 'database-claim',
  observed: { uid: example.input.uid, etag: example.input.etag },
  facts: {},
} as never;
const { signal } = new AbortController();

async function run(input: JsonObject = {}, over: object = {}) {
  const step = {
    signal,
    input: operation.input.parse({ ...example.input, ...input }),
    target: { ...(target as object), ...over } as never,
  };
  const binding = await operation.bind(step);
  const plan = await operation.plan({ ...step, binding });
  return { step, binding, plan };
}

it('binds the template as the task runs it', async () => {
  const { binding, plan } = await run();
  expect(binding).toMatchObject({
    source: 'scaffolder',
    kind: 'Template',
    name: 'database-claim',
    uid: example.input.uid,
  });
  expect((await run()).binding).toEqual(binding);
  expect(plan.bound).toEqual({
    task: example.input.task,
    step: 'approval',
    digest: example.input.digest,
  });
});

it('shows what the template says it will do, and the steps that are left', async () => {
  const { plan } = await run();
  expect(plan.summary).toBe('Let a task of A database go on with 1 step');
  expect(plan.changes).toEqual([
    { path: 'binds.name', label: 'name', after: 'orders' },
    { path: 'binds.size', label: 'size', after: 'small' },
    { path: 'binds.retention', label: 'retention', after: '30d' },
    { path: 'steps.claim', label: 'Write the claim', after: 'fetch:template' },
  ]);
  expect(plan.warnings).toEqual([]);
  expect((await run({ binds: undefined as never })).plan.warnings).toEqual([
    expect.stringContaining('does not say'),
  ]);
});

it.each([
  { observed: { uid: example.input.uid, etag: 'other' } },
  { observed: { uid: 'other', etag: example.input.etag } },
  { observed: {} },
])('refuses a template that is not what the task runs: %j', async over => {
  await expect(run({}, over)).rejects.toMatchObject({
    name: 'OperationRefusal',
    code: 'template-changed',
  });
});

it('writes nothing, costs nothing and is done at once', async () => {
  const { step, binding, plan } = await run();
  const planned = {
    ...step,
    binding,
    plan,
    requestId: 'r1',
    requester: 'user:default/ada',
  };
  expect(await operation.estimate(planned)).toMatchObject({ delta: 0 });
  const written = await operation.execute(planned);
  expect(written.left).toEqual({});
  expect(await operation.verify({ ...planned, written })).toMatchObject({
    state: 'healthy',
  });
  expect(operation.rollback).toBeUndefined();
});

it.each([
  { digest: 'abc' },
  { task: '' },
  { remaining: Array.from({ length: 101 }, () => ({ id: 'a', action: 'b' })) },
  { more: 1 },
])('takes no %.60j', async input => {
  await expect(run(input as JsonObject)).rejects.toThrow();
});
