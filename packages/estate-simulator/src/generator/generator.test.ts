import {
  AppsV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  NetworkingV1Api,
  PolicyV1Api,
  Watch,
} from '@kubernetes/client-node';
import {
  createEstateSimulator,
  EstateSimulator,
} from '../createEstateSimulator';
import { asList, asObject, at } from '../kubernetes/objects/json';
import { GenerateOptions } from './GenerateOptions';

describe('a generated estate', () => {
  const running: EstateSimulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map(estate => estate.close()));
  });

  async function start(generate: GenerateOptions) {
    const estate = await createEstateSimulator({ generate });
    running.push(estate);
    return estate;
  }

  const collections = [
    'apis/apps/v1/deployments',
    'apis/apps/v1/statefulsets',
    'apis/batch/v1/cronjobs',
    'apis/autoscaling/v2/horizontalpodautoscalers',
    'apis/policy/v1/poddisruptionbudgets',
    'apis/networking.k8s.io/v1/ingresses',
    'apis/gateway.networking.k8s.io/v1/httproutes',
    'api/v1/services',
    'api/v1/namespaces',
  ];

  /** Every list of every cluster as it comes over the wire, in pages. */
  async function readTexts({ urls }: EstateSimulator, limit: number) {
    const texts: string[] = [];
    for (const [cluster, { token }] of Object.entries(urls.kubernetes)) {
      for (const path of collections) {
        let next: string | undefined = '';
        while (next !== undefined) {
          const response: Response = await fetch(
            `${urls.http}/clusters/${cluster}/${path}?limit=${limit}${next && `&continue=${next}`}`,
            { headers: { authorization: `Bearer ${token}` } },
          );
          const text = await response.text();
          texts.push(text);
          next = JSON.parse(text).metadata.continue;
        }
      }
    }
    return texts;
  }

  const identities = (texts: string[]) =>
    texts.flatMap(text =>
      asList(JSON.parse(text).items).map(
        item => `${JSON.parse(text).kind} ${at(item, 'metadata', 'uid')}`,
      ),
    );

  it('is the same for the same seed and size, byte for byte, and another for another', async () => {
    const texts = await readTexts(await start({ seed: 7, objects: 400 }), 50);
    expect(await readTexts(await start({ seed: 7, objects: 400 }), 50)).toEqual(
      texts,
    );
    const other = await readTexts(await start({ seed: 8, objects: 400 }), 50);
    expect(other).not.toEqual(texts);
    // Four clusters have four namespaces of their own each.
    expect(new Set(identities(texts)).size).toBe(400 + 4 * 4);
    expect(new Set(identities(other)).size).toBe(400 + 4 * 4);
  });

  it('is read by a real client in pages, and looks like a cluster', async () => {
    const estate = await start({ seed: 3, services: 120, clusters: 2 });
    const config = new KubeConfig();
    config.loadFromString(estate.kubeconfig);
    config.setCurrentContext('production-eu');
    const readAll = async <T>(
      list: (options: {
        limit: number;
        _continue?: string;
      }) => Promise<{ items: T[]; metadata?: { _continue?: string } }>,
    ) => {
      const items: T[] = [];
      let pages = 0;
      let next: string | undefined;
      do {
        const page = await list({ limit: 25, _continue: next });
        items.push(...page.items);
        pages += 1;
        next = page.metadata?._continue;
      } while (next);
      return { items, pages };
    };
    const apps = config.makeApiClient(AppsV1Api);
    const core = config.makeApiClient(CoreV1Api);
    const deployments = await readAll(options =>
      apps.listDeploymentForAllNamespaces(options),
    );
    expect(deployments.pages).toBeGreaterThan(3);
    const names = deployments.items.map(
      ({ metadata }) => `${metadata?.namespace}/${metadata?.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(80);
    expect(names.length).toBeLessThanOrEqual(120);

    const services = await readAll(options =>
      core.listServiceForAllNamespaces(options),
    );
    const serviceNames = new Set(
      services.items.map(
        ({ metadata }) => `${metadata?.name}.${metadata?.namespace}`,
      ),
    );
    const addresses = deployments.items.flatMap(({ spec }) =>
      (spec?.template.spec?.containers[0].env ?? []).flatMap(
        ({ value }) =>
          /^http:\/\/([a-z0-9-]+\.[a-z0-9-]+)/.exec(value ?? '')?.[1] ?? [],
      ),
    );
    expect(addresses.length).toBeGreaterThan(60);
    expect(addresses.filter(address => !serviceNames.has(address))).toEqual([]);

    const [first] = deployments.items;
    const container = first.spec?.template.spec?.containers[0];
    expect(container).toMatchObject({
      livenessProbe: { httpGet: { port: 'http' } },
      resources: { limits: { memory: '512Mi' } },
    });
    expect(first.metadata?.managedFields).toHaveLength(2);
    for (const some of [
      await readAll(options => apps.listStatefulSetForAllNamespaces(options)),
      await readAll(options =>
        config.makeApiClient(BatchV1Api).listCronJobForAllNamespaces(options),
      ),
      await readAll(options =>
        config
          .makeApiClient(AutoscalingV2Api)
          .listHorizontalPodAutoscalerForAllNamespaces(options),
      ),
      await readAll(options =>
        config
          .makeApiClient(PolicyV1Api)
          .listPodDisruptionBudgetForAllNamespaces(options),
      ),
    ]) {
      expect(some.items.length).toBeGreaterThan(5);
    }
    const routes = await config
      .makeApiClient(CustomObjectsApi)
      .listCustomObjectForAllNamespaces({
        group: 'gateway.networking.k8s.io',
        version: 'v1',
        plural: 'httproutes',
      });
    expect(asList(asObject(routes).items).length).toBeGreaterThan(10);
    config.setCurrentContext('staging');
    const ingresses = await readAll(options =>
      config
        .makeApiClient(NetworkingV1Api)
        .listIngressForAllNamespaces(options),
    );
    expect(ingresses.items.length).toBeGreaterThan(10);
  });

  it('can be changed and watched from the version of its lists', async () => {
    const estate = await start({ objects: 60, clusters: 1 });
    const cluster = estate.world.cluster('production-eu');
    const [target] = cluster.list('deployments.apps');
    const { name, namespace } = target.metadata;
    const config = new KubeConfig();
    config.loadFromString(estate.kubeconfig);
    const { metadata } = await config
      .makeApiClient(AppsV1Api)
      .listDeploymentForAllNamespaces({ limit: 1 });
    const told = await new Promise((resolve, reject) => {
      new Watch(config)
        .watch(
          '/apis/apps/v1/deployments',
          { resourceVersion: metadata?.resourceVersion },
          (type, object) => resolve([type, object.metadata.name]),
          reject,
        )
        .catch(reject);
      cluster.updateStatus('deployments.apps', name, namespace, {
        readyReplicas: 0,
      });
    });
    expect(told).toEqual(['MODIFIED', name]);
  });

  it('has the Applications and repositories that belong to it, where asked for', async () => {
    const { urls } = await start({
      services: 30,
      clusters: 2,
      applications: true,
      repositories: true,
    });
    const { url, token } = urls.argocd['argocd-prod'];
    const authorization = `Bearer ${token}`;
    const applications = await fetch(`${url}/api/v1/applications`, {
      headers: { authorization },
    });
    const { items } = await applications.json();
    expect(items.length).toBeGreaterThan(15);
    expect(items[0]).toMatchObject({
      spec: { destination: { name: 'production-eu' } },
      status: { sync: { status: 'Synced' } },
    });
    const repositories = await fetch(
      `${urls.github.api}/orgs/meridian/repos?per_page=100`,
      { headers: { authorization: `Bearer ${urls.github.token}` } },
    );
    // One a service, and the one with the manifests.
    expect(await repositories.json()).toHaveLength(31);
  });

  it('refuses sizes that make no sense, naming the option', async () => {
    for (const [generate, message] of [
      [{ objects: 10, services: 10 }, 'either objects or services'],
      [{}, 'either objects or services'],
      [{ objects: 0 }, 'generate.objects'],
      [{ objects: 10, clusters: 100 }, 'generate.clusters'],
      [{ objects: 10, seed: 1.5 }, 'generate.seed'],
    ] as const) {
      await expect(createEstateSimulator({ generate })).rejects.toThrow(
        message,
      );
    }
    await expect(
      createEstateSimulator({ generate: { objects: 10 }, life: true }),
    ).rejects.toThrow('life');
  });
});
