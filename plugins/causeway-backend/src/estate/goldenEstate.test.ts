import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  expectedEdges,
  expectedEntities,
  formatEdge,
} from '@causeway/estate-simulator';
import type { Knex } from 'knex';
import { eventually } from './__testUtils__/eventually';
import { estateConfig, startEstateLab } from './__testUtils__/startEstateLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from './__testUtils__/testDatabases';
import { ObservationIndex } from './entities/ObservationIndex';
import { readProjectionConfig } from './projection/config';
import type { Projection } from './projection/model';
import { project } from './projection/project';

jest.setTimeout(180_000);

/** What the catalog makes of it by itself, or what only the whole portal has. */
const elsewhere = / (?:ownedBy|childOf|memberOf) /;

describe('Meridian, read over its three APIs and projected', () => {
  let lab: Awaited<ReturnType<typeof startEstateLab>>;

  // Hooks run in their order: what uses a database ends before it does.
  afterAll(() => lab.stop());

  const databases = createTestDatabases();
  const directory = createMockDirectory();
  let database: Knex;

  beforeAll(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    lab = await startEstateLab({ database, directory });
    // Kinds that only the clusters know come after the first look at them.
    await eventually(async () => {
      await new Promise(resolve => setTimeout(resolve, 100));
      const partitions = (await lab.ingestion.status()).flatMap(
        source => source.partitions,
      );
      const open = partitions.filter(
        ({ state }) => state !== 'fresh' && state !== 'absent',
      );
      const found = partitions.filter(({ kind }) =>
        kind.startsWith('buckets.'),
      );
      if (open.length > 0 || found.length < 3) {
        throw new Error(`Not read yet: ${open.map(({ id }) => id).join(', ')}`);
      }
    }, 120_000);
  }, 150_000);

  const projected = async (): Promise<Projection> => {
    const index = new ObservationIndex(lab.ingestion.observations);
    await index.follow();
    const file = directory.resolve('kubeconfig.yaml');
    const config = new ConfigReader(estateConfig(lab.estate, file));
    const read = readProjectionConfig(config);
    for (const [id, cluster] of [
      ['argocd-nonprod', 'staging'],
      ['argocd-prod', 'production-eu'],
    ]) {
      read.argocd[id] = {
        ...read.argocd[id],
        projectsAreTrusted: true,
        destinations: { 'https://kubernetes.default.svc': cluster },
        runsIn: { cluster, namespace: 'argocd' },
      };
    }
    return project(index.all(), read);
  };

  it('is exactly what the company declares', async () => {
    const entities = expectedEntities().map(({ ref }) => ref);
    const edges = expectedEdges()
      .map(formatEdge)
      .filter(line => !elsewhere.test(line));
    const found = await projected();
    expect(found.entities.map(({ ref }) => ref)).toEqual(entities);
    expect(
      found.edges.map(({ from, type, to }) => `${from} ${type} ${to}`).sort(),
    ).toEqual(edges);
    expect(JSON.stringify([found.entities, found.contexts])).not.toMatch(
      /CANARY/,
    );
  });

  it('tells what is wrong in production, and why', async () => {
    const { contexts } = await projected();
    const of = (ref: string) => contexts.find(context => context.ref === ref);
    const payments = 'resource:default/production-eu.payments';
    expect(of(`${payments}.postgresqlinstance.statements-db`)).toMatchObject({
      health: 'degraded',
      environment: { value: 'production' },
      conditions: [
        { type: 'Synced', status: 'True' },
        { type: 'Ready', status: 'False', reason: 'Creating' },
      ],
    });
    expect(of(`${payments}.documentarchive.statements`)).toMatchObject({
      health: 'healthy',
      conditions: expect.arrayContaining([
        {
          type: 'RetentionLocked',
          status: 'False',
          reason: 'RetentionNotConfigured',
        },
      ]),
    });
    expect(of(`${payments}.externalsecret.card-keys`)?.health).toBe('degraded');
    expect(of(`${payments}.secretstore.card-hsm`)?.health).toBe('degraded');
    expect(of(`${payments}.agent.payment-investigator`)?.health).toBe(
      'degraded',
    );
    expect(of(`${payments}.deployment.card-processor`)?.policyFailures).toEqual(
      [
        {
          policy: 'require-probes',
          rule: 'readiness-and-liveness',
          result: 'fail',
          severity: 'medium',
        },
        {
          policy: 'restrict-image-registries',
          rule: 'signed-images',
          result: 'fail',
          severity: 'high',
        },
      ],
    );
  });

  it('gives tool servers an address inside the cluster, and no other', async () => {
    const { entities } = await projected();
    const remotes = (name: string) =>
      entities.find(
        ({ ref }) => ref === `api:default/production-eu.kagent.${name}`,
      )?.entity.spec?.remotes;
    expect(remotes('remotemcpserver.cluster-tools')).toEqual([
      {
        type: 'streamable-http',
        url: 'http://cluster-tools.kagent.svc.cluster.local:8084/mcp',
      },
    ]);
    expect(remotes('remotemcpserver.incident-desk')).toEqual([
      {
        type: 'streamable-http',
        url: 'causeway:production-eu/kagent/remotemcpserver/incident-desk',
      },
    ]);
  });
});
