import {
  startKubernetesLab,
  untilAllFresh,
  untilState,
  type KubernetesLab,
} from '../__testUtils__/startKubernetesLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from '../__testUtils__/testDatabases';
import { kindName, kubernetesKinds } from '../sources/kubernetes/kinds';

jest.setTimeout(60_000);

const optional = [
  'argoproj.io',
  'gateway.networking.k8s.io',
  'kargo.akuity.io',
];

describe('kinds that a cluster does not have', () => {
  const databases = createTestDatabases();
  let lab: KubernetesLab;

  afterEach(() => lab.stop());

  it('are absent, cost no request, and are read once they are there', async () => {
    const database = await databases.init(databaseId);
    await migrate(database);
    const groups = optional.join('|').replaceAll('.', '\\.');
    lab = await startKubernetesLab({ database, withoutGroups: optional });
    // Breaks nothing; it counts.
    lab.server.faults.add({
      path: new RegExp(`/apis/(${groups})/`),
      delayMs: 0,
    });
    await untilAllFresh(lab.ingestion);
    lab.clock.advance(11 * 60_000);
    await untilAllFresh(lab.ingestion);

    const absent = kubernetesKinds.filter(({ group }) =>
      optional.includes(group),
    );
    expect(absent.length).toBeGreaterThan(10);
    for (const kind of absent) {
      await expect(
        lab.partition(`east/-/${kindName(kind)}`),
      ).resolves.toMatchObject({ state: 'absent', objects: 0 });
    }
    expect(lab.server.faults.list()[0].seen).toBe(0);

    lab.cluster.installType({
      group: 'kargo.akuity.io',
      version: 'v1alpha1',
      resource: 'stages',
      singular: 'stage',
      kind: 'Stage',
      namespaced: true,
    });
    lab.cluster.apply(
      {
        apiVersion: 'kargo.akuity.io/v1alpha1',
        kind: 'Stage',
        metadata: { name: 'test', namespace: 'payments' },
        spec: {},
      },
      { manager: 'kubectl' },
    );
    lab.clock.advance(11 * 60_000);
    await untilState(lab, 'east/-/stages.kargo.akuity.io', 'fresh');
    await expect(lab.keys('east/-/stages.kargo.akuity.io')).resolves.toEqual([
      'payments/test',
    ]);
  });
});
