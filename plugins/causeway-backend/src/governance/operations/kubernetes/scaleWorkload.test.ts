import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

describe('scale-workload', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterEach(() => lab.estate.faults.clear());
  afterAll(() => lab.close());

  const scale = (
    target: ReturnType<OperationsLab['workload']>,
    replicas: number,
  ) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'scale-workload',
      target,
      input: { replicas },
    });
  const paymentApi = (cluster = 'production-eu') =>
    lab.workload(cluster, 'Deployment', 'payments', 'payment-api');
  const live = (
    name = 'payment-api',
    namespace = 'payments',
    type = 'deployments.apps',
    cluster: 'production-eu' | 'development' = 'production-eu',
  ) => lab.estate.world.cluster(cluster).get(type, name, namespace)! as any;

  it('scales what an application leaves to the cluster, and undoes it', async () => {
    const run = scale(paymentApi(), 8);
    const plan = await run.plan();
    expect(plan).toEqual({
      managedByGit: false,
      summary: 'Scale Deployment payments/payment-api from 6 to 8 pods',
      changes: [
        {
          path: 'spec.replicas',
          label: 'Replicas',
          before: 6,
          after: 8,
          unit: 'pods',
        },
      ],
      quantities: [
        {
          name: 'replicas',
          current: 6,
          proposed: 8,
          baseline: 6,
          unit: 'pods',
        },
      ],
      warnings: [
        expect.stringContaining('Disruption budget payment-api asks for'),
      ],
      rollback: {
        summary: 'Scale back to 6 pods',
        changes: [
          {
            path: 'spec.replicas',
            label: 'Replicas',
            before: 8,
            after: 6,
            unit: 'pods',
          },
        ],
      },
      disruptive: false,
      dryRun: { done: true },
    });
    expect(run.binding).toEqual({
      source: 'production-eu',
      sourceKind: 'kubernetes',
      address: `${lab.estate.urls.https}/clusters/production-eu`,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'payments',
      name: 'payment-api',
      uid: live().metadata.uid,
      fieldsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // Nothing has happened but a dry run.
    expect(live().spec.replicas).toBe(6);

    expect(await run.estimate()).toEqual({
      currency: 'USD',
      // 100m and 128Mi a pod.
      before: 0.023535,
      after: 0.03138,
      delta: 0.007845,
      parts: [
        {
          what: 'CPU of 8 pods',
          quantity: 0.8,
          unit: 'vCPU',
          price: 0.0336,
          amount: 0.02688,
        },
        {
          what: 'Memory of 8 pods',
          quantity: 1,
          unit: 'GiB',
          price: 0.0045,
          amount: 0.0045,
        },
      ],
    });

    await run.execute();
    expect(live().spec.replicas).toBe(8);
    expect(live().metadata.annotations['causeway.dev/request']).toBe(
      'request-1',
    );
    expect(
      live().metadata.managedFields.find(
        ({ fieldsV1 }: any) => fieldsV1['f:spec']?.['f:replicas'],
      ).manager,
    ).toBe('causeway');
    expect(await run.verify()).toEqual({
      state: 'healthy',
      message: 'All 8 pods are up to date and available',
    });

    await run.rollback();
    expect(live().spec.replicas).toBe(6);
    // Argo CD does not mind: its application ignores the number.
    lab.estate.world.settle();
    expect(live().spec.replicas).toBe(6);
  });

  it('scales a Rollout whose number Git does not say', async () => {
    const target = lab.workload(
      'development',
      'Rollout',
      'shop',
      'storefront-web',
    );
    const rollout = () =>
      live('storefront-web', 'shop', 'rollouts.argoproj.io', 'development');
    const run = scale(target, 2);
    expect((await run.plan()).changes[0]).toMatchObject({
      before: 1,
      after: 2,
    });
    await run.execute();
    expect(rollout().spec.replicas).toBe(2);
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
    await run.rollback();
    expect(rollout().spec.replicas).toBe(1);
  });

  it('leaves to Git what Git says', async () => {
    await expect(
      scale(
        lab.workload(
          'production-eu',
          'Deployment',
          'payments',
          'payment-worker',
        ),
        6,
      ).plan(),
    ).resolves.toMatchObject({ changes: [{ after: 6 }] });
    await expect(
      scale(
        lab.workload('production-eu', 'Deployment', 'core-banking', 'accounts'),
        6,
      ).plan(),
    ).rejects.toMatchObject({
      name: 'OperationRefusal',
      code: 'managed-by-git',
      message: expect.stringContaining('accounts-production-eu'),
      hint: expect.stringMatching(
        /^Git comes first: .* open-pull-request .*"path":"spec.replicas","value":\d+/,
      ),
    });
    // It need not sync by itself.
    await expect(
      scale(
        lab.workload('production-eu', 'Deployment', 'fulfilment', 'shipping'),
        6,
      ).plan(),
    ).rejects.toMatchObject({ code: 'managed-by-git' });
  });

  it('leaves to another GitOps controller what its field manager set', async () => {
    const { application: _application, ...target } = lab.workload(
      'production-eu',
      'Deployment',
      'core-banking',
      'accounts',
    );
    await expect(scale(target, 6).plan()).rejects.toMatchObject({
      code: 'managed-by-git',
      message: expect.stringContaining('argocd-controller'),
    });
  });

  it('refuses while nobody can tell what Git says', async () => {
    lab.estate.faults.add({
      path: '/argocd/argocd-prod/api/v1/applications/payment-api',
      status: 503,
    });
    await expect(scale(paymentApi(), 8).plan()).rejects.toMatchObject({
      code: 'management-unknown',
    });
  });

  it('reads the application as a custom resource where that is all there is', async () => {
    const target = paymentApi();
    const read = (application: Partial<typeof target.application>) =>
      scale(
        {
          ...target,
          application: { ...target.application!, ...application },
        },
        8,
      ).plan();
    await expect(read({ source: 'production-eu' })).resolves.toMatchObject({
      changes: [{ after: 8 }],
    });
    const accounts = lab.workload(
      'production-eu',
      'Deployment',
      'core-banking',
      'accounts',
    );
    await expect(
      scale(
        {
          ...accounts,
          application: { ...accounts.application!, source: 'production-eu' },
        },
        8,
      ).plan(),
    ).rejects.toMatchObject({ code: 'managed-by-git' });
  });

  it('leaves to an autoscaler what it scales', async () => {
    const target = lab.workload(
      'staging',
      'Deployment',
      'payments',
      'fraud-detection',
    );
    await expect(scale(target, 5).plan()).rejects.toMatchObject({
      code: 'autoscaled',
      message: expect.stringContaining('between 2 and 8'),
      hint: expect.stringContaining('minReplicas'),
    });
    // Where autoscalers may not be listed, what is known of them counts.
    lab.estate.faults.add({ path: /horizontalpodautoscalers/, status: 403 });
    await expect(scale(target, 5).plan()).rejects.toMatchObject({
      code: 'autoscaler-unknown',
    });
    target.facts['autoscaling.present'] = true;
    await expect(scale(target, 5).plan()).rejects.toMatchObject({
      code: 'autoscaled',
    });
  });

  it('warns of nothing that serves, and gives no credit for it', async () => {
    const run = scale(paymentApi(), 0);
    const plan = await run.plan();
    expect(plan.warnings).toEqual([
      expect.stringContaining('Scaling to 0 is a risk'),
      expect.stringContaining('at most 1 of these pods unavailable'),
    ]);
    expect(plan.disruptive).toBe(true);
    expect(await run.estimate()).toMatchObject({ after: 0, delta: -0.023535 });
  });

  it('does not guess what unknown requests cost', async () => {
    const target = paymentApi();
    (target.observed.containers as any)[0] = { name: 'api' };
    const run = scale(target, 8);
    await run.plan();
    const { unknown, delta } = await run.estimate();
    expect(delta).toBeUndefined();
    expect(unknown).toContain('Not every container');
  });

  it('has nothing to do where the number is there', async () => {
    await expect(scale(paymentApi(), 6).plan()).rejects.toMatchObject({
      code: 'nothing-to-do',
    });
  });

  it('works on what was observed and on nothing else', async () => {
    const target = paymentApi();
    await expect(
      scale({ ...target, kind: 'DaemonSet' }, 8).plan(),
    ).rejects.toMatchObject({ code: 'wrong-target-kind' });
    await expect(
      scale({ ...target, kind: 'Secret' }, 8).plan(),
    ).rejects.toMatchObject({ code: 'wrong-target-kind' });
    await expect(
      scale({ ...target, source: 'elsewhere' }, 8).plan(),
    ).rejects.toMatchObject({ code: 'no-write-credentials' });
    await expect(
      scale({ ...target, name: 'payment-apis' }, 8).plan(),
    ).rejects.toMatchObject({ code: 'no-such-target' });
    await expect(
      scale({ ...target, observed: {}, uid: undefined }, 8).plan(),
    ).rejects.toMatchObject({ code: 'target-changed' });
  });

  it.each([
    { replicas: -1 },
    { replicas: 1001 },
    { replicas: 1.5 },
    {},
    { replicas: 3, force: true },
  ])('takes no %j', input => {
    expect(
      lab.registry.get('scale-workload').input.safeParse(input).success,
    ).toBe(false);
  });
});
