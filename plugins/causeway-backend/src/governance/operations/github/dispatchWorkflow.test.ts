import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

const workflow = `name: rebuild
on:
  workflow_dispatch:
    inputs:
      reason: { required: true }
      level: { type: choice, options: [low, high], default: low }
      dry: { type: boolean }
      count: { type: number }
jobs:
  build: { runs-on: ubuntu-latest, steps: [{ run: make }] }
`;

describe('dispatch-workflow', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
    lab.estate.world.commit({
      repository: 'payment-api',
      login: 'ada-okafor',
      message: 'Rebuild by hand',
      changes: { '.github/workflows/rebuild.yaml': workflow },
    });
    lab.estate.github.setProtection('payment-api', {
      classic: true,
      rulesets: [],
    });
  });
  afterEach(() => lab.estate.faults.clear());
  afterAll(() => lab.close());

  const ask = (input: object) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'dispatch-workflow',
      target: lab.repository('payment-api'),
      input: {
        workflow: 'rebuild.yaml',
        inputs: { reason: 'A new base' },
        ...input,
      } as never,
    });
  const runs = () => lab.estate.github.dispatchedRuns('payment-api');
  const head = () =>
    lab.estate.world.repository('payment-api').branches.get('main');

  it('starts a run on the bound commit, and follows it to its end', async () => {
    const run = ask({});
    expect(await run.plan()).toMatchObject({
      summary: `Dispatch rebuild.yaml of meridian/payment-api on main at ${head()!.slice(0, 7)}`,
      // What is left out is filled in, so that all of it is approved.
      changes: [
        { path: 'inputs.reason', after: 'A new base' },
        { path: 'inputs.level', after: 'low' },
      ],
      bound: {
        commit: head(),
        branch: 'main',
        // Who wrote what would run does not vote on it.
        author: expect.stringContaining('<ada-okafor@meridian.example>'),
      },
    });
    expect(await run.estimate()).toMatchObject({
      unknown: expect.any(String),
    });
    expect(runs()).toEqual([]);
    const written = await run.execute();
    const [begun] = runs();
    expect(begun).toMatchObject({
      headSha: head(),
      inputs: { reason: 'A new base', level: 'low' },
    });
    expect(written).toMatchObject({
      message: expect.stringContaining(`/actions/runs/${begun.id}`),
      left: { run: begun.id },
    });
    expect(await run.verify()).toMatchObject({
      state: 'progressing',
      phase: 'started',
    });
    lab.estate.github.finishRun(begun, 'success');
    expect(await run.verify()).toMatchObject({
      state: 'healthy',
      phase: 'completed',
    });
    lab.estate.github.finishRun(begun, 'failure');
    expect(await run.verify()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('ended as failure'),
    });
    expect(lab.registry.get('dispatch-workflow').rollback).toBeUndefined();
  });

  it('finds the run on a server that does not name it', async () => {
    const run = ask({});
    await run.plan();
    lab.estate.faults.add({
      method: 'POST',
      path: /dispatches$/,
      times: 1,
      status: 422,
      body: { message: '"return_run_details" is not a permitted key.' },
    });
    const before = runs().length;
    expect(await run.execute()).toMatchObject({
      left: { at: expect.any(Number) },
    });
    expect(runs()).toHaveLength(before + 1);
    lab.estate.github.finishRun(runs()[0], 'success');
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
  });

  it.each([
    ['workflow-not-granted', { workflow: 'deploy.yaml' }],
    ['not-dispatchable', { workflow: 'ci.yaml' }],
    ['not-a-branch', { ref: 'nowhere' }],
    ['wrong-inputs', { inputs: {} }],
    ['wrong-inputs', { inputs: { reason: 'x', other: 'y' } }],
    ['wrong-inputs', { inputs: { reason: 'x', level: 'middle' } }],
    ['wrong-inputs', { inputs: { reason: 'x', dry: 'maybe' } }],
    ['wrong-inputs', { inputs: { reason: 'x', count: 'many' } }],
  ])('refuses with %s: %j', async (code, input) => {
    await expect(ask(input).plan()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code,
    });
  });

  it('refuses a pushed branch, which would run its own workflow', async () => {
    lab.estate.world.commit({
      repository: 'payment-api',
      branch: 'mine',
      message: 'Mine',
      changes: { '.github/workflows/rebuild.yaml': `${workflow}# mine\n` },
    });
    await expect(ask({ ref: 'mine' }).plan()).rejects.toMatchObject({
      code: 'ref-unprotected',
    });
  });

  it('refuses a commit that came since it was planned', async () => {
    const run = ask({});
    await run.plan();
    lab.estate.world.commit({
      repository: 'payment-api',
      message: 'Something else',
      changes: { 'notes.md': 'Hello' },
    });
    const before = runs().length;
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code: 'target-changed',
    });
    expect(runs()).toHaveLength(before);
  });

  it.each([
    ['is refused', { status: 403 }, 'OperationRefusal', 0],
    ['is hidden', { status: 404 }, 'OperationRefusal', 0],
    ['does not fit', { status: 422 }, 'OperationRefusal', 0],
    ['clashes', { status: 409 }, 'NothingWritten', 0],
    ['is held back', { status: 429 }, 'NothingWritten', 0],
    ['fails', { status: 502 }, 'OutcomeUnknown', 0],
    ['gets no answer', { cut: 'middle' as const }, 'OutcomeUnknown', 1],
  ])(
    'says what is known of a dispatch that %s, and sends it once',
    async (_, fault, name, begun) => {
      const run = ask({});
      await run.plan();
      lab.estate.faults.add({ method: 'POST', path: /dispatches$/, ...fault });
      const before = runs().length;
      await expect(run.execute()).rejects.toMatchObject({ name });
      expect(runs()).toHaveLength(before + begun);
      expect(lab.estate.faults.list()[0].seen).toBe(1);
    },
  );
});
