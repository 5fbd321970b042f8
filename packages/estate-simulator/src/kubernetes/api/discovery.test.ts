import { createManualTimers } from '../Timers';
import {
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

describe('the Kubernetes API: discovery', () => {
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

  it('gives all groups and resources in one answer where that is asked for', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const { json, contentType } = await get('/apis', accept);
    // Clients tell by it which of the two forms they got.
    expect(contentType).toContain('as=APIGroupDiscoveryList');
    expect(json).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    const apps = json.items.find(
      (item: { metadata: { name?: string } }) => item.metadata.name === 'apps',
    );
    expect(apps.versions).toMatchObject([
      { version: 'v1', freshness: 'Current' },
    ]);
    expect(apps.versions[0].resources).toContainEqual(
      expect.objectContaining({
        resource: 'deployments',
        responseKind: { group: 'apps', version: 'v1', kind: 'Deployment' },
        scope: 'Namespaced',
        shortNames: ['deploy'],
        categories: ['all'],
      }),
    );
    const core = (await get('/api', accept)).json;
    expect(core.items).toHaveLength(1);
  });

  it('answers plain discovery by default', async () => {
    const { status, contentType, json } = await get('/apis');
    expect({ status, contentType, kind: json.kind }).toEqual({
      status: 200,
      contentType: 'application/json',
      kind: 'APIGroupList',
    });
    expect(json.groups).toContainEqual({
      name: 'argoproj.io',
      versions: [{ groupVersion: 'argoproj.io/v1alpha1', version: 'v1alpha1' }],
      preferredVersion: {
        groupVersion: 'argoproj.io/v1alpha1',
        version: 'v1alpha1',
      },
    });
    expect((await get('/api')).json.versions).toEqual(['v1']);
    expect((await get('/version')).json.gitVersion).toBe('v1.32.0');
  });

  it('serves a type from the moment that its definition is created', async () => {
    const path = '/apis/example.org/v1/widgets';
    const missing = await get(path);
    expect(missing).toMatchObject({
      status: 404,
      contentType: 'text/plain; charset=utf-8',
      text: '404 page not found\n',
    });
    const created = await simulated.request(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      {
        body: {
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: 'widgets.example.org' },
          spec: {
            group: 'example.org',
            scope: 'Namespaced',
            names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
            versions: [{ name: 'v1', served: true, storage: true }],
          },
        },
      },
    );
    expect(created.status).toBe(201);
    expect((await get(path)).json).toMatchObject({
      kind: 'WidgetList',
      apiVersion: 'example.org/v1',
      items: [],
    });
  });
});
