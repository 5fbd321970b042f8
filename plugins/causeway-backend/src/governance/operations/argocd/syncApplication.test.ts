import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

const name = 'shipping-production-eu';
const post = /applications\/shipping-production-eu\/sync$/;

describe('sync-application', () => {
  let lab: OperationsLab;
  let seeded: unknown;
  let versions = 0;
  /** What is deployed, and what Git has. */
  let version: { deployed: string; released: string };
  const argocd = () => lab.estate.world.argocd.get('argocd-prod')!;
  const edit = (change: (object: any) => void) => {
    lab.estate.world.editLive(
      {
        cluster: 'production-eu',
        type: 'applications.argoproj.io',
        namespace: 'argocd',
        name,
      },
      change,
    );
    lab.estate.world.settle();
  };

  const sync = (
    input: Record<string, any> = { prune: false },
    target = lab.application('argocd-prod', name),
    requestId = 'request-1',
  ) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'sync-application',
      target,
      input,
      requestId,
    });
  const application = () => argocd().application(name) as any;
  const image = () =>
    (
      lab.estate.world
        .cluster('production-eu')
        .get('deployments.apps', 'shipping', 'fulfilment') as any
    ).spec.template.spec.containers[0].image;
  const release = (tag: string) => {
    const commit = lab.estate.world.releaseVersion({
      service: 'shipping',
      cluster: 'production-eu',
      version: tag,
      login: 'elena-petrova',
    });
    lab.estate.world.settle();
    return commit;
  };

  beforeAll(async () => {
    lab = await startOperationsLab();
    seeded = application().spec;
  });
  // Each test finds the application as Git wants it, and one release behind.
  beforeEach(() => {
    lab.estate.faults.clear();
    lab.waits.length = 0;
    edit(object => {
      object.spec = structuredClone(seeded);
    });
    argocd().sync(name, { prune: true, initiatedBy: { username: 'test' } });
    const deployed = image();
    versions += 1;
    release(`2.0.${versions}`);
    version = {
      deployed,
      released: `ghcr.io/meridian/shipping:2.0.${versions}`,
    };
  });
  afterAll(() => lab.close());

  it('deploys the commit that was approved, and undoes it', async () => {
    const deployed = application().status.history.at(-1);
    const revision = application().status.sync.revision;
    const run = sync();
    const plan = await run.plan();
    expect(plan).toEqual({
      managedByGit: false,
      summary: `Sync ${name} to ${revision.slice(0, 12)}`,
      changes: expect.arrayContaining([
        {
          path: 'status.sync.revision',
          label: 'Deployed commit',
          before: deployed.revision,
          after: revision,
        },
        {
          path: 'Deployment/fulfilment/shipping',
          label: 'Deployment shipping',
          before: 'differs',
          after: 'as in Git',
        },
        {
          path: 'Deployment/shipping.image[api]',
          label: 'Image of shipping',
          before: version.deployed,
          after: version.released,
        },
      ]),
      quantities: [],
      warnings: [expect.stringContaining('not pinned: it follows main')],
      rollback: expect.objectContaining({
        summary: `Roll back to deployment ${deployed.id}; Git still says otherwise`,
      }),
      disruptive: true,
      dryRun: { done: false, why: expect.any(String) },
      bound: {
        project: 'fulfilment',
        revision,
        source: expect.stringMatching(
          /deployments\.git apps\/shipping\/production-eu at main$/,
        ),
        pinned: 'no',
        author: expect.stringContaining('elena-petrova@meridian.example'),
        previous: String(deployed.id),
      },
    });
    expect(run.binding).toMatchObject({
      source: 'argocd-prod',
      sourceKind: 'argocd',
      address: lab.estate.urls.argocd['argocd-prod'].url,
      kind: 'Application',
      namespace: 'argocd',
      uid: application().metadata.uid,
    });
    // Another image asks for as much.
    expect(await run.estimate()).toMatchObject({
      before: 0.011768,
      delta: 0,
    });
    expect(image()).toBe(version.deployed);

    await run.execute();
    expect(image()).toBe(version.released);
    expect(application().status.operationState.operation).toMatchObject({
      info: [{ name: 'causeway.dev/request', value: 'request-1' }],
      initiatedBy: { username: 'operator' },
      sync: { revision },
    });
    expect(await run.verify()).toMatchObject({ state: 'healthy' });

    expect(await run.rollback()).toEqual({
      message: `Rolled back to deployment ${deployed.id}; Git still says otherwise`,
    });
    expect(image()).toBe(version.deployed);
  });

  it('refuses when a commit came after the approval', async () => {
    const run = sync();
    await run.plan();
    release(`3.0.${versions}`);
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
      message: expect.stringContaining('has moved'),
    });
    expect(image()).toBe(version.deployed);
  });

  it('deploys a commit that was named, whatever came after', async () => {
    const { revision } = application().status.sync;
    const run = sync({ prune: false, revision });
    await run.plan();
    release(`3.0.${versions}`);
    await run.execute();
    expect(image()).toBe(version.released);
  });

  it.each([
    [
      'another source',
      (spec: any) =>
        Object.assign(spec.source, { path: 'apps/cart/production-eu' }),
    ],
    [
      'another destination',
      (spec: any) => Object.assign(spec.destination, { namespace: 'shop' }),
    ],
    [
      'sync options',
      (spec: any) =>
        Object.assign(spec, { syncPolicy: { syncOptions: ['Replace=true'] } }),
    ],
  ])('refuses when it got %s since', async (_, change) => {
    const run = sync();
    await run.plan();
    edit(object => change(object.spec));
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
  });

  it('refuses when somebody synced in between, and rolls back nobody else’s', async () => {
    const late = sync({ prune: false }, undefined, 'request-late');
    await late.plan();
    const run = sync();
    await run.plan();
    await run.execute();
    await expect(late.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
    const commit = release(`3.0.${versions}`);
    argocd().sync(name, { initiatedBy: { username: 'somebody' } });
    expect(application().status.sync.revision).toBe(commit.sha);
    await expect(run.rollback()).rejects.toMatchObject({
      code: 'target-changed',
    });
    expect(image()).toContain('shipping:3.0.');
  });

  it('finds a sync that was begun when the connection is cut after it', async () => {
    const run = sync();
    await run.plan();
    lab.estate.faults.add({ method: 'POST', path: post, cut: 'middle' });
    await run.execute();
    expect(image()).toBe(version.released);
    const { length } = application().status.history;
    // Asked once more, it finds its own mark.
    await run.execute();
    expect(application().status.history).toHaveLength(length);
  });

  it.each([
    [{ cut: 'before' as const }, 'NothingWritten', 'was not begun'],
    [{ status: 500 }, 'NothingWritten', 'was not begun'],
    [{ status: 405 }, 'NothingWritten', 'status 405'],
    [{ status: 403 }, 'OperationRefusal', 'may not do this'],
  ])(
    'begins nothing with %j, and declares it',
    async (fault, declared, message) => {
      const run = sync();
      await run.plan();
      lab.estate.faults.add({ method: 'POST', path: post, ...fault });
      await expect(run.execute()).rejects.toMatchObject({
        name: declared,
        message: expect.stringContaining(message),
      });
      expect(image()).toBe(version.deployed);
    },
  );

  it('waits when it is asked to', async () => {
    const run = sync();
    await run.plan();
    lab.estate.faults.add({
      method: 'POST',
      path: post,
      status: 429,
      headers: { 'Retry-After': '2' },
      times: 1,
    });
    await run.execute();
    expect(lab.waits).toEqual([2000]);
    expect(image()).toBe(version.released);
  });

  it('says that nobody knows when Argo CD is gone after it', async () => {
    const run = sync();
    await run.plan();
    lab.estate.faults.add({ method: 'POST', path: post, cut: 'middle' });
    lab.estate.faults.add({
      method: 'GET',
      path: {
        test: (url: string) => url.includes(name) && !url.includes('refresh='),
      } as RegExp,
      status: 503,
    });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
  });

  it('binds no commit where Argo CD takes none', async () => {
    await expect(
      sync(
        { prune: false },
        lab.application('argocd-nonprod', 'cart-staging'),
      ).plan(),
    ).rejects.toMatchObject({
      code: 'automated-sync',
      hint: expect.stringContaining('refresh-application'),
    });
  });

  it('deletes only when it is told to', async () => {
    lab.estate.world.commit({
      message: 'No service for shipping',
      changes: {
        'apps/shipping/production-eu/service-shipping.yaml': undefined,
      },
    });
    const service = () =>
      lab.estate.world
        .cluster('production-eu')
        .get('services', 'shipping', 'fulfilment');
    const careful = sync();
    const plan = await careful.plan();
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        label: 'Service shipping',
        after: 'left over',
      }),
    );
    expect(plan.warnings).toContainEqual(
      expect.stringContaining('1 resources that Git no longer has are left'),
    );
    await careful.execute();
    expect(service()).toBeDefined();
    // What is left is out of sync, as was approved.
    expect(await careful.verify()).toMatchObject({ state: 'healthy' });

    const pruning = sync({ prune: true }, undefined, 'request-2');
    expect((await pruning.plan()).changes).toContainEqual(
      expect.objectContaining({ label: 'Service shipping', after: 'deleted' }),
    );
    await pruning.execute();
    expect(service()).toBeUndefined();
  });

  it('works on what was observed and on nothing else', async () => {
    const target = lab.application('argocd-prod', name);
    await expect(
      sync(
        { prune: false },
        { ...target, observed: { ...target.observed, uid: 'other' } },
      ).plan(),
    ).rejects.toMatchObject({ code: 'target-changed' });
    await expect(
      sync({ prune: false }, { ...target, name: 'nobody' }).plan(),
    ).rejects.toMatchObject({ code: 'no-such-target' });
    await expect(
      sync(
        { prune: false },
        {
          ...target,
          source: 'production-eu',
          observed: { ...target.observed, instance: '' },
        },
      ).plan(),
    ).rejects.toMatchObject({ code: 'no-such-source' });
  });

  it.each([
    {},
    { prune: 'yes' },
    { prune: false, manifests: ['{}'] },
    { prune: false, syncOptions: ['Replace=true'] },
    { prune: false, force: true },
    { prune: false, replace: true },
    { prune: false, strategy: { apply: { force: true } } },
    { prune: false, resources: [] },
    { prune: false, revision: 'main' },
    { prune: false, revision: 'abc123' },
  ])('takes no %j', input => {
    expect(
      lab.registry.get('sync-application').input.safeParse(input).success,
    ).toBe(false);
  });
});
