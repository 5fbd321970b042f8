import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import { catalogClaimsTopic } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import type { Observation } from './observations/model';
import type { ObservationReader } from './observations/ObservationStore';
import { eventually } from './__testUtils__/eventually';
import { untilAllFresh } from './__testUtils__/startKubernetesLab';
import { startEstateLab } from './__testUtils__/startEstateLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from './__testUtils__/testDatabases';

jest.setTimeout(180_000);

async function readAll(reader: ObservationReader) {
  const all: Observation[] = [];
  let mark: string | undefined;
  for (;;) {
    const page = await reader.changesSince(mark);
    all.push(...page.upserted);
    mark = page.mark;
    if (!page.more) {
      return { all, mark };
    }
  }
}

function component(
  name: string,
  annotations: Record<string, string>,
  location = `url:https://example.com/${name}`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        ...annotations,
      },
    },
    spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
  };
}

describe('the whole simulated estate, over its three APIs', () => {
  let lab: Awaited<ReturnType<typeof startEstateLab>>;

  // Hooks run in their order: what uses a database ends before it does.
  afterAll(() => lab.stop());

  const databases = createTestDatabases();
  const directory = createMockDirectory();
  let database: Knex;
  const topics: string[] = [];
  let hint: (() => Promise<void>) | undefined;
  const entities = [
    component('ledger', { 'backstage.io/kubernetes-id': 'ledger' }),
    component('inferred', {}, 'causeway:production-eu/-/deployments.apps'),
  ];

  beforeAll(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    lab = await startEstateLab({
      database,
      directory,
      entities,
      events: {
        async subscribe(options) {
          hint = () =>
            options.onEvent({ topic: options.topics[0], eventPayload: {} });
          topics.push(...options.topics);
        },
      } as EventsService,
    });
    await untilAllFresh(lab.ingestion, 60_000);
  }, 120_000);

  it('holds every kind of observation, once', async () => {
    const { all } = await readAll(lab.ingestion.observations);
    const counts: Record<string, number> = {};
    all.forEach(({ kind }) => {
      counts[kind] = (counts[kind] ?? 0) + 1;
    });
    expect(counts).toMatchObject({ Cluster: 4, Claim: 1 });
    for (const kind of [
      'Workload',
      'Service',
      'Ingress',
      'Gateway',
      'Route',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'Namespace',
      'ArgoApplication',
      'ArgoProject',
      'ArgoApplicationSet',
      'KargoProject',
      'KargoWarehouse',
      'KargoStage',
      'KargoFreight',
      'KargoPromotion',
      'Repository',
      'RepositoryDelivery',
      'Team',
    ]) {
      expect([kind, counts[kind]]).toEqual([kind, expect.any(Number)]);
    }
    expect(new Set(all.map(one => `${one.partition} ${one.key}`)).size).toBe(
      all.length,
    );
    const { world } = lab.estate;
    expect(counts.Repository).toBe(world.repositories.size);
    const inClusters = [...world.clusters.values()].flatMap(cluster =>
      [
        'deployments.apps',
        'statefulsets.apps',
        'daemonsets.apps',
        'cronjobs.batch',
        'rollouts.argoproj.io',
      ].flatMap(type =>
        cluster
          .list(type)
          .filter(object => !object.metadata.namespace?.startsWith('kube-')),
      ),
    );
    expect(counts.Workload).toBe(inClusters.length);
  });

  it('reads what people care about', async () => {
    const { all } = await readAll(lab.ingestion.observations);
    const find = (partition: string, key: string) =>
      all.find(one => one.partition === partition && one.key === key)?.data;
    expect(
      find('production-eu/-/deployments.apps', 'payments/payment-api'),
    ).toMatchObject({
      workloadKind: 'Deployment',
      current: true,
      references: expect.arrayContaining([
        expect.objectContaining({ host: 'payments-db', port: 5432 }),
      ]),
    });
    expect(
      find('argocd-prod/-/applications', 'argocd/payment-api-production-eu'),
    ).toMatchObject({
      instance: 'argocd-prod',
      project: 'payments',
      history: expect.arrayContaining([
        expect.objectContaining({
          revision: expect.stringMatching(/^\w{40}$/),
        }),
      ]),
      resources: expect.arrayContaining([
        expect.objectContaining({ kind: 'Deployment', name: 'payment-api' }),
      ]),
    });
    expect(
      find('github/meridian/repositories', 'meridian/payment-api'),
    ).toMatchObject({
      codeowners: expect.arrayContaining([
        { pattern: '*', owners: ['@meridian/payments'] },
      ]),
      topics: expect.any(Array),
      protection: {
        rules: [
          { type: 'branch-protection', name: 'main' },
          { type: 'ruleset', name: 'Reviewed changes only' },
        ],
        approvals: 2,
        statusChecks: ['test'],
      },
      hasAgentsMd: true,
      hasCatalogInfo: true,
      hasDocs: true,
      hasReadme: true,
    });
    expect(
      find('github/meridian/repositories', 'meridian/inventory'),
    ).toMatchObject({
      protection: { complete: false, rules: [] },
      hasAgentsMd: false,
      hasDocs: false,
    });
    expect(
      find('github/meridian/deliveries', 'meridian/payout-scheduler'),
    ).toMatchObject({
      workflows: [{ name: 'ci', conclusion: 'failure' }],
    });
    expect(find('github/meridian/teams', 'payments')).toMatchObject({
      parent: 'banking',
      members: expect.arrayContaining([
        expect.objectContaining({ login: expect.any(String) }),
      ]),
    });
    expect(find('catalog/-/components', 'component:default/ledger')).toEqual({
      entityRef: 'component:default/ledger',
      owner: 'payments',
      lifecycle: 'production',
      location: 'url:https://example.com/ledger',
      originLocation: 'url:https://example.com/ledger',
      annotations: { kubernetesId: 'ledger' },
    });
  });

  it('shows rate limit, addresses and watches', async () => {
    const sources = await lab.ingestion.status();
    expect(sources.map(source => source.id)).toEqual([
      'development',
      'staging',
      'production-eu',
      'production-us',
      'argocd-nonprod',
      'argocd-prod',
      'github',
      'catalog',
    ]);
    const github = sources.find(source => source.id === 'github');
    expect(github?.rateLimit).toMatchObject({ limit: 5000 });
    for (const source of sources) {
      expect(source.address).not.toMatch(/@|token/);
    }
  });

  it('keeps no secret and no credential in any table', async () => {
    const dump = JSON.stringify(
      await Promise.all(
        ['estate_observations', 'estate_partitions', 'estate_clock'].map(
          table => database(table).select(),
        ),
      ),
    );
    expect(dump).toContain('payments-db');
    expect(dump).not.toContain('CANARY');
    const { github, argocd, kubernetes } = lab.estate.urls;
    for (const { token } of [
      github,
      ...Object.values(argocd),
      ...Object.values(kubernetes),
    ]) {
      expect(dump).not.toContain(token);
    }
  });

  it('sees a release, a moved application and a new owner by itself', async () => {
    const { mark } = await readAll(lab.ingestion.observations);
    const { world } = lab.estate;
    world.releaseVersion({
      service: 'payment-api',
      cluster: 'production-eu',
      version: '99.0.0',
    });
    world.setNamespaceOwner({
      cluster: 'staging',
      namespace: 'payments',
      owner: 'security',
    });
    const seen: Observation[] = [];
    let from = mark;
    await eventually(async () => {
      const page = await lab.ingestion.observations.changesSince(from);
      from = page.mark;
      seen.push(...page.upserted);
      const text = JSON.stringify(seen);
      expect(text).toContain('payment-api:99.0.0');
      expect(text).toContain('"causeway.dev/owner":"security"');
      expect(
        seen.some(
          one =>
            one.kind === 'ArgoApplication' &&
            one.key === 'argocd/payment-api-production-eu',
        ),
      ).toBe(true);
    });
  });

  it('reads claims again on a hint', async () => {
    expect(topics).toEqual([catalogClaimsTopic]);
    const { mark } = await readAll(lab.ingestion.observations);
    entities.push(component('late', { 'argocd/app-name': 'late' }));
    await eventually(async () => {
      await hint!();
      const page = await lab.ingestion.observations.changesSince(mark);
      expect(page.upserted.map(one => one.key)).toContain(
        'component:default/late',
      );
    });
  });
});
