import type { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import {
  type KubernetesLab,
  startKubernetesLab,
  untilState,
} from '../../__testUtils__/startKubernetesLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from '../../__testUtils__/testDatabases';

jest.setTimeout(120_000);

const group = 'platform.meridian.example';
const claims = `east/-/databases.${group}`;
const composites = `east/-/xdatabases.${group}`;
const managed = 'east/-/instances.rds.aws.upbound.io';
const secret = 'east/-/vaults.elsewhere.example';

/** As Crossplane installs a type, which no configuration names. */
function install(
  lab: Pick<KubernetesLab, 'cluster'>,
  kind: string,
  category: string,
  options: { group?: string; cluster?: boolean; version?: string } = {},
) {
  lab.cluster.installType({
    group: options.group ?? group,
    version: options.version ?? 'v1alpha1',
    resource: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    kind,
    namespaced: !options.cluster,
    categories: [category],
    subresources: ['status'],
  });
}

describe('kinds that only the cluster knows', () => {
  const databases = createTestDatabases();
  let database: Knex;
  let lab: KubernetesLab;

  const claimed = (name: string) => ({
    apiVersion: `${group}/v1alpha1`,
    kind: 'Database',
    metadata: { name, namespace: 'payments' },
    spec: { size: 3 },
  });

  /** The scheduler looks for what was found once in a third of a lease. */
  const untilAt = (id: string, state: string, reason?: string) =>
    eventually(async () => {
      lab.clock.advance(5_000);
      expect(await lab.partition(id)).toMatchObject({ state, reason });
    });

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    lab = await startKubernetesLab({
      database,
      seed: cluster => {
        install({ cluster }, 'Database', 'claim');
        install({ cluster }, 'Instance', 'managed', {
          group: 'rds.aws.upbound.io',
          cluster: true,
        });
        install({ cluster }, 'Vault', 'managed', {
          group: 'elsewhere.example',
        });
        install({ cluster }, 'Widget', 'all', { group: 'widgets.example.org' });
        cluster.apply(claimed('ledger'), { manager: 'kubectl' });
      },
    });
    await untilAt(claims, 'fresh');
  });

  afterEach(() => lab.stop());

  it('are found by their categories, and others are not read', async () => {
    await expect(lab.keys(claims)).resolves.toEqual(['payments/ledger']);
    await untilAt(managed, 'fresh');
    // Nothing of it is there: it is not watched.
    expect(await lab.partition(managed)).toMatchObject({
      objects: 0,
      watching: false,
    });
    expect(await lab.partition('east/-/widgets.widgets.example.org')).toBe(
      undefined,
    );
    // Once there is something it is listed in time, and watched from then on.
    const instance = (name: string) =>
      lab.cluster.apply(
        {
          apiVersion: 'rds.aws.upbound.io/v1alpha1',
          kind: 'Instance',
          metadata: { name },
          spec: { forProvider: {} },
        },
        { manager: 'crossplane' },
      );
    instance('one');
    lab.clock.advance(10 * 60_000);
    await eventually(async () =>
      expect(await lab.partition(managed)).toMatchObject({ watching: true }),
    );
    instance('two');
    await eventually(async () =>
      expect(await lab.keys(managed)).toEqual(['one', 'two']),
    );
  });

  it('are stale with the reason where they may not be read, and stop nothing else', async () => {
    await untilAt(secret, 'stale', 'forbidden');
    expect((await lab.partition(secret)).message).toMatch(
      /vaults\.elsewhere\.example.*rbac\.md/,
    );
    expect(await lab.partition(claims)).toMatchObject({ state: 'fresh' });
    expect(await lab.partition('east/-/services')).toMatchObject({
      state: 'fresh',
    });
  });

  it('are picked up when they are defined later', async () => {
    expect(await lab.partition(composites)).toBeUndefined();
    install(lab, 'XDatabase', 'composite', { cluster: true });
    lab.cluster.apply(
      {
        apiVersion: `${group}/v1alpha1`,
        kind: 'XDatabase',
        metadata: { name: 'ledger-x1' },
        spec: {},
      },
      { manager: 'crossplane' },
    );
    lab.clock.advance(30_000);
    await untilAt(composites, 'fresh');
    await expect(lab.keys(composites)).resolves.toEqual(['ledger-x1']);
  });

  it('outlive a restart, and a discovery that fails', async () => {
    lab.server.faults.add({ path: /\/apis$/, status: 503 });
    await lab.restart();
    expect(await lab.partition(claims)).toMatchObject({ objects: 1 });
    await untilState(lab, 'east/-/cluster', 'stale', 'server-error');
    await eventually(async () => {
      lab.clock.advance(5_000);
      expect(await lab.partition(claims)).toMatchObject({ watching: true });
    });
    lab.cluster.apply(claimed('payouts'), { manager: 'kubectl' });
    await eventually(async () =>
      expect(await lab.keys(claims)).toEqual([
        'payments/ledger',
        'payments/payouts',
      ]),
    );
  });

  it('are kept while one look at their group fails, and doubted once when they are gone', async () => {
    const of = new RegExp(`/apis/${group.replace(/\./g, '\\.')}$`);
    const fault = lab.server.faults.add({ path: of, status: 500 });
    lab.clock.advance(10 * 60_000);
    await untilState(lab, claims, 'stale', 'server-error');
    await expect(lab.keys(claims)).resolves.toEqual(['payments/ledger']);
    lab.server.faults.remove(fault);
    lab.server.faults.add({ path: of, status: 404 });
    await untilAt(claims, 'held', 'not-installed');
    await expect(lab.keys(claims)).resolves.toEqual(['payments/ledger']);
    lab.clock.advance(60_000);
    await untilAt(claims, 'absent', 'not-installed');
    await expect(lab.keys(claims)).resolves.toEqual([]);
  });

  it('are found on servers that tell one group at a time', async () => {
    const answer = await fetch(`${lab.server.httpUrl}/clusters/east/apis`, {
      headers: { authorization: 'Bearer lab-token' },
    });
    lab.server.faults.add({
      path: /\/apis$/,
      status: 200,
      body: (await answer.json()) as object,
    });
    install(lab, 'XDatabase', 'composite', { cluster: true });
    lab.clock.advance(30_000);
    await untilAt(composites, 'fresh');
    expect(await lab.partition(composites)).toMatchObject({ objects: 0 });
  });
});
