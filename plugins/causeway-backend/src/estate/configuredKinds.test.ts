import { ConfigReader } from '@backstage/config';
import { deployment } from './__testUtils__/objects';
import { eventually } from './__testUtils__/eventually';
import {
  startKubernetesLab,
  untilState,
} from './__testUtils__/startKubernetesLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from './__testUtils__/testDatabases';
import { ObservationIndex } from './entities/ObservationIndex';
import { readProjectionConfig } from './projection/config';
import { project } from './projection/project';

jest.setTimeout(60_000);

const group = 'platform.meridian.example';
const partition = `east/-/featureflags.${group}`;

describe('a kind that the configuration adds', () => {
  const databases = createTestDatabases();

  it('costs nothing before it is served, and is read, owned and related from then on', async () => {
    const database = await databases.init(databaseId);
    await migrate(database);
    const lab = await startKubernetesLab({
      database,
      seed: cluster => cluster.apply(deployment('web'), { manager: 'kubectl' }),
      estate: {
        kinds: [
          {
            group,
            resource: 'featureflags',
            owner: 'experiments',
            fields: { stage: 'spec.rollout.stage' },
            relations: [
              {
                type: 'dependsOn',
                path: 'spec.target',
                kind: 'Deployment',
                group: 'apps',
              },
            ],
          },
        ],
      },
    });
    try {
      const asked = lab.server.faults.add({
        path: /featureflags/,
        status: 500,
      });
      await untilState(lab, partition, 'absent', 'not-installed');
      expect(
        lab.server.faults.list().find(({ id }) => id === asked)?.seen,
      ).toBe(0);
      lab.server.faults.clear();

      lab.cluster.installType({
        group,
        version: 'v1alpha1',
        resource: 'featureflags',
        singular: 'featureflag',
        kind: 'FeatureFlag',
        namespaced: true,
        subresources: ['status'],
      });
      lab.cluster.apply(
        {
          apiVersion: `${group}/v1alpha1`,
          kind: 'FeatureFlag',
          metadata: { name: 'new-cart', namespace: 'payments' },
          spec: {
            rollout: { stage: 'half', note: 'CANARY' },
            target: 'web',
          },
          status: {
            conditions: [
              { type: 'Ready', status: 'False', reason: 'Rejected' },
            ],
          },
        },
        { manager: 'kubectl' },
      );
      lab.clock.advance(60_000);
      await untilState(lab, partition, 'fresh');

      const { entities, edges, contexts } = await eventually(async () => {
        const index = new ObservationIndex(lab.ingestion.observations);
        await index.follow();
        const all = project(
          index.all(),
          readProjectionConfig(new ConfigReader({})),
        );
        expect(all.entities.map(({ type }) => type)).toEqual(
          expect.arrayContaining(['feature-flag', 'kubernetes-workload']),
        );
        return all;
      });
      const ref = 'resource:default/east.payments.featureflag.new-cart';
      const { entity } = entities.find(one => one.ref === ref)!;
      expect(entity.spec).toMatchObject({
        type: 'feature-flag',
        owner: 'group:default/experiments',
        causeway: {
          details: { kind: 'FeatureFlag', name: 'new-cart', stage: 'half' },
          origins: { owner: { origin: 'platform' } },
        },
      });
      expect(edges).toContainEqual(
        expect.objectContaining({
          from: ref,
          type: 'dependsOn',
          to: 'resource:default/east.payments.deployment.web',
        }),
      );
      expect(contexts.find(one => one.ref === ref)).toMatchObject({
        health: 'degraded',
        conditions: [{ type: 'Ready', status: 'False', reason: 'Rejected' }],
      });
      expect(JSON.stringify([entities, contexts])).not.toContain('CANARY');
    } finally {
      await lab.stop();
    }
  });
});
