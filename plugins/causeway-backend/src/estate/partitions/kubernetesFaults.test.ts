import type { Fault } from '@causeway/estate-simulator';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../__testUtils__/testDatabases';
import { deployment } from '../__testUtils__/objects';
import { eventually } from '../__testUtils__/eventually';
import { patientLimits } from '../__testUtils__/patientLimits';
import {
  type KubernetesLab,
  startKubernetesLab,
  untilAllFresh,
  untilState,
} from '../__testUtils__/startKubernetesLab';

jest.setTimeout(180_000);

const deployments = 'east/-/deployments.apps';
const services = 'east/-/services';
const listPath = /apis\/apps\/v1\/deployments\?limit/;
const names = Array.from({ length: 10 }, (_, i) => `web-${i}`);
const allKeys = names.map(name => `payments/${name}`);
const completeList = 10 * 60_000;

describe(`reading a cluster through faults on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let database: Knex;
  let lab: KubernetesLab;

  beforeEach(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    lab = await startKubernetesLab({
      database,
      seed: cluster =>
        names.forEach(name =>
          cluster.apply(deployment(name), { manager: 'kubectl' }),
        ),
    });
    await untilAllFresh(lab.ingestion);
  });

  afterEach(() => lab.stop());

  /** Seq of the clock: unchanged means that no observation was written. */
  async function writes() {
    return Number((await database('estate_clock').first()).seq);
  }

  function expectWhole() {
    return expect(lab.keys(deployments)).resolves.toEqual(allKeys);
  }

  const faults: [string, Omit<Fault, 'path'>, string, RegExp][] = [
    ['401', { status: 401 }, 'unauthorized', /renew its token/],
    [
      '403',
      { status: 403 },
      'forbidden',
      /may not read deployments\.apps.*grant.*docs\/operations\/rbac\.md/,
    ],
    ['404', { status: 404 }, 'not-found', /nothing is deleted/],
    ['429', { status: 429 }, 'rate-limited', /slow down/],
    [
      '429 with Retry-After',
      { status: 429, headers: { 'Retry-After': '90' } },
      'rate-limited',
      /left alone for 90 s/,
    ],
    ['500', { status: 500 }, 'server-error', /status 500/],
    ['no answer in time', { delayMs: 60_000 }, 'timeout', /in time/],
    ['a cut connection', { cut: 'before' }, 'connection', /cut/],
    ['a page cut in the middle', { cut: 'middle' }, 'connection', /cut/],
    [
      'broken JSON',
      { status: 200, body: '{"metadata":{"resourceVersion":"9"},"items":[' },
      'truncated',
      /cut JSON/,
    ],
    [
      'JSON of something else',
      { status: 200, body: { hello: 'world' } },
      'malformed',
      /Kubernetes API server/,
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://169.254.169.254/' } },
      'misconfigured',
      /redirects are not followed/,
    ],
  ];

  it.each(faults)(
    'deletes nothing on %s, says why, and is right one cycle later',
    async (_name, fault, reason, message) => {
      const before = await writes();
      const { confirmedAt } = await lab.partition(deployments);
      lab.limits.request = fault.delayMs ? 500 : lab.limits.request;
      const injected = lab.server.faults.add({ ...fault, path: listPath });
      lab.cluster.delete('deployments.apps', 'web-3', 'payments');
      await eventually(async () => expect(await writes()).toBe(before + 1));
      // Time alone brings the next complete list, for every partition.
      lab.clock.advance(completeList);
      const stale = await untilState(lab, deployments, 'stale', reason);
      expect(stale.message).toMatch(message);
      expect(stale).toMatchObject({ objects: 9, confirmedAt, watching: false });
      // A failing kind stops no other one.
      await eventually(async () =>
        expect((await lab.partition(services)).confirmedAt).toBe(
          lab.clock.now(),
        ),
      );
      // A restart in the middle of it doubles and loses nothing.
      await lab.restart();
      await untilState(lab, deployments, 'stale', reason);
      expect(await lab.keys(deployments)).toHaveLength(9);

      lab.server.faults.remove(injected);
      lab.limits.request = 20_000;
      lab.cluster.apply(deployment('web-3'), { manager: 'kubectl' });
      lab.clock.advance(91_000);
      await untilState(lab, deployments, 'fresh');
      await eventually(expectWhole);
      expect(await writes()).toBe(before + 2);
    },
  );

  it('leaves a source alone for as long as it asks, over a restart, too', async () => {
    lab.server.faults.add({
      path: listPath,
      status: 429,
      headers: { 'Retry-After': '90' },
      times: 1,
    });
    lab.clock.advance(completeList);
    const { nextAttemptAt } = await untilState(
      lab,
      deployments,
      'stale',
      'rate-limited',
    );
    expect(nextAttemptAt).toBe(lab.clock.now() + 90_000);
    await lab.restart();
    lab.clock.advance(80_000);
    await eventually(async () =>
      expect(await lab.partition(services)).toMatchObject({ watching: true }),
    );
    expect(await lab.partition(deployments)).toMatchObject({ state: 'stale' });
    lab.clock.advance(10_000);
    await untilState(lab, deployments, 'fresh');
  });

  it('holds an empty answer where there were objects until a second one confirms it', async () => {
    const before = await writes();
    lab.server.faults.add({
      path: listPath,
      status: 200,
      body: {
        kind: 'DeploymentList',
        apiVersion: 'apps/v1',
        metadata: { resourceVersion: String(lab.cluster.resourceVersion) },
        items: [],
      },
      times: 1,
    });
    lab.clock.advance(completeList);
    const held = await untilState(
      lab,
      deployments,
      'held',
      'suspiciously-empty',
    );
    expect(held.message).toMatch(/lacks 10 of 10/);
    await expectWhole();
    lab.clock.advance(60_000);
    await untilState(lab, deployments, 'fresh');
    await expectWhole();
    expect(await writes()).toBe(before);
  });

  it('holds a mass removal and applies it once confirmed, over a restart', async () => {
    // While nobody reads, half of the partition goes.
    await lab.ingestion.stop();
    names
      .slice(0, 5)
      .forEach(name =>
        lab.cluster.delete('deployments.apps', name, 'payments'),
      );
    await lab.restart();
    const held = await untilState(lab, deployments, 'held', 'mass-removal');
    expect(held.objects).toBe(10);
    await expectWhole();
    await lab.restart();
    await untilState(lab, deployments, 'fresh');
    expect(await lab.keys(deployments)).toEqual(allKeys.slice(5));
  });

  it('applies a small removal at once, and polls where it may not watch', async () => {
    await lab.ingestion.stop();
    lab.server.faults.add({ path: /watch=true/, status: 403 });
    lab.cluster.delete('deployments.apps', 'web-0', 'payments');
    await lab.restart();
    await eventually(async () =>
      expect(await lab.partition(deployments)).toMatchObject({
        state: 'fresh',
        objects: 9,
        watching: false,
        message: expect.stringContaining('watch'),
      }),
    );
    lab.cluster.delete('deployments.apps', 'web-1', 'payments');
    lab.clock.advance(60_000);
    await eventually(async () =>
      expect(await lab.keys(deployments)).toEqual(allKeys.slice(2)),
    );
  });

  it('shows a change of the cluster by its watch, while the clock stands still', async () => {
    const { mark } = await lab.ingestion.observations.changesSince(undefined);
    const changed = jest.fn();
    lab.ingestion.onChange(changed);
    lab.cluster.apply(
      deployment('web-2', { image: 'ghcr.io/meridian/web:2' }),
      {
        manager: 'kubectl',
      },
    );
    const { upserted } = await eventually(async () => {
      const changes = await lab.ingestion.observations.changesSince(mark);
      expect(changes.upserted).toHaveLength(1);
      return changes;
    });
    expect(upserted[0]).toMatchObject({
      key: 'payments/web-2',
      kind: 'Workload',
      data: { containers: [{ name: 'web', image: 'ghcr.io/meridian/web:2' }] },
    });
    expect(changed).toHaveBeenCalledWith({
      partition: deployments,
      observations: true,
    });
  });

  it('resumes a watch that is cut, without listing again', async () => {
    const lists = lab.server.faults.add({ path: listPath, delayMs: 0 });
    lab.server.disconnect('/clusters/east');
    lab.cluster.apply(deployment('web-10'), { manager: 'kubectl' });
    await eventually(async () => {
      lab.clock.advance(1000);
      expect(await lab.keys(deployments)).toContain('payments/web-10');
    });
    expect(
      lab.server.faults.list().find(fault => fault.id === lists)?.seen,
    ).toBe(0);
  });

  it('opens a watch again that went silent', async () => {
    const watches = lab.server.faults.add({
      path: /deployments\?watch/,
      delayMs: 0,
    });
    lab.limits.silence = 100;
    await lab.restart();
    await eventually(() => {
      lab.clock.advance(1000);
      const { seen } = lab.server.faults
        .list()
        .find(fault => fault.id === watches)!;
      expect(seen).toBeGreaterThan(2);
    });
    // A busy machine may be silent for longer than that by itself.
    Object.assign(lab.limits, patientLimits());
    await eventually(async () => {
      lab.clock.advance(1000);
      expect(await lab.partition(deployments)).toMatchObject({
        state: 'fresh',
      });
    });
  });

  it.each([
    ['an HTTP 410', { path: /deployments\?watch/, status: 410, times: 1 }],
    [
      'an ERROR event',
      {
        path: /deployments\?watch/,
        status: 200,
        body: `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`,
        times: 1,
      },
    ],
  ])('lists again when the watch is too old: %s', async (_name, fault) => {
    lab.server.faults.add(fault);
    lab.server.disconnect('/clusters/east');
    lab.cluster.apply(deployment('web-10'), { manager: 'kubectl' });
    const { confirmedAt } = await lab.partition(deployments);
    await eventually(async () => {
      lab.clock.advance(1000);
      expect(await lab.keys(deployments)).toContain('payments/web-10');
      const partition = await lab.partition(deployments);
      expect(partition).toMatchObject({ state: 'fresh', watching: true });
      expect(partition.confirmedAt).toBeGreaterThan(confirmedAt!);
    });
  });

  it('writes nothing on an unchanged second pass', async () => {
    const before = await writes();
    lab.clock.advance(completeList);
    await eventually(async () => {
      for (const partition of [deployments, services]) {
        expect((await lab.partition(partition)).confirmedAt).toBe(
          lab.clock.now(),
        );
      }
    });
    expect(await writes()).toBe(before);
  });

  it('keeps what it knows of objects that became malformed, and counts them', async () => {
    const broken = {
      kind: 'DeploymentList',
      apiVersion: 'apps/v1',
      metadata: { resourceVersion: String(lab.cluster.resourceVersion) },
      items: [
        { metadata: { name: 'web-0', namespace: 'payments' }, spec: 7 },
        { metadata: { name: 'web-1', namespace: 'payments' } },
        { metadata: { name: { deep: true } } },
        null,
        'text',
        ...lab.cluster.list('deployments.apps').slice(2),
      ],
    };
    lab.server.faults.add({ path: listPath, body: broken, status: 200 });
    lab.clock.advance(completeList);
    await eventually(async () =>
      expect(await lab.partition(deployments)).toMatchObject({
        state: 'fresh',
        objects: 10,
        unreadable: 5,
      }),
    );
    await expectWhole();
  });

  it('marks a kind absent that is not served, and finds it when it is', async () => {
    const routes = 'east/-/httproutes.gateway.networking.k8s.io';
    lab.server.faults.add({
      path: '/clusters/east/apis/gateway.networking.k8s.io/v1',
      status: 200,
      body: { kind: 'APIResourceList', resources: [] },
    });
    await untilState(lab, routes, 'fresh');
    lab.clock.advance(completeList);
    await untilState(lab, routes, 'absent', 'not-installed');
    lab.server.faults.clear();
    lab.clock.advance(60_000);
    const found = await untilState(lab, routes, 'fresh');
    expect(found.reason).toBeUndefined();
  });
});
