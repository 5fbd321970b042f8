import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

describe('set-resource-requests', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterAll(() => lab.close());

  const set = (
    input: Record<string, string>,
    target = lab.workload('staging', 'Deployment', 'payments', 'load-test'),
  ) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'set-resource-requests',
      target,
      input,
    });
  const resources = () =>
    (
      lab.estate.world
        .cluster('staging')
        .get('deployments.apps', 'load-test', 'payments') as any
    ).spec.template.spec.containers[0].resources;

  it('sets what a container requests, and undoes it', async () => {
    const run = set({ cpu: '0.25', memory: '256Mi' });
    const plan = await run.plan();
    expect(plan).toMatchObject({
      summary:
        'Set CPU request to 0.25 and memory request to 256Mi of container experiment of Deployment payments/load-test',
      changes: [
        {
          path: 'spec.template.spec.containers[experiment].resources.requests.cpu',
          label: 'CPU request of experiment',
          before: '100m',
          after: '0.25',
        },
        { before: '128Mi', after: '256Mi' },
      ],
      quantities: [
        // kubectl set it: a person's number is what bounds are held against.
        {
          name: 'cpuRequest',
          current: 0.1,
          proposed: 0.25,
          baseline: 0.1,
          unit: 'cores',
        },
        {
          name: 'memoryRequest',
          current: 134217728,
          proposed: 268435456,
          baseline: 134217728,
          unit: 'bytes',
        },
      ],
      dryRun: { done: true },
      bound: { container: 'experiment' },
    });
    expect(await run.estimate()).toMatchObject({
      before: 0.003922,
      after: 0.009525,
      delta: 0.005603,
    });

    await run.execute();
    expect(resources()).toMatchObject({
      requests: { memory: '256Mi' },
      limits: { memory: '512Mi' },
    });
    expect(await run.verify()).toMatchObject({ state: 'healthy' });

    // What the gate set is no baseline: 100m, 250m, 600m would each be a small step.
    const next = await set({ cpu: '300m' }).plan();
    expect(next.quantities[0]).not.toHaveProperty('baseline');

    await run.rollback();
    expect(resources().requests).toEqual({ cpu: '100m', memory: '128Mi' });
  });

  it('changes only what is named', async () => {
    const run = set({ cpu: '150m', memory: '128Mi' });
    expect((await run.plan()).changes).toHaveLength(1);
    await run.execute();
    expect(resources().requests).toEqual({ cpu: '150m', memory: '128Mi' });
    await run.rollback();
  });

  it.each([
    [{ memory: '1Gi' }, 'above-limit'],
    [{ cpu: '0.1' }, 'nothing-to-do'],
    [{ cpu: '1', container: 'sidecar' }, 'no-such-container'],
  ])('refuses %j: %s', async (input, code) => {
    await expect(set(input as {}).plan()).rejects.toMatchObject({ code });
  });

  it('leaves to Git what Git says', async () => {
    await expect(
      set(
        { cpu: '250m' },
        lab.workload('staging', 'Deployment', 'payments', 'payment-api'),
      ).plan(),
    ).rejects.toMatchObject({ code: 'managed-by-git' });
  });

  it.each([
    {},
    { container: 'experiment' },
    { cpu: '-1' },
    { cpu: '0' },
    { cpu: '1e9' },
    { cpu: 'NaN' },
    { memory: '999999Ti' },
    { cpu: '1', limits: { cpu: '2' } },
  ])('takes no %j', input => {
    expect(
      lab.registry.get('set-resource-requests').input.safeParse(input).success,
    ).toBe(false);
  });
});
