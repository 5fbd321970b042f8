import { createManualTimers } from '../Timers';
import {
  guestbookUi,
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';
const strategic = 'application/strategic-merge-patch+json';
const merge = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';
const apply = 'application/apply-patch+yaml';

describe('createKubernetesApi', () => {
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

  describe('discovery', () => {
    it('answers plain discovery even when aggregated discovery is asked for', async () => {
      const accept =
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
      const { status, contentType, json } = await get('/apis', accept);
      expect({ status, contentType, kind: json.kind }).toEqual({
        status: 200,
        contentType: 'application/json',
        kind: 'APIGroupList',
      });
      expect(json.groups).toContainEqual({
        name: 'argoproj.io',
        versions: [
          { groupVersion: 'argoproj.io/v1alpha1', version: 'v1alpha1' },
        ],
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

  describe('access', () => {
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

  describe('lists', () => {
    it('selects by label and field', async () => {
      const select = async (query: string) =>
        namesOf((await get(`${deployments}?${query}`)).json);
      const label = (selector: string) =>
        select(`labelSelector=${encodeURIComponent(selector)}`);
      expect(await label('app=web-1')).toEqual(['web-1']);
      expect(await label('app in (web-1, web-3),app!=web-3')).toEqual([
        'web-1',
      ]);
      expect(await label('app notin (web-0,web-1,web-2)')).toEqual([
        'web-3',
        'web-4',
      ]);
      expect(await label('!app')).toEqual([]);
      expect(await label('app,tier!=gold')).toHaveLength(5);
      expect(await select('fieldSelector=metadata.name%3Dweb-2')).toEqual([
        'web-2',
      ]);
      expect(
        await select('fieldSelector=metadata.namespace!%3Dguestbook'),
      ).toEqual([]);
    });

    it('refuses selectors that it cannot read', async () => {
      const refused = async (query: string) => {
        const { status, json } = await get(`/api/v1/pods?${query}`);
        expect(status).toBe(400);
        expect(json.reason).toBe('BadRequest');
        return json.message;
      };
      expect(await refused('labelSelector=%3D%3D%3D')).toBe(
        "found '==', expected: !, identifier, or 'end of string'",
      );
      expect(await refused('labelSelector=a%20b')).toBe(
        "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
      );
      expect(await refused('fieldSelector=spec.nope%3D1')).toBe(
        'field label not supported: spec.nope',
      );
    });

    it('honours resourceVersion', async () => {
      const then = simulated.cluster.resourceVersion;
      simulated.cluster.delete('deployments.apps', 'web-0', 'guestbook');
      const at = (version: number | string, more = '') =>
        get(`${deployments}?resourceVersion=${version}${more}`);
      const exact = '&resourceVersionMatch=Exact';
      expect(namesOf((await at(then, exact)).json)).toContain('web-0');
      expect(namesOf((await at(then)).json)).not.toContain('web-0');
      // What the watch cache answers: everything, whatever the limit.
      const cached = await at(0, '&limit=1');
      expect(cached.json.items).toHaveLength(4);
      expect(cached.json.metadata.continue).toBeUndefined();
      expect((await at('x')).status).toBe(400);
      expect((await at(99999)).json).toMatchObject({
        code: 504,
        reason: 'Timeout',
      });
      simulated.cluster.compact();
      expect((await at(then, exact)).json).toMatchObject({
        code: 410,
        reason: 'Expired',
      });
    });

    it('goes on within one namespace, and ends with the token that expired', async () => {
      const first = await get(`${deployments}?limit=2`);
      expect(first.json.metadata.remainingItemCount).toBe(3);
      const token = first.json.metadata.continue;
      expect(
        JSON.parse(Buffer.from(token, 'base64url').toString()),
      ).toMatchObject({ v: 'meta.k8s.io/v1', start: 'web-1\0' });
      simulated.cluster.compact();
      const next = () => get(`${deployments}?limit=2&continue=${token}`);
      // Nothing was written since: the snapshot is the current state.
      expect(namesOf((await next()).json)).toEqual(['web-2', 'web-3']);
      simulated.cluster.apply(webDeployment('web-35'), { manager: 'test' });
      simulated.cluster.compact();
      const expired = await next();
      expect(expired.json).toMatchObject({ code: 410, reason: 'Expired' });
      const rest = await get(
        `${deployments}?continue=${expired.json.metadata.continue}`,
      );
      expect(namesOf(rest.json)).toEqual(['web-2', 'web-3', 'web-35', 'web-4']);
    });

    it('writes metadata alone, and tables', async () => {
      const partial = await get(
        deployments,
        'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      );
      expect(partial.json.items[0]).toEqual({
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: expect.objectContaining({ name: 'web-0' }),
      });
      const table = await get(
        deployments,
        'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      );
      expect(table.json.kind).toBe('Table');
      expect(
        table.json.columnDefinitions.map(
          (column: { name: string }) => column.name,
        ),
      ).toEqual([
        'Name',
        'Ready',
        'Up-to-date',
        'Available',
        'Age',
        'Containers',
        'Images',
        'Selector',
      ]);
      expect(table.json.rows[0].cells.slice(0, 4)).toEqual([
        'web-0',
        '0/2',
        0,
        0,
      ]);
      const yaml = await get(deployments, 'application/yaml');
      expect(yaml.status).toBe(406);
    });

    it('gives items of custom resources their kind, and spares it others', async () => {
      simulated.cluster.apply(
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'web', namespace: 'guestbook' },
          spec: { project: 'default' },
        },
        { manager: 'test' },
      );
      const applications = await get('/apis/argoproj.io/v1alpha1/applications');
      expect(applications.json.items[0].kind).toBe('Application');
      expect((await get(deployments)).json.items[0].kind).toBeUndefined();
    });
  });

  describe('writes', () => {
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
      expect(namesOf((await get(deployments)).json)).toEqual([
        'web-3',
        'web-4',
      ]);
    });
  });

  describe('server-side apply', () => {
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

  describe('watches', () => {
    async function watch(query: string) {
      const response = await fetch(
        `${simulated.url}${deployments}?watch=true&${query}`,
        { headers: { Authorization: 'Bearer admin-token' } },
      );
      const reader = response.body!.getReader();
      let text = '';
      // An event line by line, as it arrives; undefined at the end.
      return async () => {
        while (!text.includes('\n')) {
          const { done, value } = await reader.read();
          if (done) return undefined;
          text += Buffer.from(value).toString();
        }
        const [line] = text.split('\n', 1);
        text = text.slice(line.length + 1);
        return JSON.parse(line);
      };
    }
    const brief = (event: {
      type: string;
      object: { metadata: { name: string } };
    }) => `${event.type} ${event.object.metadata.name}`;

    it('starts with what is there when no version is named', async () => {
      const next = await watch('');
      for (const number of [0, 1, 2, 3, 4]) {
        expect(brief(await next())).toBe(`ADDED web-${number}`);
      }
      simulated.cluster.delete('deployments.apps', 'web-3', 'guestbook');
      expect(brief(await next())).toBe('DELETED web-3');
    });

    it('replays from a version, then goes on, with bookmarks and an end', async () => {
      const { cluster } = simulated;
      const from = cluster.resourceVersion;
      cluster.apply(webDeployment('web-5'), { manager: 'test' });
      const next = await watch(
        `resourceVersion=${from}&allowWatchBookmarks=true&timeoutSeconds=90`,
      );
      expect(brief(await next())).toBe('ADDED web-5');
      cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'a', namespace: 'guestbook' },
        },
        { manager: 'test' },
      );
      timers.advance(60_000);
      expect(await next()).toEqual({
        type: 'BOOKMARK',
        object: {
          kind: 'Deployment',
          apiVersion: 'apps/v1',
          metadata: {
            resourceVersion: String(from + 2),
            creationTimestamp: null,
          },
          spec: {
            replicas: 0,
            selector: null,
            template: {
              metadata: { creationTimestamp: null },
              spec: { containers: null },
            },
            strategy: {},
          },
          status: {},
        },
      });
      cluster.delete('deployments.apps', 'web-5', 'guestbook');
      timers.advance(30_000);
      expect(brief(await next())).toBe('DELETED web-5');
      expect((await next()).type).toBe('BOOKMARK');
      expect(await next()).toBeUndefined();
    });

    it('lets objects come and go as their labels do', async () => {
      const { cluster } = simulated;
      const next = await watch(
        `labelSelector=tier%3Dgold&resourceVersion=${cluster.resourceVersion}`,
      );
      const label = (name: string, tier: string) => {
        const object = webDeployment(name);
        object.metadata.labels = { tier };
        cluster.apply(object, { manager: 'test' });
      };
      label('web-0', 'silver');
      label('web-1', 'gold');
      label('web-1', 'silver');
      expect(brief(await next())).toBe('ADDED web-1');
      expect(brief(await next())).toBe('DELETED web-1');
    });

    it('tells in an event that a version is too old', async () => {
      simulated.cluster.compact();
      const next = await watch('resourceVersion=2');
      expect(await next()).toEqual({
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: `too old resource version: 2 (${simulated.cluster.resourceVersion})`,
          reason: 'Expired',
          code: 410,
        },
      });
      expect(await next()).toBeUndefined();
    });

    it('stops when the client goes', async () => {
      const before = timers.pending;
      const controller = new AbortController();
      const response = await fetch(
        `${simulated.url}${deployments}?watch=true`,
        {
          headers: { Authorization: 'Bearer admin-token' },
          signal: controller.signal,
        },
      );
      expect(response.status).toBe(200);
      expect(timers.pending).toBe(before + 1);
      expect(simulated.server.disconnect('/clusters/test')).toBe(1);
      await expect(response.text()).rejects.toThrow();
      expect(timers.pending).toBe(before);
    });
  });
});
