import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

describe('refresh-application', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterAll(() => lab.close());

  const refresh = (input: {}, name = 'cart-staging') =>
    new OperationRun({
      registry: lab.registry,
      operation: 'refresh-application',
      target: lab.application('argocd-nonprod', name),
      input,
    });

  it.each([{}, { refresh: 'normal' }, { refresh: 'hard' }])(
    'lets Argo CD look again with %j',
    async input => {
      const run = refresh(input);
      expect(await run.plan()).toMatchObject({
        changes: [],
        disruptive: false,
        warnings: [expect.stringContaining('syncs by itself')],
      });
      expect(await run.estimate()).toMatchObject({ delta: 0 });
      expect(await run.execute()).toMatchObject({
        message: 'Argo CD looked: Synced',
      });
      expect(await run.verify()).toEqual({
        state: 'healthy',
        message: 'It is Synced',
      });
    },
  );

  it('says what Argo CD cannot compare', async () => {
    const run = refresh({}, 'shipping-staging');
    await run.plan();
    lab.estate.world.editLive(
      {
        cluster: 'staging',
        type: 'applications.argoproj.io',
        namespace: 'argocd',
        name: 'shipping-staging',
      },
      ({ spec }) => {
        (spec as any).source.targetRevision = 'no-such-branch';
      },
    );
    await run.execute();
    expect(await run.verify()).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['is refused', { status: 403 }, 'OperationRefusal'],
    ['is held back', { status: 429 }, 'NothingWritten'],
    ['gets no answer', { cut: 'before' as const }, 'OutcomeUnknown'],
  ])('says what is known of a refresh that %s', async (_, fault, name) => {
    const run = refresh({});
    await run.plan();
    lab.estate.faults.add({ path: /refresh=normal/, times: 1, ...fault });
    await expect(run.execute()).rejects.toMatchObject({ name });
  });

  it('declares that nothing was written where the Application cannot be read', async () => {
    const run = refresh({});
    await run.plan();
    lab.estate.faults.add({ path: /cart-staging/, times: 1, status: 503 });
    await expect(run.execute()).rejects.toMatchObject({
      name: 'NothingWritten',
    });
  });

  it('cannot be undone, and takes no other way to look', () => {
    expect(lab.registry.get('refresh-application').rollback).toBeUndefined();
    expect(
      lab.registry
        .get('refresh-application')
        .input.safeParse({ refresh: 'delete' }).success,
    ).toBe(false);
  });
});
