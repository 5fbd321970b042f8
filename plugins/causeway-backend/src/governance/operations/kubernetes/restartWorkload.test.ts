import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

const annotation = 'kubectl.kubernetes.io/restartedAt';

describe('restart-workload', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterAll(() => lab.close());

  const restart = (target: ReturnType<OperationsLab['workload']>) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'restart-workload',
      target,
      input: {},
    });
  const staging = () => lab.estate.world.cluster('staging');

  it.each([
    ['Deployment', 'deployments.apps', 'core-banking', 'accounts'],
    ['StatefulSet', 'statefulsets.apps', 'payments', 'payments-db'],
    ['DaemonSet', 'daemonsets.apps', 'platform', 'node-exporter'],
  ])('restarts a %s that Git manages', async (kind, type, namespace, name) => {
    const template = () =>
      (staging().get(type, name, namespace) as any).spec.template;
    const before = JSON.stringify(template());
    const run = restart(lab.workload('staging', kind, namespace, name));
    const plan = await run.plan();
    expect(plan).toMatchObject({
      summary: `Restart ${kind} ${namespace}/${name}`,
      changes: [
        {
          path: `spec.template.metadata.annotations[${annotation}]`,
          after: 'the time when it runs',
        },
      ],
      quantities: [],
      disruptive: true,
      dryRun: { done: true },
    });
    expect(await run.estimate()).toEqual({
      currency: 'USD',
      delta: 0,
      parts: [],
    });
    // A plan of the same world is the same plan: what is approved can be found again.
    expect(await run.plan()).toEqual(plan);

    await run.execute();
    expect(template().metadata.annotations[annotation]).toMatch(/^20\d\d-/);
    // Argo CD leaves alone what Git does not say.
    lab.estate.world.settle();
    expect(template().metadata.annotations[annotation]).toMatch(/^20\d\d-/);
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
    // Nothing of the template is kept but its hash: it may hold anything.
    expect(run.written.left.fields).toEqual({
      template: expect.stringMatching(/^[0-9a-f]{64}$/),
      paused: false,
      updateStrategy: expect.any(String),
    });

    await run.rollback();
    expect(JSON.stringify(template())).toBe(before);
  });

  it('refuses what would replace no pod', async () => {
    const edit = (change: (spec: any) => void) =>
      lab.estate.world.editLive(
        {
          cluster: 'staging',
          type: 'deployments.apps',
          namespace: 'payments',
          name: 'load-test',
        },
        ({ spec }) => change(spec),
      );
    edit(spec => {
      spec.paused = true;
    });
    const target = lab.workload(
      'staging',
      'Deployment',
      'payments',
      'load-test',
    );
    await expect(restart(target).plan()).rejects.toMatchObject({
      code: 'paused',
    });
    lab.estate.world.editLive(
      {
        cluster: 'staging',
        type: 'statefulsets.apps',
        namespace: 'argocd',
        name: 'argocd-application-controller',
      },
      ({ spec }) => {
        (spec as any).updateStrategy = { type: 'OnDelete' };
      },
    );
    await expect(
      restart(
        lab.workload(
          'staging',
          'StatefulSet',
          'argocd',
          'argocd-application-controller',
        ),
      ).plan(),
    ).rejects.toMatchObject({ code: 'replaced-by-hand' });
  });

  it('restarts no Rollout and takes no input', async () => {
    await expect(
      restart(
        lab.workload('staging', 'Rollout', 'shop', 'storefront-web'),
      ).plan(),
    ).rejects.toMatchObject({ code: 'wrong-target-kind' });
    expect(
      lab.registry.get('restart-workload').input.safeParse({ force: true })
        .success,
    ).toBe(false);
  });
});
