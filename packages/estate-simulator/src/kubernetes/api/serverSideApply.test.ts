import { createManualTimers } from '../Timers';
import {
  guestbookUi,
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';
const apply = 'application/apply-patch+yaml';

describe('the Kubernetes API: server-side apply', () => {
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

  const config = (spec: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web-0', namespace: 'guestbook' },
    spec,
  });

  it('needs a field manager', async () => {
    expect(
      (await patch('web-0', apply, config({ replicas: 2 }))).json.message,
    ).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });

  it('refuses to take a field from another manager unless forced', async () => {
    const as = (query: string, replicas: number) =>
      patch('web-0', apply, config({ replicas }), `?fieldManager=${query}`);
    const refused = await as('causeway', 7);
    expect(refused.json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "argocd-controller" using apps/v1: .spec.replicas',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "argocd-controller" using apps/v1',
            field: '.spec.replicas',
          },
        ],
      },
    });
    // The same value is no conflict: both own it then.
    expect((await as('causeway', 2)).status).toBe(200);
    const forced = await as('causeway&force=true', 7);
    expect(forced.json.spec.replicas).toBe(7);
    expect(forced.json.metadata.managedFields[0]).toMatchObject({
      manager: 'causeway',
      operation: 'Apply',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    });
  });

  it('creates, and removes what is no longer applied and nobody else owns', async () => {
    const ui = guestbookUi();
    const applyUi = (body: unknown) =>
      patch('guestbook-ui', apply, body, '?fieldManager=argocd-controller');
    const created = await applyUi(
      '# YAML\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: guestbook-ui, labels: {a: b, c: d}}\nspec:\n  selector: {matchLabels: {app: ui}}\n  template:\n    metadata: {labels: {app: ui}}\n    spec:\n      containers:\n      - {name: ui, image: "ui:1", env: [{name: A, value: "1"}, {name: B, value: "2"}]}\n      - {name: proxy, image: "proxy:1"}\n',
    );
    expect(created.status).toBe(201);
    ui.spec = {
      selector: { matchLabels: { app: 'ui' } },
      template: {
        metadata: { labels: { app: 'ui' } },
        spec: {
          containers: [
            { name: 'ui', image: 'ui:1', env: [{ name: 'B', value: '2' }] },
          ],
        },
      },
    };
    ui.metadata.labels = { a: 'b' };
    const { json } = await applyUi(ui);
    expect(json.metadata.labels).toEqual({ a: 'b' });
    expect(json.spec.template.spec.containers).toMatchObject([
      { name: 'ui', env: [{ name: 'B', value: '2' }] },
    ]);
    expect(json.spec.template.spec.containers).toHaveLength(1);
    expect(json.spec.template.spec.containers[0].env).toHaveLength(1);
  });
});
