import { createManualTimers } from '../Timers';
import {
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';
const merge = 'application/merge-patch+json';

describe('the Kubernetes API: access', () => {
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

  it('refuses who is not known, and what is not allowed, as recorded', async () => {
    const list = (token: string, path = '/apis/apps/v1/deployments') =>
      simulated.request('GET', path, { token });
    expect(await list('wrong')).toMatchObject({
      status: 401,
      json: { message: 'Unauthorized', reason: 'Unauthorized', code: 401 },
    });
    expect((await list('nobody-token')).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'deployments.apps is forbidden: User "nobody" cannot list resource "deployments" in API group "apps" at the cluster scope',
      reason: 'Forbidden',
      details: { group: 'apps', kind: 'deployments' },
      code: 403,
    });
    expect((await list('reader-token')).status).toBe(200);
    const secrets = '/api/v1/namespaces/guestbook/secrets/db';
    expect((await list('reader-token', secrets)).json.message).toBe(
      'secrets "db" is forbidden: User "reader" cannot get resource "secrets" in API group "" in the namespace "guestbook"',
    );
  });

  it('keeps a rule to its namespaces, names and subresources', async () => {
    simulated.tokens.push({
      token: 'scaler',
      user: 'scaler',
      rules: [
        {
          verbs: ['get', 'patch'],
          apiGroups: ['apps'],
          resources: ['deployments/scale'],
          namespaces: ['guestbook'],
          resourceNames: ['web-0'],
        },
      ],
    });
    const scale = (name: string, path = `${deployments}/${name}/scale`) =>
      simulated.request('PATCH', path, {
        token: 'scaler',
        contentType: merge,
        body: { spec: { replicas: 3 } },
      });
    expect((await scale('web-0')).status).toBe(200);
    expect((await scale('web-1')).json).toMatchObject({
      code: 403,
      message:
        'deployments.apps "web-1" is forbidden: User "scaler" cannot patch resource "deployments/scale" in API group "apps" in the namespace "guestbook"',
    });
    expect((await scale('web-0', `${deployments}/web-0`)).status).toBe(403);
  });

  it('tells what somebody may do', async () => {
    const ask = async (token: string, attributes: object) => {
      const { status, json } = await simulated.request(
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        { token, body: { spec: { resourceAttributes: attributes } } },
      );
      expect(status).toBe(201);
      return json.status.allowed;
    };
    const list = { verb: 'list', group: 'apps', resource: 'deployments' };
    expect(await ask('reader-token', list)).toBe(true);
    expect(await ask('nobody-token', list)).toBe(false);
    const secrets = { verb: 'list', group: '', resource: 'secrets' };
    expect(await ask('reader-token', secrets)).toBe(false);
    const { json } = await simulated.request(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { token: 'reader-token', body: { spec: { namespace: 'guestbook' } } },
    );
    expect(json.status).toMatchObject({ incomplete: false });
    expect(json.status.resourceRules[0].verbs).toEqual([
      'get',
      'list',
      'watch',
    ]);
  });
});
