import { createManualTimers } from '../Timers';
import {
  startTestCluster,
  TestCluster,
  webDeployment,
} from '../testing/startTestCluster';

const deployments = '/apis/apps/v1/namespaces/guestbook/deployments';

describe('the Kubernetes API: watches', () => {
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
    const response = await fetch(`${simulated.url}${deployments}?watch=true`, {
      headers: { Authorization: 'Bearer admin-token' },
      signal: controller.signal,
    });
    expect(response.status).toBe(200);
    expect(timers.pending).toBe(before + 1);
    expect(simulated.server.disconnect('/clusters/test')).toBe(1);
    await expect(response.text()).rejects.toThrow();
    expect(timers.pending).toBe(before);
  });
});
