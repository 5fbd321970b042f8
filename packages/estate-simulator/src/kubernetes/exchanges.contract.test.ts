import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  adminToken,
  guestbookUi,
  startTestCluster,
  TestCluster,
  webDeployment,
} from './testing/startTestCluster';

const root = join(__dirname, '..', '..', '..', '..');
const folder = join(root, '../shared/contracts/kubernetes/exchanges');

interface Exchange {
  request: {
    method: string;
    path: string;
    headers?: Record<string, string>;
    body?: unknown;
  };
  response: {
    status?: number;
    headers?: Record<string, string>;
    body?: unknown;
    events?: { type: string; object: unknown }[];
  };
}

function load(name: string): Exchange {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

const volatile = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'time',
  'continue',
  'storageVersionHash',
]);

/** The same value with what differs from run to run reduced to its type. */
function shape(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map(item => shape(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, shape(child, key)]),
    );
  }
  if (volatile.has(field)) return `<${typeof value}>`;
  return value;
}

/** The state that the exchanges were recorded against. */
function fill({ cluster }: TestCluster): void {
  const manager = 'argocd-controller';
  cluster.apply(guestbookUi(), { manager, operation: 'Apply' });
  for (let number = 0; number < 5; number++) {
    const image = `ghcr.io/acme/web-${number}:1.${number}.0`;
    cluster.apply(webDeployment(`web-${number}`, { image }), { manager });
  }
}

describe('the recorded exchanges of a Kubernetes 1.32 server', () => {
  let simulated: TestCluster;
  const replayed = new Set<string>();

  beforeAll(() => {
    if (!existsSync(folder)) {
      throw new Error(
        `this test replays the recorded exchanges, and ${folder} is not there`,
      );
    }
  });

  beforeEach(async () => {
    simulated = await startTestCluster();
    fill(simulated);
  });

  afterEach(() => simulated.server.close());

  async function replay(
    name: string,
    options: { path?: string; token?: string } = {},
  ) {
    const { request, response } = load(name);
    replayed.add(name);
    const isPatch = request.method === 'PATCH';
    const answer = await simulated.request(
      request.method,
      options.path ?? request.path,
      {
        token: options.token ?? adminToken,
        accept: request.headers?.Accept,
        body: request.body,
        contentType: isPatch
          ? 'application/strategic-merge-patch+json'
          : 'application/json',
      },
    );
    if (response.status) expect(answer.status).toBe(response.status);
    const contentType = response.headers?.['Content-Type'];
    if (contentType) expect(answer.contentType).toBe(contentType);
    return { answer, recorded: response };
  }

  it.each([
    ['get-deployment'],
    ['get-not-found'],
    ['list-bad-selector'],
    ['list-continue-garbage'],
    ['list-empty'],
    ['list-page-1'],
    ['patch-invalid'],
    ['patch-restart'],
    ['patch-scale-kubectl-edit'],
    ['put-scale-conflict'],
  ])('%s', async name => {
    const { answer, recorded } = await replay(name);
    expect(shape(answer.json)).toEqual(shape(recorded.body));
  });

  it('list-missing-resource', async () => {
    const { answer, recorded } = await replay('list-missing-resource');
    expect(answer.text).toBe(recorded.body);
  });

  it.each([
    ['list-forbidden', 'nobody-token'],
    ['list-unauthorized', 'a token that nobody has'],
  ])('%s', async (name, token) => {
    const { answer, recorded } = await replay(name, { token });
    expect(answer.json).toEqual(recorded.body);
  });

  it('list-page-2, list-page-3-last: pages of one snapshot', async () => {
    const first = await replay('list-page-1');
    const base = '/apis/apps/v1/deployments?limit=2&continue=';
    simulated.cluster.delete('deployments.apps', 'web-3', 'guestbook');
    const second = await replay('list-page-2', {
      path: base + first.answer.json.metadata.continue,
    });
    expect(shape(second.answer.json)).toEqual(shape(second.recorded.body));
    const third = await replay('list-page-3-last', {
      path: base + second.answer.json.metadata.continue,
    });
    expect(shape(third.answer.json)).toEqual(shape(third.recorded.body));
    const versions = [first, second, third].map(
      ({ answer }) => answer.json.metadata.resourceVersion,
    );
    expect(new Set(versions).size).toBe(1);
  });

  it('list-continue-expired: a fresh token comes with the refusal', async () => {
    const { answer: page } = await replay('list-page-1');
    simulated.cluster.apply(webDeployment('web-7'), { manager: 'test' });
    simulated.cluster.compact();
    const base = '/apis/apps/v1/deployments?limit=2&continue=';
    const { answer, recorded } = await replay('list-continue-expired', {
      path: base + page.json.metadata.continue,
    });
    expect(shape(answer.json)).toEqual(shape(recorded.body));
    // The tokens themselves have the recorded form.
    const fresh = load('list-continue-expired').response.body as {
      metadata: { continue: string };
    };
    expect(answer.json.metadata.continue).toBe(fresh.metadata.continue);
    const rest = await simulated.request(
      'GET',
      base + answer.json.metadata.continue,
    );
    expect(rest.status).toBe(200);
  });

  it('list-metadata-only, get-scale-subresource, patch-dry-run: after a scale', async () => {
    await replay('patch-scale-kubectl-edit');
    for (const name of [
      'list-metadata-only',
      'get-scale-subresource',
      'patch-dry-run',
    ]) {
      const { answer, recorded } = await replay(name);
      expect(shape(answer.json)).toEqual(shape(recorded.body));
    }
    const live = simulated.cluster.get(
      'deployments.apps',
      'web-0',
      'guestbook',
    );
    expect(live?.spec).toMatchObject({ replicas: 5 });
  });

  it.each([['apps-resources'], ['argoproj-resources'], ['core-resources']])(
    '%s: every type that is served reads as recorded',
    async name => {
      const { answer, recorded } = await replay(name);
      type Resource = { name: string };
      const known = new Map(
        (recorded.body as { resources: Resource[] }).resources.map(resource => [
          resource.name,
          shape(resource),
        ]),
      );
      const { resources, ...rest } = answer.json;
      const { resources: _, ...recordedRest } = recorded.body as {
        resources: unknown;
      };
      expect(rest).toEqual(recordedRest);
      // The recorded server had no Argo Rollouts.
      for (const resource of (resources as Resource[]).filter(
        ({ name: type }) => !type.startsWith('rollouts'),
      )) {
        expect(shape(resource)).toEqual(known.get(resource.name));
      }
    },
  );

  it('api-groups: every group that is served reads as recorded', async () => {
    const { answer, recorded } = await replay('api-groups');
    type Group = { name: string; preferredVersion: unknown };
    const { groups, ...rest } = answer.json;
    const { groups: recordedGroups, ...recordedRest } = recorded.body as {
      groups: Group[];
    };
    expect(rest).toEqual(recordedRest);
    for (const group of groups as Group[]) {
      const known = recordedGroups.find(({ name }) => name === group.name);
      expect(known?.preferredVersion).toEqual(group.preferredVersion);
    }
  });

  async function replayWatch(name: string, path: string, during = () => {}) {
    const recorded = load(name).response;
    replayed.add(name);
    const watching = simulated.request('GET', path);
    // The writes below are events whether they come before or after the start.
    during();
    const answer = await watching;
    expect(answer.status).toBe(200);
    const events = answer.text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
    return { events, recorded: recorded.events };
  }

  it('watch-events: added, modified, deleted, and a bookmark at the end', async () => {
    const { cluster } = simulated;
    const manager = 'Python-urllib';
    const path = load('watch-events')
      .request.path.replace(
        /resourceVersion=\d+/,
        `resourceVersion=${cluster.resourceVersion}`,
      )
      .replace(/timeoutSeconds=\d+/, 'timeoutSeconds=1');
    const { events, recorded } = await replayWatch('watch-events', path, () => {
      const web = webDeployment('web-9', {
        label: 'web-4',
        image: 'ghcr.io/acme/web-4:1.4.0',
      });
      cluster.apply(web, { manager });
      const labels = { tier: 'gold' };
      cluster.apply(
        { ...web, metadata: { ...web.metadata, labels } },
        { manager },
      );
      cluster.delete('deployments.apps', 'web-9', 'guestbook');
    });
    expect(shape(events)).toEqual(shape(recorded));
  });

  it('watch-initial-events', async () => {
    const { path } = load('watch-initial-events').request;
    const { events, recorded } = await replayWatch(
      'watch-initial-events',
      path,
    );
    expect(events).toEqual(recorded);
  });

  it('watch-too-old: an error event in a good answer', async () => {
    simulated.cluster.compact();
    const { path } = load('watch-too-old').request;
    const { events, recorded } = await replayWatch('watch-too-old', path);
    const oldest = simulated.cluster.compactedResourceVersion;
    expect(JSON.stringify(events).replace(`(${oldest})`, '(423)')).toEqual(
      JSON.stringify(recorded),
    );
  });

  it('replays every exchange there is', () => {
    const all = readdirSync(folder)
      .filter(file => file.endsWith('.json'))
      .map(file => basename(file, '.json'));
    expect([...replayed].sort()).toEqual(all.sort());
  });
});
