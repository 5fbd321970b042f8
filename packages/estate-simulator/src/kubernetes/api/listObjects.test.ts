import { createManualTimers } from '../Timers';
import {
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';

describe('the Kubernetes API: lists', () => {
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
  const namesOf = (list: { items: { metadata: { name: string } }[] }) =>
    list.items.map(item => item.metadata.name);

  it('selects by label and field', async () => {
    const select = async (query: string) =>
      namesOf((await get(`${deployments}?${query}`)).json);
    const label = (selector: string) =>
      select(`labelSelector=${encodeURIComponent(selector)}`);
    expect(await label('app=web-1')).toEqual(['web-1']);
    expect(await label('app in (web-1, web-3),app!=web-3')).toEqual(['web-1']);
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
