import { viewApplication } from '../argocd/application';
import { asObject } from '../argocd/json';
import { expectedEntities } from '../seed/golden/expectedEntities';
import { meridian } from '../seed/meridian';
import { buildWorld, BuiltWorld } from './buildWorld';

const now = () => new Date('2026-11-20T09:00:00Z');
const build = () => buildWorld({ company: meridian, now });

function snapshot({ world }: BuiltWorld): string {
  return JSON.stringify({
    clusters: [...world.clusters.values()].map(cluster =>
      cluster.resourceTypes().map(type => {
        const name = type.group
          ? `${type.resource}.${type.group}`
          : type.resource;
        return cluster.list(name);
      }),
    ),
    git: [...world.repositories.values()].map(repository => repository.log()),
  });
}

// Building takes its time on a busy machine.
jest.setTimeout(60_000);

describe('buildWorld', () => {
  let built: BuiltWorld;
  beforeAll(() => {
    built = build();
  });
  afterAll(() => built.close());

  const applications = () =>
    [...built.world.argocd.values()].flatMap(controller =>
      controller.applications().map(object => {
        const { name, status, history, operationState } =
          viewApplication(object);
        return {
          name,
          sync: asObject(status.sync).status,
          health: asObject(status.health).status,
          deliveries: history.length,
          phase: operationState.phase,
        };
      }),
    );

  it('gives the same world for the same company at the same time', () => {
    const again = build();
    expect(snapshot(again)).toBe(snapshot(built));
    again.close();
  });

  it('holds the declared applications, nearly all of them in order', () => {
    const all = applications();
    expect(all).toHaveLength(
      expectedEntities().filter(({ type }) => type === 'argocd-application')
        .length,
    );
    expect(
      all.filter(({ sync }) => sync !== 'Synced').map(({ name }) => name),
    ).toEqual(['ledger-production-us', 'shipping-production-eu']);
    expect(all.filter(({ health }) => health !== 'Healthy')).toEqual([
      expect.objectContaining({
        name: 'recommendations-staging',
        health: 'Degraded',
      }),
      // Its canary waits for somebody.
      expect.objectContaining({
        name: 'storefront-web-production-eu',
        health: 'Suspended',
      }),
    ]);
    expect(new Set(all.map(({ phase }) => phase))).toEqual(
      new Set(['Succeeded']),
    );
    expect(
      all.find(({ name }) => name === 'payment-api-production-eu'),
    ).toMatchObject({ deliveries: 2 });
  });

  it('lets the cluster own the replicas of payment-api, and of nobody else', () => {
    const { world } = built;
    const deployment = world
      .cluster('production-eu')
      .get('deployments.apps', 'payment-api', 'payments')!;
    expect(asObject(deployment.spec).replicas).toBe(6);
    expect(
      deployment.metadata.managedFields?.map(({ manager }) => manager),
    ).toEqual(expect.arrayContaining(['argocd-controller', 'kubectl']));
    const ignoring = [...world.argocd.values()].flatMap(controller =>
      controller
        .applications()
        .filter(({ spec }) => asObject(spec).ignoreDifferences)
        .map(({ metadata }) => metadata.name),
    );
    expect(ignoring.sort()).toEqual([
      'payment-api-development',
      'payment-api-production-eu',
      'payment-api-production-us',
      'payment-api-staging',
    ]);
  });

  it('lets autoscalers keep their least replicas', () => {
    const replicas = (
      name: string,
      namespace: string,
      type = 'deployments.apps',
    ) =>
      asObject(
        built.world.cluster('production-us').get(type, name, namespace)?.spec,
      ).replicas;
    expect([
      replicas('storefront-web', 'shop', 'rollouts.argoproj.io'),
      replicas('catalogue', 'shop'),
      replicas('accounts', 'core-banking'),
    ]).toEqual([3, 2, 3]);
  });

  it('has canaries that must never leave the clusters', () => {
    const cluster = built.world.cluster('production-eu');
    const secret = cluster.get('secrets', 'payments-credentials', 'payments')!;
    expect(
      Buffer.from(String(asObject(secret.data).password), 'base64').toString(),
    ).toContain('CANARY-SECRET-');
    expect(
      JSON.stringify(
        cluster.get('deployments.apps', 'payment-api', 'payments'),
      ),
    ).toContain('postgres://app:CANARY-SECRET-payments-db@payments-db:5432');
  });

  it('has workloads that somebody made without labels or owner', () => {
    const stray = built.world
      .cluster('development')
      .get('deployments.apps', 'api', 'scratch')!;
    expect(stray.metadata.labels).toBeUndefined();
    const namespace = built.world
      .cluster('development')
      .get('namespaces', 'scratch')!;
    expect(namespace.metadata.annotations).toBeUndefined();
  });

  it('changes live state by commits, and says so in history', () => {
    const fresh = build();
    const { world } = fresh;
    const commit = world.releaseVersion({
      service: 'payment-api',
      cluster: 'production-eu',
      version: '2.14.4',
      login: 'ada-okafor',
    });
    const image = (name: string) => {
      const live = world
        .cluster('production-eu')
        .get('deployments.apps', name, 'payments');
      return JSON.stringify(live?.spec);
    };
    expect(image('payment-api')).toContain('/payment-api:2.14.4"');
    expect(image('payment-worker')).toContain('/payment-api/worker:2.14.4"');
    const application = viewApplication(
      world.argocdOf('production-eu').application('payment-api-production-eu')!,
    );
    expect(application.history.at(-1)).toMatchObject({
      id: 2,
      revision: commit.sha,
      initiatedBy: { automated: true },
    });
    // The replicas that people chose outlive the release.
    expect(
      asObject(
        world
          .cluster('production-eu')
          .get('deployments.apps', 'payment-api', 'payments')?.spec,
      ).replicas,
    ).toBe(6);
    fresh.close();
  });

  it('prunes what Git no longer wants, and takes removed labels away', () => {
    const fresh = build();
    const { world } = fresh;
    const folder = 'apps/fraud-detection/staging';
    world.commit({
      message: 'No autoscaler in staging',
      changes: {
        [`${folder}/horizontalpodautoscaler-fraud-detection.yaml`]: undefined,
      },
    });
    world.editManifest(
      {
        application: 'fraud-detection',
        cluster: 'staging',
        kind: 'Deployment',
        name: 'fraud-detection',
      },
      {
        message: 'One label less',
        edit: ({ metadata }) => {
          delete metadata.labels!['app.kubernetes.io/component'];
        },
      },
    );
    const cluster = world.cluster('staging');
    expect(
      cluster.get(
        'horizontalpodautoscalers.autoscaling',
        'fraud-detection',
        'payments',
      ),
    ).toBeUndefined();
    expect(
      cluster.get('deployments.apps', 'fraud-detection', 'payments')?.metadata
        .labels,
    ).not.toHaveProperty('app.kubernetes.io/component');
    fresh.close();
  });
});
