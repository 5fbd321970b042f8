import { createManualTimers } from '../Timers';
import {
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';
const strategic = 'application/strategic-merge-patch+json';
const merge = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';

describe('the Kubernetes API: writes', () => {
  const timers = createManualTimers();
  let simulated: TestCluster;

  beforeEach(async () => {
    simulated = await startTestCluster({ timers });
    for (const number of [0, 1, 2, 3, 4]) {
      simulated.cluster.apply(webDeployment(`web-${number}`), {
        manager: 'argocd-controller',
      });
    }
  });

  afterEach(() => simulated.server.close());

  const get = (path: string, accept?: string) =>
    simulated.request('GET', path, { accept });
  const patch = (
    name: string,
    contentType: string,
    body: unknown,
    query = '',
  ) =>
    simulated.request('PATCH', `${deployments}/${name}${query}`, {
      contentType,
      body,
    });
  const namesOf = (list: { items: { metadata: { name: string } }[] }) =>
    list.items.map(item => item.metadata.name);

  it('creates once, in a namespace that exists', async () => {
    const create = (body: unknown, path = deployments) =>
      simulated.request('POST', `${path}?fieldManager=causeway`, { body });
    const created = await create({
      ...webDeployment('web-9'),
      status: { replicas: 7 },
    });
    expect(created.status).toBe(201);
    expect(created.json.status).toEqual({});
    expect(created.json.metadata.managedFields[0].manager).toBe('causeway');
    expect(await create(webDeployment('web-9'))).toMatchObject({
      status: 409,
      json: {
        reason: 'AlreadyExists',
        message: 'deployments.apps "web-9" already exists',
      },
    });
    const elsewhere = webDeployment('web-9');
    elsewhere.metadata.namespace = 'nowhere';
    expect(
      await create(elsewhere, '/apis/apps/v1/namespaces/nowhere/deployments'),
    ).toMatchObject({
      status: 404,
      json: { message: 'namespaces "nowhere" not found' },
    });
    expect((await create(elsewhere)).json.message).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
    const generated = webDeployment('');
    generated.metadata = {
      name: '',
      generateName: 'web-',
      namespace: 'guestbook',
    };
    const { json } = await create(generated);
    expect(json.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
    expect((await create('{')).json.reason).toBe('BadRequest');
  });

  it('updates what is current, and refuses what is not', async () => {
    const { json } = await get(`${deployments}/web-0`);
    const put = (change: (object: typeof json) => void) => {
      const body = structuredClone(json);
      change(body);
      return simulated.request('PUT', `${deployments}/web-0`, { body });
    };
    const first = await put(body => {
      body.spec.replicas = 3;
      body.status = { replicas: 9 };
    });
    expect(first.json).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
      status: {},
    });
    expect(
      await put(body => {
        body.spec.replicas = 4;
      }),
    ).toMatchObject({
      status: 409,
      json: {
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on deployments.apps "web-0": the object has been modified; please apply your changes to the latest version and try again',
      },
    });
    expect(
      (
        await put(body => {
          body.metadata.name = 'web-1';
        })
      ).status,
    ).toBe(400);
    expect(
      await put(body => {
        delete body.metadata.resourceVersion;
        body.spec.selector.matchLabels = { app: 'other' };
      }),
    ).toMatchObject({ status: 422, json: { reason: 'Invalid' } });
  });

  it('keeps the address of a service that is replaced', async () => {
    const services = '/api/v1/namespaces/guestbook/services';
    const body = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    };
    const { json } = await simulated.request('POST', services, { body });
    expect(json.spec).toMatchObject({
      type: 'ClusterIP',
      clusterIP: expect.stringMatching(/^10\.96\./),
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    });
    body.spec.ports = [{ port: 8080 }];
    const replaced = await simulated.request('PUT', `${services}/web`, {
      body,
    });
    expect(replaced.json.spec).toMatchObject({
      clusterIP: json.spec.clusterIP,
      clusterIPs: [json.spec.clusterIP],
      ports: [{ port: 8080 }],
    });
  });

  it('patches status through its subresource alone', async () => {
    const path = `${deployments}/web-0/status`;
    const body = { spec: { replicas: 9 }, status: { replicas: 2 } };
    const { json } = await simulated.request('PATCH', path, {
      body,
      contentType: merge,
    });
    expect(json).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 2 },
      status: { replicas: 2 },
    });
  });

  it('takes four kinds of patch', async () => {
    const scaled = await patch('web-0', merge, { spec: { replicas: 3 } });
    expect(scaled.json.spec.replicas).toBe(3);
    const tested = await patch('web-0', jsonPatch, [
      { op: 'test', path: '/spec/replicas', value: 3 },
      { op: 'replace', path: '/spec/replicas', value: 4 },
    ]);
    expect(tested.json.spec.replicas).toBe(4);
    const failed = await patch('web-0', jsonPatch, [
      { op: 'test', path: '/spec/replicas', value: 3 },
    ]);
    expect(failed).toMatchObject({
      status: 422,
      json: { reason: 'Invalid' },
    });
    const image = await patch('web-0', strategic, {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'web', image: 'ghcr.io/acme/web-0:2.0.0' },
              { name: 'proxy', image: 'ghcr.io/acme/proxy:1' },
            ],
          },
        },
      },
    });
    expect(
      image.json.spec.template.spec.containers.map(
        (container: { image: string; resources: unknown }) => [
          container.image,
          container.resources,
        ],
      ),
    ).toEqual([
      [
        'ghcr.io/acme/web-0:2.0.0',
        { requests: { cpu: '100m', memory: '128Mi' } },
      ],
      ['ghcr.io/acme/proxy:1', {}],
    ]);
    expect((await patch('web-0', 'text/plain', '{}')).status).toBe(415);
    simulated.cluster.apply(
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: 'payments', namespace: 'guestbook' },
      },
      { manager: 'test' },
    );
    const custom = await simulated.request(
      'PATCH',
      '/apis/argoproj.io/v1alpha1/namespaces/guestbook/appprojects/payments',
      { body: { spec: {} }, contentType: strategic },
    );
    expect(custom).toMatchObject({
      status: 415,
      json: {
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      },
    });
  });

  it('leaves no trace of a pod template’s last annotation', async () => {
    const template = async () =>
      (await get(`${deployments}/web-1`)).json.spec.template;
    const before = await template();
    const annotate = (restartedAt: string | null) =>
      patch('web-1', merge, {
        spec: { template: { metadata: { annotations: { restartedAt } } } },
      });
    await annotate('2026-11-21T08:00:00Z');
    expect(await template()).not.toEqual(before);
    await annotate(null);
    expect(await template()).toEqual(before);
  });

  it('refuses what is not valid, as recorded', async () => {
    const { status, json } = await patch('web-1', strategic, {
      spec: { replicas: -1 },
    });
    expect(status).toBe(422);
    expect(json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'Deployment.apps "web-1" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      reason: 'Invalid',
      details: {
        name: 'web-1',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: -1: must be greater than or equal to 0',
            field: 'spec.replicas',
          },
        ],
      },
      code: 422,
    });
  });

  it('answers a dry run as if, and keeps nothing', async () => {
    const { cluster } = simulated;
    const before = cluster.resourceVersion;
    const patched = await patch(
      'web-0',
      strategic,
      { spec: { replicas: 4 } },
      '?dryRun=All&fieldManager=causeway',
    );
    const live = cluster.get('deployments.apps', 'web-0', 'guestbook');
    expect(patched.json).toMatchObject({
      metadata: {
        resourceVersion: live?.metadata.resourceVersion,
        generation: 2,
      },
      spec: { replicas: 4 },
    });
    const deleted = await simulated.request(
      'DELETE',
      `${deployments}/web-0?dryRun=All`,
    );
    expect(deleted.json.status).toBe('Success');
    const created = await simulated.request(
      'POST',
      `${deployments}?dryRun=All`,
      { body: webDeployment('web-8') },
    );
    expect(created.status).toBe(201);
    expect(created.json.metadata.uid).toBeDefined();
    expect(cluster.resourceVersion).toBe(before);
    expect(
      (await simulated.request('DELETE', `${deployments}/web-0?dryRun=Some`))
        .status,
    ).toBe(400);
  });

  it('scales, and refuses a scale from an older state', async () => {
    const scale = (method: string, body?: unknown) =>
      simulated.request(method, `${deployments}/web-0/scale`, { body });
    const { json } = await scale('GET');
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web-0' },
    });
    json.spec.replicas = 6;
    expect((await scale('PUT', json)).json.spec).toEqual({ replicas: 6 });
    const stale = await scale('PUT', json);
    expect(stale).toMatchObject({
      status: 409,
      json: { reason: 'Conflict' },
    });
    expect((await get(`${deployments}/web-0`)).json).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 6 },
    });
    delete json.metadata.resourceVersion;
    json.spec.replicas = -1;
    expect((await scale('PUT', json)).json.message).toBe(
      'Scale.autoscaling "web-0" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
  });

  it('deletes under preconditions, keeps what a finalizer holds, deletes collections', async () => {
    const remove = (name: string, body?: unknown) =>
      simulated.request('DELETE', `${deployments}/${name}`, { body });
    const wrong = await remove('web-0', { preconditions: { uid: 'other' } });
    expect(wrong.status).toBe(409);
    expect((await remove('web-0')).json).toMatchObject({
      status: 'Success',
      details: { name: 'web-0', group: 'apps', kind: 'deployments' },
    });
    expect((await remove('web-0')).json.message).toBe(
      'deployments.apps "web-0" not found',
    );
    await patch('web-1', merge, { metadata: { finalizers: ['a.b/c'] } });
    expect((await remove('web-1')).json.metadata.deletionTimestamp).toMatch(
      /Z$/,
    );
    expect((await get(`${deployments}/web-1`)).status).toBe(200);
    await patch('web-1', merge, { metadata: { finalizers: null } });
    expect((await get(`${deployments}/web-1`)).status).toBe(404);
    await simulated.request(
      'DELETE',
      `${deployments}?labelSelector=app%3Dweb-2`,
    );
    expect(namesOf((await get(deployments)).json)).toEqual(['web-3', 'web-4']);
  });
});
