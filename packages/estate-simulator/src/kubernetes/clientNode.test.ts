import {
  AppsV1Api,
  KubeConfig,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  V1Deployment,
  Watch,
} from '@kubernetes/client-node';
import { createKubeconfig } from '../server/kubeconfig';
import {
  adminToken,
  startTestCluster,
  TestCluster,
  webDeployment,
} from './testing/startTestCluster';

const listPath = '/apis/apps/v1/deployments';

describe('@kubernetes/client-node', () => {
  let simulated: TestCluster;
  let config: KubeConfig;
  let apps: AppsV1Api;

  beforeEach(async () => {
    simulated = await startTestCluster();
    simulated.cluster.apply(webDeployment('web-0'), { manager: 'argocd' });
    config = new KubeConfig();
    config.loadFromString(
      createKubeconfig({
        clusters: [
          {
            name: 'test',
            server: `${simulated.server.httpsUrl}/clusters/test`,
            token: adminToken,
            caCertificate: simulated.server.caCertificate,
          },
        ],
      }),
    );
    apps = config.makeApiClient(AppsV1Api);
  });

  afterEach(() => simulated.server.close());

  it('lists in chunks and patches', async () => {
    simulated.cluster.apply(webDeployment('web-1'), { manager: 'argocd' });
    const first = await apps.listDeploymentForAllNamespaces({ limit: 1 });
    expect(first.items.map(item => item.metadata?.name)).toEqual(['web-0']);
    const second = await apps.listDeploymentForAllNamespaces({
      limit: 1,
      _continue: first.metadata?._continue,
    });
    expect(second.items.map(item => item.metadata?.name)).toEqual(['web-1']);
    const patched = await apps.patchNamespacedDeployment(
      {
        name: 'web-0',
        namespace: 'guestbook',
        body: { spec: { replicas: 6 } },
        fieldManager: 'causeway',
      },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    );
    expect(patched.spec?.replicas).toBe(6);
    await expect(
      apps.readNamespacedDeployment({ name: 'none', namespace: 'guestbook' }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it('watches', async () => {
    const { cluster } = simulated;
    const events: string[] = [];
    const seen = new Promise<void>((resolve, reject) => {
      new Watch(config)
        .watch(
          listPath,
          { resourceVersion: String(cluster.resourceVersion) },
          (type: string, object: V1Deployment) => {
            events.push(`${type} ${object.metadata?.name}`);
            if (type === 'DELETED') resolve();
          },
          reject,
        )
        .then(() => {
          cluster.apply(webDeployment('web-2'), { manager: 'test' });
          cluster.delete('deployments.apps', 'web-2', 'guestbook');
        }, reject);
    });
    await seen;
    expect(events).toEqual(['ADDED web-2', 'DELETED web-2']);
  });

  it('keeps an informer current', async () => {
    const informer = makeInformer<V1Deployment>(config, listPath, () =>
      apps.listDeploymentForAllNamespaces(),
    );
    informer.on('error', () => undefined);
    const added = new Promise<void>(resolve => {
      informer.on('add', object => {
        if (object.metadata?.name === 'web-3') resolve();
      });
    });
    await informer.start();
    simulated.cluster.apply(webDeployment('web-3'), { manager: 'test' });
    await added;
    expect(
      informer
        .list('guestbook')
        .map(item => item.metadata?.name)
        .sort(),
    ).toEqual(['web-0', 'web-3']);
    await informer.stop();
  });
});
