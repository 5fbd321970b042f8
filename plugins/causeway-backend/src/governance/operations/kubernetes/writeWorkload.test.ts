import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';
import { tellFailure } from '../../execution/tellFailure';

/** The write itself; dry runs carry `dryRun` in its place. */
const write = /deployments\/load-test\?fieldManager=causeway&timeout/;
const read = /deployments\/load-test$/;

describe('writing a workload', () => {
  let lab: OperationsLab;
  let requests = 0;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  beforeEach(() => {
    lab.estate.faults.clear();
    lab.waits.length = 0;
    edit(object => {
      object.spec.replicas = 1;
      delete object.metadata.annotations?.['causeway.dev/request'];
    });
  });
  afterAll(() => lab.close());

  const cluster = () => lab.estate.world.cluster('staging');
  const live = () =>
    cluster().get('deployments.apps', 'load-test', 'payments') as any;
  function edit(change: (object: any) => void) {
    lab.estate.world.editLive(
      {
        cluster: 'staging',
        type: 'deployments.apps',
        namespace: 'payments',
        name: 'load-test',
        manager: 'kubectl',
      },
      change,
    );
  }
  const target = () =>
    lab.workload('staging', 'Deployment', 'payments', 'load-test');
  async function planned(replicas = 2) {
    requests += 1;
    const run = new OperationRun({
      registry: lab.registry,
      operation: 'scale-workload',
      target: target(),
      input: { replicas },
      requestId: `request-${requests}`,
    });
    await run.plan();
    return run;
  }

  it.each([
    [401, 'not-permitted'],
    [403, 'not-permitted'],
    [422, 'rejected-by-source'],
  ])('writes nothing after %i', async (status, code) => {
    const run = await planned();
    lab.estate.faults.add({ method: 'PATCH', path: write, status });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OperationRefusal',
      code,
    });
    expect(live().spec.replicas).toBe(1);
  });

  it.each([
    ['the object cannot be read', { method: 'GET', path: read, status: 503 }],
    ['its read gets no answer', { method: 'GET', path: read, cut: 'before' }],
    [
      'the write is no way to write',
      { method: 'PATCH', path: write, status: 405 },
    ],
  ] as const)('declares that nothing was written when %s', async (_, fault) => {
    const run = await planned();
    lab.estate.faults.add(fault);
    await expect(run.execute()).rejects.toMatchObject({
      name: 'NothingWritten',
    });
    expect(live().spec.replicas).toBe(1);
  });

  it('declares that nothing was written when time is up before the write', async () => {
    const run = await planned();
    const { resourceVersion } = live().metadata;
    await expect(run.execute(AbortSignal.abort())).rejects.toMatchObject({
      name: 'NothingWritten',
    });
    expect(live().metadata.resourceVersion).toBe(resourceVersion);
  });

  it('tries again after a conflict that means nothing', async () => {
    const run = await planned();
    lab.estate.faults.add({
      method: 'PATCH',
      path: write,
      status: 409,
      times: 2,
    });
    await run.execute();
    expect(live().spec.replicas).toBe(2);
  });

  it('gives up when conflicts never end', async () => {
    const run = await planned();
    lab.estate.faults.add({ method: 'PATCH', path: write, status: 409 });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'NothingWritten',
      message: expect.stringContaining('nothing was written'),
    });
    expect(live().spec.replicas).toBe(1);
  });

  it('waits as long as it is asked to', async () => {
    const run = await planned();
    lab.estate.faults.add({
      method: 'PATCH',
      path: write,
      status: 429,
      headers: { 'Retry-After': '3' },
      times: 2,
    });
    await run.execute();
    expect(live().spec.replicas).toBe(2);
    expect(lab.waits).toEqual([3000, 3000]);
  });

  it.each([
    ['the connection is cut after it', { cut: 'middle' as const }],
    ['a proxy answers in its place', { rewrite: 'cut' as const }],
  ])('finds a write that took effect when %s', async (_, fault) => {
    const run = await planned();
    lab.estate.faults.add({ method: 'PATCH', path: write, times: 1, ...fault });
    await run.execute();
    expect(live().spec.replicas).toBe(2);
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
    await run.rollback();
    expect(live().spec.replicas).toBe(1);
  });

  it.each([
    [
      'the connection is cut before it',
      { cut: 'before' as const },
      'gave no answer (ECONNRESET)',
    ],
    ['the server fails', { status: 500 }, 'answered with status 500'],
    ['a gateway times out', { status: 504 }, 'answered with status 504'],
  ])('finds that nothing was written when %s', async (_, fault, why) => {
    const run = await planned();
    lab.estate.faults.add({ method: 'PATCH', path: write, times: 1, ...fault });
    const failure = await run.execute().catch(error => error);
    expect(failure).toMatchObject({ name: 'NothingWritten' });
    // People are told a sentence, and neither an address nor what caused what.
    expect(tellFailure(failure)).toMatch(
      new RegExp(
        `^The write of Deployment \\S+ of (\\S+) did not take effect: \\1 ${why.replace(/[()]/g, '\\$&')}`,
      ),
    );
    expect(tellFailure(failure)).not.toMatch(/PATCH|caused by/);
    expect(live().spec.replicas).toBe(1);
    // Looked at more than once: what was sent may be slow to arrive.
    expect(lab.waits).toEqual([0, 1000, 3000, 7000]);
  });

  it('says that nobody knows when the source is gone after a write', async () => {
    const run = await planned();
    lab.estate.faults.add({ method: 'PATCH', path: write, cut: 'middle' });
    // The check before the write is answered, and nothing after it.
    let reads = 0;
    lab.estate.faults.add({
      method: 'GET',
      path: {
        test: (url: string) => {
          reads += read.test(url) ? 1 : 0;
          return read.test(url) && reads > 1;
        },
      } as RegExp,
      status: 503,
    });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
    expect(live().spec.replicas).toBe(2);
    lab.estate.faults.clear();
    // Asked to do it once more, it finds its own mark and writes nothing.
    const { resourceVersion } = live().metadata;
    await run.execute();
    expect(live().metadata.resourceVersion).toBe(resourceVersion);
  });

  it('looks at what became of a write when time is up in the middle of it', async () => {
    const run = await planned();
    const time = new AbortController();
    lab.estate.faults.add({
      method: 'PATCH',
      path: {
        test: (url: string) => {
          if (write.test(url)) {
            setImmediate(() => time.abort());
          }
          return write.test(url);
        },
      } as RegExp,
      mute: true,
    });
    await run.execute(time.signal);
    expect(live().spec.replicas).toBe(2);
  });

  it('refuses what a third party changed between plan and write', async () => {
    const run = await planned();
    edit(({ spec }) => {
      spec.replicas = 3;
    });
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
    expect(live().spec.replicas).toBe(3);
  });

  it('refuses what a third party changes in the moment of the write', async () => {
    const run = await planned();
    let raced = false;
    lab.estate.faults.add({
      method: 'PATCH',
      path: {
        test: (url: string) => {
          if (write.test(url) && !raced) {
            raced = true;
            edit(({ spec }) => {
              spec.replicas = 5;
            });
          }
          return false;
        },
      } as RegExp,
    });
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
    expect(raced).toBe(true);
    expect(live().spec.replicas).toBe(5);
  });

  it('refuses what costs something else by now', async () => {
    const run = await planned();
    edit(({ spec }) => {
      spec.template.spec.containers[0].resources.requests.cpu = '4';
    });
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
    edit(({ spec }) => {
      spec.template.spec.containers[0].resources.requests.cpu = '100m';
    });
  });

  it('runs when only the status changed', async () => {
    const run = await planned();
    const before = live().metadata.resourceVersion;
    cluster().updateStatus('deployments.apps', 'load-test', 'payments', {
      ...live().status,
      readyReplicas: 0,
    });
    expect(live().metadata.resourceVersion).not.toBe(before);
    await run.execute();
    expect(live().spec.replicas).toBe(2);
  });

  it('refuses another object of the same name', async () => {
    const run = await planned();
    const { uid, resourceVersion, ...metadata } = live().metadata;
    const { apiVersion, kind, spec } = live();
    cluster().delete('deployments.apps', 'load-test', 'payments');
    cluster().apply(
      {
        apiVersion,
        kind,
        spec,
        metadata: {
          name: metadata.name,
          namespace: metadata.namespace,
          labels: metadata.labels,
        },
      },
      { manager: 'kubectl-create' },
    );
    expect(live().metadata.uid).not.toBe(uid);
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
      message: expect.stringContaining('deleted and made again'),
    });
    expect(live().spec.replicas).toBe(1);
  });

  it('rolls nothing back that a third party changed in the soak', async () => {
    const run = await planned();
    await run.execute();
    edit(({ spec }) => {
      spec.replicas = 4;
    });
    expect(await run.verify()).toEqual({
      state: 'failed',
      message: expect.stringContaining('somebody changed it'),
    });
    await expect(run.rollback()).rejects.toMatchObject({
      code: 'target-changed',
    });
    expect(live().spec.replicas).toBe(4);
  });

  it('rolls nothing back that another request wrote since', async () => {
    const run = await planned();
    await run.execute();
    const other = await planned(3);
    await other.execute();
    await other.rollback();
    expect(live().spec.replicas).toBe(2);
    await expect(run.rollback()).rejects.toMatchObject({
      code: 'target-changed',
    });
  });

  it('rolls back once', async () => {
    const run = await planned();
    await run.execute();
    await run.rollback();
    const { resourceVersion } = live().metadata;
    await run.rollback();
    expect(live().metadata.resourceVersion).toBe(resourceVersion);
  });

  it('says nothing of credentials in what it throws', async () => {
    const run = await planned();
    const { writeToken, token } = lab.estate.urls.kubernetes.staging;
    lab.estate.faults.add({ method: 'PATCH', path: write, cut: 'before' });
    const error: any = await run.execute().catch(thrown => thrown);
    const told = JSON.stringify([error.message, error.stack, error.cause]);
    expect(told).not.toContain(writeToken);
    expect(told).not.toContain(token);
  });
});

describe('writing a workload to a server that does not answer', () => {
  it('finds a write that took effect', async () => {
    const lab = await startOperationsLab({ timeout: 3_000 });
    try {
      const run = new OperationRun({
        registry: lab.registry,
        operation: 'scale-workload',
        target: lab.workload('staging', 'Deployment', 'payments', 'load-test'),
        input: { replicas: 2 },
      });
      await run.plan();
      lab.estate.faults.add({ method: 'PATCH', path: write, mute: true });
      await run.execute();
      expect(await run.verify()).toMatchObject({ state: 'healthy' });
    } finally {
      await lab.close();
    }
  });
});
