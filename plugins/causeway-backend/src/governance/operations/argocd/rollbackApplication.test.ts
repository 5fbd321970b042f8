import { OperationRun } from '../__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from '../__testUtils__/startOperationsLab';

const name = 'shipping-staging';

describe('rollback-application', () => {
  let lab: OperationsLab;
  beforeAll(async () => {
    lab = await startOperationsLab();
  });
  afterEach(() => lab.estate.faults.clear());
  afterAll(() => lab.close());

  const rollBack = (
    id: number,
    target = lab.application('argocd-nonprod', name),
  ) =>
    new OperationRun({
      registry: lab.registry,
      operation: 'rollback-application',
      target,
      input: { id, prune: false },
    });
  const status = () =>
    (lab.estate.world.argocd.get('argocd-nonprod')!.application(name) as any)
      .status;

  it('deploys a former deployment, and the present one once more', async () => {
    const [former, present] = status().history;
    const run = rollBack(former.id);
    expect(await run.plan()).toMatchObject({
      summary: `Roll ${name} back to deployment ${former.id}, ${former.revision.slice(0, 12)}`,
      changes: [{ before: present.revision, after: former.revision }],
      warnings: [expect.stringContaining('Git still says otherwise')],
      bound: {
        project: 'fulfilment',
        revision: former.revision,
        previous: String(present.id),
      },
    });
    const { delta, unknown } = await run.estimate();
    expect(delta).toBeUndefined();
    expect(unknown).toContain('not compared');

    await run.execute();
    expect(status().history.at(-1).revision).toBe(former.revision);
    expect(await run.verify()).toMatchObject({ state: 'healthy' });
    await run.rollback();
    expect(status().history.at(-1).revision).toBe(present.revision);
    expect(status().sync.status).toBe('Synced');
  });

  it('finds a rollback that was begun when the connection is cut after it', async () => {
    const { history } = status();
    const run = rollBack(history[0].id);
    await run.plan();
    lab.estate.faults.add({
      method: 'POST',
      path: /rollback$/,
      cut: 'middle',
      times: 1,
    });
    await run.execute();
    expect(status().history.length).toBe(history.length + 1);
    await run.rollback();
  });

  it('begins nothing when the connection is cut before it', async () => {
    const { history } = status();
    const run = rollBack(history[0].id);
    await run.plan();
    lab.estate.faults.add({
      method: 'POST',
      path: /rollback$/,
      cut: 'before',
      times: 1,
    });
    await expect(run.execute()).rejects.toThrow('was not begun');
    expect(status().history).toEqual(history);
  });

  it('refuses what cannot be', async () => {
    const { history } = status();
    await expect(rollBack(4711).plan()).rejects.toMatchObject({
      code: 'no-such-deployment',
    });
    await expect(rollBack(history.at(-1).id).plan()).rejects.toMatchObject({
      code: 'nothing-to-do',
    });
    await expect(
      rollBack(0, lab.application('argocd-nonprod', 'cart-staging')).plan(),
    ).rejects.toMatchObject({
      code: 'automated-sync',
      hint: expect.stringContaining('Revert the commit in Git'),
    });
  });

  it('refuses when somebody deployed in between', async () => {
    const run = rollBack(status().history[0].id);
    await run.plan();
    lab.estate.world.argocd
      .get('argocd-nonprod')!
      .sync(name, { initiatedBy: { username: 'somebody' } });
    await expect(run.execute()).rejects.toMatchObject({
      code: 'target-changed',
    });
  });
});
