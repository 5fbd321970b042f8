import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

describe('open-pull-request', () => {
  let lab: OperationsLab;
  let requests = 0;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterEach(() => lab.estate.faults.clear());
  afterAll(() => lab.close());

  const title = 'A change that was asked for';
  const ask = (
    changes: object[],
    target = lab.application('argocd-nonprod', 'cart-staging'),
  ) => {
    requests += 1;
    return new OperationRun({
      registry: lab.registry,
      operation: 'open-pull-request',
      target,
      input: { title, changes } as never,
      requestId: `request-${requests}`,
    });
  };
  const cart = () => lab.workload('staging', 'Deployment', 'shop', 'cart');
  const git = () => lab.estate.world.repository('deployments');
  const cartFile = 'apps/cart/staging/deployment-cart.yaml';
  const replicas = () =>
    Number(/replicas: (\d+)/.exec(git().tree().get(cartFile)!)![1]);
  const pulls = () => lab.estate.github.pullRequests('deployments');
  const liveReplicas = () =>
    (
      lab.estate.world
        .cluster('staging')
        .get('deployments.apps', 'cart', 'shop')!.spec as {
        replicas: number;
      }
    ).replicas;

  it('follows a change by name from the pull request into the cluster', async () => {
    const before = replicas();
    const run = ask([{ path: 'spec.replicas', value: before + 1 }], cart());
    const plan = await run.plan();
    expect(plan).toMatchObject({
      managedByGit: false,
      summary: `Open a pull request in meridian/deployments, branch main: spec.replicas from ${before} to ${before + 1}`,
      changes: [
        {
          path: 'spec.replicas',
          label: `replicas in ${cartFile}`,
          before,
          after: before + 1,
        },
      ],
      quantities: [
        {
          name: 'replicas',
          current: before,
          proposed: before + 1,
          baseline: before,
        },
      ],
      disruptive: false,
      dryRun: { done: false },
      bound: {
        base: 'main',
        files: cartFile,
        application: 'cart-staging',
        applicationSource: 'argocd-nonprod',
      },
    });
    expect(plan.warnings).toContainEqual(
      expect.stringContaining('cart-staging syncs by itself'),
    );
    expect(run.binding).toMatchObject({
      source: 'github',
      sourceKind: 'github',
      address: lab.estate.urls.github.api,
      kind: 'Repository',
      namespace: 'meridian',
      name: 'deployments',
      uid: expect.stringMatching(/^\d+$/),
    });
    expect((await run.estimate()).delta).toBeGreaterThan(0);
    expect(pulls()).toEqual([]);

    // What others merge in the meantime is none of its business.
    lab.estate.world.commit({
      message: 'Something else',
      changes: { 'notes.md': 'Hello' },
    });
    const written = await run.execute();
    const [pull] = pulls();
    expect(written).toEqual({
      message: `Opened pull request #${pull.number}: ${lab.estate.urls.http}/meridian/deployments/pull/${pull.number}`,
      left: {
        number: pull.number,
        url: expect.any(String),
        branch: 'causeway/request-1',
        commit: git().branches.get('causeway/request-1'),
      },
    });
    expect(pull).toMatchObject({ title, base: 'main' });
    expect(pull.body).toContain('https://portal.example/approvals/request-1');
    expect(pull.body).toContain(
      `| ${cartFile} | spec.replicas | \`${before}\` | \`${before + 1}\` |`,
    );
    expect(git().resolve('causeway/request-1')).toMatchObject({
      parent: git().branches.get('main'),
      paths: [cartFile],
      message: expect.stringContaining(
        'Co-authored-by: ada-okafor <ada-okafor@users.noreply.causeway.invalid>',
      ),
    });
    expect(await run.verify()).toMatchObject({
      state: 'progressing',
      phase: 'opened',
      settleWithin: 7 * 24 * 60 * 60_000,
    });

    lab.estate.github.merge(pull, { by: 'ada-okafor' });
    expect(await run.verify()).toEqual({
      state: 'healthy',
      phase: 'healthy',
      message: expect.stringContaining('cart-staging has deployed'),
    });
    expect(liveReplicas()).toBe(before + 1);
    await expect(run.rollback()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code: 'already-merged',
    });
  });

  it('waits for a sync by hand, and sees later commits that hold the merge', async () => {
    const run = ask(
      [
        {
          file: 'deployment-ledger.yaml',
          path: 'spec.replicas',
          value: 7,
        },
      ],
      lab.application('argocd-nonprod', 'ledger-staging'),
    );
    expect((await run.plan()).warnings).toContainEqual(
      expect.stringContaining('does not sync by itself'),
    );
    await run.execute();
    lab.estate.github.merge(pulls()[0], { by: 'ada-okafor' });
    expect(await run.verify()).toMatchObject({
      state: 'progressing',
      phase: 'merged',
      message: expect.stringContaining('somebody has to sync it'),
    });
    lab.estate.world.commit({
      message: 'Something else',
      changes: { 'notes.md': 'Hello again' },
    });
    lab.estate.world
      .argocdOf('staging')
      .sync('ledger-staging', { initiatedBy: { username: 'test' } });
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
  });

  it('changes a file of a repository itself, and ends with the merge', async () => {
    const run = ask(
      [
        {
          file: 'apps/ledger/production-us/deployment-ledger.yaml',
          path: 'spec.template.spec.containers[0].resources.requests.cpu',
          value: '300m',
        },
      ],
      lab.repository('deployments'),
    );
    expect(await run.plan()).toMatchObject({
      quantities: [{ name: 'cpuRequest', proposed: 0.3 }],
      disruptive: true,
    });
    await run.execute();
    lab.estate.github.merge(pulls()[0], { by: 'ada-okafor' });
    expect(await run.verify()).toMatchObject({
      state: 'healthy',
      phase: 'merged',
    });
  });

  const oneMore = () => [{ path: 'spec.replicas', value: replicas() + 1 }];

  it('closes what was not merged, and leaves no branch', async () => {
    const run = ask(oneMore(), cart());
    await run.plan();
    await run.execute();
    const [pull] = pulls();
    await expect(run.rollback()).resolves.toEqual({
      message:
        `Closed pull request #${pull.number}, and deleted its branch`.replace(
          'pull',
          'Pull',
        ),
    });
    expect(pull.closedAt).toBeDefined();
    expect(git().branches.has(pull.head)).toBe(false);
    expect(await run.verify()).toEqual({
      state: 'failed',
      message: `Pull request #${pull.number} was closed without being merged`,
    });
  });

  it('fails what somebody pushed to', async () => {
    const run = ask(oneMore(), cart());
    await run.plan();
    await run.execute();
    const [pull] = pulls();
    lab.estate.world.commit({
      branch: pull.head,
      message: 'One more thing',
      changes: { [cartFile]: 'kind: Nothing\n' },
    });
    expect(await run.verify()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('is not what was approved'),
    });
    await expect(run.rollback()).rejects.toMatchObject({
      code: 'target-changed',
    });
  });

  it('refuses what changed on the base since it was planned', async () => {
    const run = ask(oneMore(), cart());
    await run.plan();
    lab.estate.world.editManifest(
      {
        application: 'cart',
        cluster: 'staging',
        kind: 'Deployment',
        name: 'cart',
      },
      {
        message: 'Somebody was faster',
        edit: ({ metadata }) => {
          metadata.labels = { ...metadata.labels, faster: 'yes' };
        },
      },
    );
    const open = pulls().length;
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code: 'target-changed',
    });
    expect(pulls()).toHaveLength(open);
  });

  it.each([
    ['protected-path', '../../../.github/workflows/ci.yaml', 'on', 'push'],
    ['protected-path', '.github/workflows/ci.yaml', 'on', 'push'],
    ['protected-path', 'CODEOWNERS/a.yaml', 'a', 1],
    ['no-such-file', 'nothing.yaml', 'a', 1],
    ['no-such-file', 'link.yaml', 'a', 1],
    ['no-such-field', 'deployment-cart.yaml', 'spec.replicas.x', 1],
    ['secret-in-file', 'secret-x.yaml', 'data.a', 'b'],
    [
      'secret-in-file',
      'deployment-cart.yaml',
      'spec.password',
      'k3Zq9-Lw82.xTn4Rv71',
    ],
  ])('refuses with %s: %s', async (code, file, path, value) => {
    lab.estate.world.commit({
      message: 'Odd things',
      changes: {
        'apps/cart/staging/secret-x.yaml':
          'kind: Secret\nmetadata: { name: x }\ndata: { a: eHh4 }\n',
        'apps/cart/staging/link.yaml': 'deployment-cart.yaml',
      },
    });
    git().links.add('apps/cart/staging/link.yaml');
    const branches = git().branches.size;
    await expect(ask([{ file, path, value }]).plan()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code,
    });
    expect(git().branches.size).toBe(branches);
    lab.estate.world.commit({
      message: 'Away with them',
      changes: {
        'apps/cart/staging/secret-x.yaml': undefined,
        'apps/cart/staging/link.yaml': undefined,
      },
    });
  });

  it('refuses repositories and folders that the configuration does not grant', async () => {
    await expect(
      ask(
        [{ file: 'catalog-info.yaml', path: 'spec.owner', value: 'me' }],
        lab.repository('payment-api'),
      ).plan(),
    ).rejects.toMatchObject({ code: 'path-not-granted' });
    await expect(
      ask(
        [{ file: 'other.yaml', path: 'a', value: 1 }],
        lab.repository('deployments'),
      ).plan(),
    ).rejects.toMatchObject({ code: 'path-not-granted' });
  });

  it('shows no secret that stands in Git', async () => {
    lab.estate.world.commit({
      message: 'Somebody should not have',
      changes: {
        'apps/cart/staging/values.yaml':
          'db:\n  password: k3Zq9-Lw82.xTn4Rv71\n',
      },
    });
    const run = ask([
      { file: 'values.yaml', path: 'db.password', value: 'see the vault' },
    ]);
    const plan = await run.plan();
    expect(plan.changes[0].before).toBe('(looks like a secret)');
    expect(JSON.stringify(plan)).not.toContain('k3Zq9');
    expect(await run.estimate()).toMatchObject({
      unknown: expect.stringContaining('values.yaml'),
    });
    lab.estate.world.commit({
      message: 'Away with it',
      changes: { 'apps/cart/staging/values.yaml': undefined },
    });
  });

  it.each([
    [
      'is refused',
      { path: /git\/trees$/, status: 403 },
      { name: 'OperationRefusal', code: 'not-permitted' },
    ],
    [
      'is hidden',
      { path: /git\/commits$/, status: 404 },
      { name: 'OperationRefusal', code: 'not-permitted' },
    ],
    [
      'clashes',
      { path: /git\/refs$/, status: 409 },
      { name: 'NothingWritten' },
    ],
    [
      'does not fit',
      {
        path: /\/pulls$/,
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [{ message: 'No commits between main and causeway' }],
        },
      },
      {
        name: 'OperationRefusal',
        message: expect.stringContaining('No commits between'),
      },
    ],
    [
      'is held back',
      { path: /git\/refs$/, status: 429, headers: { 'retry-after': '1' } },
      { name: 'NothingWritten' },
    ],
    [
      'is held back by the secondary limit',
      { path: /\/pulls$/, status: 403, headers: { 'retry-after': '1' } },
      { name: 'NothingWritten' },
    ],
    [
      'never arrives',
      { path: /git\/refs$/, cut: 'before' as const },
      { name: 'NothingWritten' },
    ],
  ])('leaves nothing behind when a write %s', async (_, fault, error) => {
    const run = ask(oneMore(), cart());
    await run.plan();
    const before = [pulls().length, git().branches.size];
    lab.estate.faults.add({ method: 'POST', ...fault });
    await expect(run.execute()).rejects.toMatchObject(error);
    expect([pulls().length, git().branches.size]).toEqual(before);
  });

  it.each([
    ['the branch', /git\/refs$/],
    ['the pull request', /\/pulls$/],
  ])('finds %s that was written without an answer', async (_, path) => {
    const run = ask(oneMore(), cart());
    await run.plan();
    lab.estate.faults.add({ method: 'POST', path, cut: 'middle', times: 1 });
    const open = pulls().length;
    expect(await run.execute()).toMatchObject({
      message: expect.stringContaining('Opened pull request'),
    });
    expect(pulls()).toHaveLength(open + 1);
  });

  it('opens one pull request, however often it is begun', async () => {
    const run = ask(oneMore(), cart());
    await run.plan();
    const first = await run.execute();
    expect(await run.execute()).toEqual(first);
    expect(
      pulls().filter(({ head }) => head === first.left.branch),
    ).toHaveLength(1);
  });

  it('says that nobody knows when GitHub stays away', async () => {
    const run = ask(oneMore(), cart());
    await run.plan();
    lab.estate.faults.add({ method: 'POST', path: /\/pulls$/, cut: 'middle' });
    lab.estate.faults.add({ method: 'GET', path: /\/pulls\?/, status: 502 });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
  });
});
