import {
  createEstateSimulator,
  EstateSimulator,
} from '../createEstateSimulator';
import { createManualTimers } from '../kubernetes/Timers';
import { asObject } from './json';

const name = 'payment-api-production-eu';

describe('the Argo CD API', () => {
  const timers = createManualTimers();
  let estate: EstateSimulator;

  beforeAll(async () => {
    estate = await createEstateSimulator({
      timers,
      argocd: { operationMs: 2_000, selfHealMs: 5_000 },
    });
  }, 60_000);
  afterAll(() => estate.close());

  async function call(
    path: string,
    options: {
      method?: string;
      body?: unknown;
      token?: string;
      instance?: 'argocd-prod' | 'argocd-nonprod';
    } = {},
  ) {
    const { url, token, writeToken } =
      estate.urls.argocd[options.instance ?? 'argocd-prod'];
    const method = options.method ?? 'GET';
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${options.token ?? (method === 'GET' ? token : writeToken)}`,
        'content-type': 'application/json',
      },
      body: options.body ? JSON.stringify(options.body) : undefined,
    });
    return { status: response.status, body: await response.json() };
  }
  const statusOf = async (application = name) =>
    (await call(`/applications/${application}`)).body.status;

  it('tells its version to anybody, and nothing else', async () => {
    const { url, token } = estate.urls.argocd['argocd-prod'];
    const version = await fetch(`${url}/api/version`);
    expect(await version.json()).toMatchObject({
      Version: expect.stringMatching(/^v3\./),
    });
    const anonymous = await fetch(`${url}/api/v1/applications`);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toEqual({
      error: 'no session information',
      code: 16,
      message: 'no session information',
    });
    expect(await call('/applications', { token: 'made-up' })).toMatchObject({
      status: 401,
      body: { code: 16 },
    });
    expect(
      await call('/applications', { instance: 'argocd-nonprod', token }),
    ).toMatchObject({ status: 401 });
  });

  it('lists Applications by project, label, name and repository', async () => {
    const names = async (query: string) =>
      (
        (await call(`/applications?${query}&fields=items.metadata.name`)).body
          .items ?? []
      ).map((item: { metadata: { name: string } }) => item.metadata.name);
    expect(await names(`name=${name}`)).toEqual([name]);
    const ofPayments = await names('projects=payments&projects=security');
    expect(ofPayments).toEqual(
      expect.arrayContaining([name, 'token-broker-production-us']),
    );
    expect(ofPayments).not.toContain('cart-production-eu');
    expect(
      await names(
        'selector=meridian.example%2Fteam%20in%20(payments),meridian.example%2Fenvironment%3Dproduction',
      ),
    ).toContain(name);
    expect(await names('repo=https://github.com/other/one.git')).toEqual([]);
    const all = await call('/applications');
    expect(all.body.metadata.resourceVersion).toMatch(/^\d+$/);
    expect(all.body.items[0]).not.toHaveProperty('apiVersion');
    expect((await call('/applications?name=nobody')).body.items).toBeNull();
  });

  it('keeps and drops fields as asked', async () => {
    const { body } = await call(
      `/applications?name=${name}&fields=items.metadata.name,items.status.sync.status`,
    );
    expect(body).toEqual({
      items: [{ metadata: { name }, status: { sync: { status: 'Synced' } } }],
    });
    const without = await call(
      `/applications/${name}?fields=-status,metadata.managedFields`,
    );
    expect(Object.keys(without.body).sort()).toEqual(['metadata', 'spec']);
    expect(without.body.metadata).not.toHaveProperty('managedFields');
  });

  it('answers unknown names as Argo CD does', async () => {
    expect(await call('/applications/nobody')).toEqual({
      status: 404,
      body: {
        error: 'applications.argoproj.io "nobody" not found',
        code: 5,
        message: 'applications.argoproj.io "nobody" not found',
      },
    });
    expect(
      await call(`/applications/${name}?project=storefront`),
    ).toMatchObject({ status: 403, body: { code: 7 } });
  });

  it('shows the tree from the Deployment down to its pods, with health', async () => {
    const { body } = await call(`/applications/${name}/resource-tree`);
    const deployment = body.nodes.find(
      (node: { kind: string; name: string }) =>
        node.kind === 'Deployment' && node.name === 'payment-api',
    );
    expect(deployment).toMatchObject({
      group: 'apps',
      namespace: 'payments',
      health: { status: 'Healthy' },
      images: ['ghcr.io/meridian/payment-api:2.14.3'],
    });
    const replicaSet = body.nodes.find(
      (node: { kind: string; parentRefs?: { uid: string }[] }) =>
        node.kind === 'ReplicaSet' &&
        node.parentRefs?.[0].uid === deployment.uid,
    );
    const pods = body.nodes.filter(
      (node: { kind: string; parentRefs?: { uid: string }[] }) =>
        node.kind === 'Pod' && node.parentRefs?.[0].uid === replicaSet?.uid,
    );
    expect(pods).toHaveLength(6);
  });

  it('tells who made a revision, and refuses one that is none', async () => {
    const { history } = await statusOf();
    const revision = history.at(-1).revision;
    expect(
      (await call(`/applications/${name}/revisions/${revision}/metadata`)).body,
    ).toMatchObject({
      author: expect.stringMatching(/^.+ <.+@meridian\.example>$/),
      message: expect.stringContaining('Release payment-api 2.14.3'),
      date: expect.stringMatching(/Z$/),
    });
    expect(
      await call(`/applications/${name}/revisions/deadbeef/metadata`),
    ).toMatchObject({ status: 400, body: { code: 3 } });
  });

  it('compares what Git wants with what is there', async () => {
    const { body } = await call(
      '/applications/ledger-production-us/managed-resources?kind=Deployment',
    );
    const [deployment] = body.items;
    expect(deployment).toMatchObject({ name: 'ledger', modified: true });
    expect(deployment.targetState).toContain('ledger:7.3.1"');
    expect(deployment.liveState).toContain('ledger:7.3.1-hotfix.1"');
    const ignoring = await call(
      `/applications/${name}/managed-resources?kind=Deployment&name=payment-api`,
    );
    expect(
      asObject(JSON.parse(ignoring.body.items[0].liveState).spec).replicas,
    ).toBe(6);
    expect(ignoring.body.items[0]).not.toHaveProperty('modified');
  });

  it('knows projects, application sets and clusters', async () => {
    const projects = await call('/projects?fields=items.metadata.name');
    expect(
      projects.body.items.map(
        (item: { metadata: { name: string } }) => item.metadata.name,
      ),
    ).toEqual([
      'core-banking',
      'default',
      'fulfilment',
      'payments',
      'platform',
      'security',
      'storefront',
    ]);
    expect(
      (await call('/projects/payments')).body.spec.description,
    ).toBeTruthy();
    expect(
      (await call('/applicationsets/payments')).body.spec.generators,
    ).toHaveLength(1);
    expect((await call('/clusters')).body.items).toEqual([
      expect.objectContaining({
        name: 'production-eu',
        server: 'https://kubernetes.default.svc',
      }),
      expect.objectContaining({
        name: 'production-us',
        server: 'https://production-us.k8s.meridian.example:6443',
      }),
    ]);
  });

  it('says what an account may do, and holds it to that', async () => {
    const { token, writeToken } = estate.urls.argocd['argocd-prod'];
    const can = async (as: string, action: string) =>
      (
        await call(`/account/can-i/applications/${action}/payments/${name}`, {
          token: as,
        })
      ).body.value;
    expect([
      await can(token, 'get'),
      await can(token, 'sync'),
      await can(writeToken, 'sync'),
      await can(writeToken, 'delete'),
    ]).toEqual(['yes', 'no', 'yes', 'no']);
    expect((await call('/session/userinfo')).body).toMatchObject({
      loggedIn: true,
      username: 'portal',
    });
    expect(
      await call(`/applications/${name}/sync`, {
        method: 'POST',
        body: {},
        token,
      }),
    ).toMatchObject({ status: 403, body: { code: 7 } });
  });

  it('syncs what is behind Git, and the live state follows', async () => {
    const application = 'shipping-production-eu';
    expect(await statusOf(application)).toMatchObject({
      sync: { status: 'OutOfSync' },
    });
    const image = () =>
      JSON.stringify(
        estate.world
          .cluster('production-eu')
          .get('deployments.apps', 'shipping', 'fulfilment')?.spec,
      ).match(/shipping:([\d.]+)/)?.[1];

    const dryRun = await call(`/applications/${application}/sync`, {
      method: 'POST',
      body: { dryRun: true },
    });
    expect(dryRun.body.operation.sync.dryRun).toBe(true);
    timers.advance(2_000);
    expect(image()).toBe('1.16.2');
    expect(await statusOf(application)).toMatchObject({
      sync: { status: 'OutOfSync' },
      operationState: { phase: 'Succeeded' },
    });

    const started = await call(`/applications/${application}/sync`, {
      method: 'POST',
      body: { prune: true },
    });
    expect(started.body).toMatchObject({
      operation: { initiatedBy: { username: 'operator' } },
      status: { operationState: { phase: 'Running' } },
    });
    expect(
      await call(`/applications/${application}/sync`, {
        method: 'POST',
        body: {},
      }),
    ).toMatchObject({
      status: 400,
      body: { code: 9, message: 'another operation is already in progress' },
    });
    timers.advance(2_000);
    expect(image()).toBe('1.16.3');
    const status = await statusOf(application);
    expect(status).toMatchObject({
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
      operationState: {
        phase: 'Succeeded',
        syncResult: {
          resources: expect.arrayContaining([
            expect.objectContaining({
              kind: 'Deployment',
              status: 'Synced',
              message: 'deployment.apps/shipping configured',
            }),
          ]),
        },
      },
    });

    const rollback = await call(`/applications/${application}/rollback`, {
      method: 'POST',
      body: { id: status.history.at(-2).id },
    });
    expect(rollback.status).toBe(200);
    timers.advance(2_000);
    expect(image()).toBe('1.16.2');
    expect(await statusOf(application)).toMatchObject({
      sync: { status: 'OutOfSync' },
    });
  });

  it('ends an operation, and says so when there is none', async () => {
    const path = '/applications/ledger-production-eu';
    await call(`${path}/sync`, { method: 'POST', body: {} });
    expect(await call(`${path}/operation`, { method: 'DELETE' })).toEqual({
      status: 200,
      body: {},
    });
    timers.advance(2_000);
    expect(await statusOf('ledger-production-eu')).toMatchObject({
      operationState: { phase: 'Failed', message: 'Operation terminated' },
    });
    expect(await call(`${path}/operation`, { method: 'DELETE' })).toMatchObject(
      { status: 400, body: { code: 3 } },
    );
  });

  it('keeps who asked for an operation, and holds its body to the application', async () => {
    const path = '/applications/token-broker-production-eu/sync';
    const infos = [{ name: 'causeway.dev/request', value: 'r-1' }];
    const begun = await call(path, {
      method: 'POST',
      body: { infos, project: 'security', appNamespace: 'argocd' },
    });
    expect(begun.body.operation.info).toEqual(infos);
    timers.advance(2_000);
    expect(await statusOf('token-broker-production-eu')).toMatchObject({
      operationState: { operation: { info: infos } },
    });
    expect(
      await call(path, { method: 'POST', body: { project: 'payments' } }),
    ).toMatchObject({ status: 403 });
    expect(
      await call(path, { method: 'POST', body: { appNamespace: 'other' } }),
    ).toMatchObject({ status: 404 });
  });

  it('rolls back to the deployment that is named, and to no other', async () => {
    const path = '/applications/ledger-production-eu/rollback';
    expect(
      await call(path, { method: 'POST', body: { id: 4711 } }),
    ).toMatchObject({
      status: 400,
      body: {
        message:
          'application ledger-production-eu does not have deployment id 4711',
      },
    });
  });

  it('refuses what auto-sync forbids', async () => {
    const { history } = await statusOf();
    expect(
      await call(`/applications/${name}/sync`, {
        method: 'POST',
        body: { revision: history[0].revision },
      }),
    ).toMatchObject({
      status: 400,
      body: { code: 9, message: expect.stringContaining('auto-sync') },
    });
    expect(
      await call(`/applications/${name}/rollback`, {
        method: 'POST',
        body: {},
      }),
    ).toMatchObject({ status: 400, body: { code: 9 } });
  });

  it('sees a drift and heals it, but for what is left to the cluster', async () => {
    const scale = (workload: string, namespace: string, replicas: number) =>
      estate.world.editLive(
        {
          cluster: 'production-eu',
          type: 'deployments.apps',
          namespace,
          name: workload,
          subresource: 'scale',
        },
        ({ spec }) => {
          asObject(spec).replicas = replicas;
        },
      );
    const replicas = (workload: string, namespace: string) =>
      asObject(
        estate.world
          .cluster('production-eu')
          .get('deployments.apps', workload, namespace)?.spec,
      ).replicas;
    scale('accounts', 'core-banking', 9);
    scale('payment-api', 'payments', 8);
    expect(await statusOf('accounts-production-eu')).toMatchObject({
      sync: { status: 'OutOfSync' },
    });
    expect(await statusOf()).toMatchObject({ sync: { status: 'Synced' } });
    timers.advance(5_000);
    timers.advance(2_000);
    expect(await statusOf('accounts-production-eu')).toMatchObject({
      sync: { status: 'Synced' },
      operationState: { operation: { initiatedBy: { automated: true } } },
    });
    expect(replicas('accounts', 'core-banking')).toBe(3);
    expect(replicas('payment-api', 'payments')).toBe(8);
  });

  it('streams what changes, a JSON line an event', async () => {
    const { url, token } = estate.urls.argocd['argocd-nonprod'];
    const stop = new AbortController();
    const response = await fetch(
      `${url}/api/v1/stream/applications?name=cart-staging&fields=result.type,result.application.metadata.name,result.application.status.sync.status`,
      {
        headers: { authorization: `Bearer ${token}` },
        signal: stop.signal,
      },
    );
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let text = '';
    const lines = async (wanted: number) => {
      while (text.split('\n').length <= wanted) {
        const { value, done } = await reader.read();
        if (done) {
          throw new Error(`the stream ended after ${text}`);
        }
        text += decoder.decode(value);
      }
      return text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
    };
    expect(await lines(1)).toEqual([
      {
        result: {
          type: 'ADDED',
          application: {
            metadata: { name: 'cart-staging' },
            status: { sync: { status: 'Synced' } },
          },
        },
      },
    ]);
    estate.world.releaseVersion({
      service: 'cart',
      cluster: 'staging',
      version: '1.31.1',
    });
    const [, changed] = await lines(2);
    expect(changed.result).toMatchObject({
      type: 'MODIFIED',
      application: { metadata: { name: 'cart-staging' } },
    });
    stop.abort();
  });

  it('obeys edits of the custom resource itself', async () => {
    const controller = estate.world.argocdOf('staging');
    estate.world.editLive(
      {
        cluster: 'staging',
        type: 'applications.argoproj.io',
        namespace: 'argocd',
        name: 'ledger-staging',
        manager: 'kubectl-annotate',
      },
      object => {
        object.metadata.annotations = {
          'argocd.argoproj.io/refresh': 'normal',
        };
        object.operation = {
          initiatedBy: { username: 'somebody' },
          sync: { revision: 'main' },
        };
      },
    );
    timers.advance(2_000);
    const application = controller.application('ledger-staging')!;
    expect(application.metadata.annotations ?? {}).not.toHaveProperty([
      'argocd.argoproj.io/refresh',
    ]);
    expect(application).not.toHaveProperty('operation');
    expect(asObject(asObject(application.status).operationState)).toMatchObject(
      {
        phase: 'Succeeded',
        operation: { initiatedBy: { username: 'somebody' } },
      },
    );
  });

  it('says why it cannot compare, and goes on with the others', async () => {
    estate.world.editLive(
      {
        cluster: 'production-eu',
        type: 'applications.argoproj.io',
        namespace: 'argocd',
        name: 'card-processor-production-eu',
      },
      ({ spec }) => {
        asObject(asObject(spec).source).repoURL =
          'https://github.com/meridian/gone.git';
      },
    );
    expect(await statusOf('card-processor-production-eu')).toMatchObject({
      sync: { status: 'Unknown' },
      conditions: [
        {
          type: 'ComparisonError',
          message: expect.stringContaining('meridian/gone.git'),
        },
      ],
    });
    expect(await statusOf()).toMatchObject({ sync: { status: 'Synced' } });
  });
});
