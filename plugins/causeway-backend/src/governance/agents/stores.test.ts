import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import { CalibrationStore, type RecordSample } from './CalibrationStore';
import { HaltStore } from './HaltStore';
import { IdempotencyStore } from './IdempotencyStore';

jest.setTimeout(60_000);

const at = 1_900_000_000_000;
const day = 86_400_000;
const databases = createTestDatabases();
let knex: Knex;

beforeAll(async () => {
  knex = await databases.init(databaseId);
  await migrate(knex);
});

describe(`halts on ${databaseId}`, () => {
  let halts: HaltStore;

  beforeEach(async () => {
    await knex('gate_halts').delete();
    halts = new HaltStore(knex);
  });

  const halt = (scope: string, by = 'user:default/ada') =>
    knex.transaction(trx =>
      halts.halt(trx, { scope, by, reason: 'it runs wild', since: at }),
    );
  const resume = (scope: string) =>
    knex.transaction(trx =>
      halts.resume(trx, { scope, by: 'user:default/grace', at: at + 5 }),
    );
  const check = (...keys: string[]) =>
    knex.transaction(trx => halts.check(trx, keys));

  it('stop one agent or everything, until they are lifted', async () => {
    expect(await check('subject:scaler')).toBeUndefined();
    expect(await halt('subject:scaler')).toBe(true);
    expect(await halt('subject:scaler', 'user:default/eve')).toBe(false);
    expect(await check('subject:scaler')).toEqual({
      scope: 'subject:scaler',
      by: 'user:default/ada',
      reason: 'it runs wild',
      since: at,
    });
    expect(await check('subject:other')).toBeUndefined();
    expect(await halt('all')).toBe(true);
    expect(await check('subject:other')).toMatchObject({ scope: 'all' });
    expect(await check()).toMatchObject({ scope: 'all' });
    expect((await halts.list()).map(({ scope }) => scope)).toEqual([
      'subject:scaler',
      'all',
    ]);
    expect(await resume('all')).toBe(true);
    expect(await resume('all')).toBe(false);
    expect(await check('subject:other')).toBeUndefined();
    expect(await resume('subject:scaler')).toBe(true);
    expect(await halts.list()).toEqual([]);
    // What was is kept, and it can be halted again.
    expect(await halt('subject:scaler')).toBe(true);
    expect(await knex('gate_halts').select()).toHaveLength(3);
  });

  it('end a burst: nothing is claimed after a halt is there', async () => {
    const order: string[] = [];
    const claims = Array.from({ length: 60 }, (_, n) =>
      knex
        .transaction(async trx => {
          if (await halts.check(trx, [`subject:${n}`])) {
            return 'stopped';
          }
          // A claim has more to write before it is committed.
          await trx('gate_agents').insert({ key: `claim ${n}` });
          return 'claimed';
        })
        .then(what => order.push(what)),
    );
    const halted = halt('all').then(() => order.push('halted'));
    const late = halted.then(() =>
      Promise.all([
        check('subject:late').then(found => expect(found).toBeDefined()),
      ]),
    );
    await Promise.all([...claims, halted, late]);
    const before = await knex('gate_agents').where('key', 'like', 'claim %');
    expect(order.filter(one => one === 'claimed')).toHaveLength(before.length);
    expect(order.filter(one => one === 'stopped').length).toBe(
      60 - before.length,
    );
    await knex('gate_agents').delete();
  });

  if (databaseId === 'POSTGRES_17') {
    it('wait for a claim that began before them, and claims for them', async () => {
      const claim = await knex.transaction();
      expect(await halts.check(claim, [])).toBeUndefined();
      // Other claims go on beside it.
      expect(await check()).toBeUndefined();
      const events: string[] = [];
      const halted = halt('all').then(() => events.push('halted'));
      const waiting = await eventuallyWaiting();
      expect(waiting).toBe(true);
      events.push('claimed');
      await claim.commit();
      await halted;
      expect(events).toEqual(['claimed', 'halted']);
    });
  }

  /** Whether somebody waits for a lock in this database. */
  async function eventuallyWaiting(): Promise<boolean> {
    for (let tries = 0; tries < 2000; tries += 1) {
      const { rows } = await knex.raw(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows.length > 0) {
        return true;
      }
    }
    return false;
  }
});

describe(`records of agents on ${databaseId}`, () => {
  let store: CalibrationStore;

  beforeEach(async () => {
    await knex('gate_agent_samples').delete();
    store = new CalibrationStore(knex);
  });

  const key = {
    agent: 'user:default/ada via plugin:mcp-actions',
    operation: 'scale-workload',
    risk: 'production',
    environment: 'production',
  };
  const sample = (changes: Partial<RecordSample> = {}): RecordSample => ({
    ...key,
    requestId: 'r-1',
    target: 'resource:default/payment-api',
    at,
    ...changes,
  });
  const feedback = (
    verdict: 'right' | 'wrong' | 'unnecessary',
    changes: Partial<RecordSample> = {},
  ) =>
    knex.transaction(trx =>
      store.addFeedback(trx, { ...sample(changes), verdict }),
    );
  const outcome = (
    what: 'succeeded' | 'failed' | 'rolled-back' | 'unknown',
    changes: Partial<RecordSample> = {},
  ) =>
    knex.transaction(trx =>
      store.addOutcome(trx, { ...sample(changes), outcome: what }),
    );
  const record = (changes: Partial<typeof key> = {}) =>
    store.record({ ...key, ...changes, minimum: 3 });

  it('begin with nothing', async () => {
    expect(await record()).toEqual({
      agent: key.agent,
      operation: 'scale-workload',
      environment: 'production',
      right: 0,
      of: 0,
      lowerBound: undefined,
      minimum: 3,
    });
  });

  it('count one sample a target and day, and the worst of them', async () => {
    expect(await feedback('right')).toBe(true);
    expect(await feedback('right', { requestId: 'r-2', at: at + 1 })).toBe(
      false,
    );
    expect(await record()).toMatchObject({ right: 1, of: 1 });
    expect(await feedback('right', { at: at + day })).toBe(true);
    expect(await feedback('right', { target: 'resource:default/b' })).toBe(
      true,
    );
    expect(await record()).toMatchObject({
      right: 3,
      of: 3,
      lowerBound: expect.any(Number),
    });
    expect(await feedback('wrong', { requestId: 'r-3' })).toBe(true);
    expect(await feedback('unnecessary', { requestId: 'r-4' })).toBe(false);
    expect(await feedback('right', { requestId: 'r-5' })).toBe(false);
    expect(await record()).toMatchObject({ right: 2, of: 3 });
  });

  it('count what went wrong against, and a success not at all', async () => {
    expect(await outcome('succeeded')).toBe(false);
    expect(await record()).toMatchObject({ of: 0 });
    for (const [n, what] of (
      ['failed', 'rolled-back', 'unknown'] as const
    ).entries()) {
      expect(await outcome(what, { at: at + n * day })).toBe(true);
    }
    expect(await record()).toMatchObject({ right: 0, of: 3 });
    await feedback('right', { at: at + 5 * day });
    expect(await outcome('unknown', { at: at + 5 * day })).toBe(true);
    expect(await record()).toMatchObject({ right: 0, of: 4 });
  });

  it('stand apart by agent, operation, tier and environment', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        feedback('right', {
          operation: 'restart-workload',
          risk: 'development',
          environment: 'development',
          target: `resource:default/easy-${n}`,
        }),
      ),
    );
    expect(await record()).toMatchObject({ right: 0, of: 0 });
    for (const other of [
      { operation: 'restart-workload' },
      { risk: 'development' },
      { environment: 'development' },
      { agent: 'user:default/ada' },
    ]) {
      expect(await record(other)).toMatchObject({ of: 0 });
    }
    await feedback('right', { environment: undefined });
    expect(await record({ environment: undefined })).toMatchObject({ of: 1 });
    expect(await record()).toMatchObject({ of: 0 });
  });

  it('take one of many at once', async () => {
    const counted = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        feedback('right', { requestId: `r-${n}` }),
      ),
    );
    expect(counted.filter(Boolean)).toHaveLength(1);
    expect(await record()).toMatchObject({ right: 1, of: 1 });
  });
});

describe(`idempotency keys on ${databaseId}`, () => {
  let store: IdempotencyStore;

  beforeEach(async () => {
    await knex('gate_idempotency_keys').delete();
    store = new IdempotencyStore(knex);
  });

  const call = {
    principal: 'user:default/ada',
    operation: 'scale-workload',
    key: 'k-1',
    contentHash: 'abc',
  };
  const claim = (requestId: string, changes: Partial<typeof call> = {}) =>
    knex.transaction(trx =>
      store.claim(trx, { ...call, ...changes, requestId, at }),
    );

  it('give the same request for the same content', async () => {
    expect(await store.find(call)).toBeUndefined();
    expect(await claim('r-1')).toBeUndefined();
    expect(await claim('r-2')).toBe('r-1');
    expect(await store.find(call)).toBe('r-1');
  });

  it('refuse other content without a word about the first', async () => {
    await claim('r-1');
    const refused = claim('r-2', { contentHash: 'other' });
    await expect(refused).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'This idempotency key was sent with other content; take another key',
    });
    await expect(
      store.find({ ...call, contentHash: 'other' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('reveal nothing of somebody else, nor of another operation', async () => {
    await claim('r-1');
    for (const changes of [
      { principal: 'user:default/eve' },
      { operation: 'restart-workload' },
      { key: 'K-1' },
    ]) {
      expect(await store.find({ ...call, ...changes })).toBeUndefined();
      expect(
        await store.find({ ...call, ...changes, contentHash: 'other' }),
      ).toBeUndefined();
    }
  });

  it('are any text, and are not stored as they are', async () => {
    const key = `\u0000 secret ${'x'.repeat(100_000)}`;
    expect(await claim('r-1', { key })).toBeUndefined();
    expect(await claim('r-2', { key })).toBe('r-1');
    expect(JSON.stringify(await knex('gate_idempotency_keys'))).not.toContain(
      'secret',
    );
  });

  it('make one request of many that come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => claim(`r-${n}`)),
    );
    const made = answers.findIndex(answer => answer === undefined);
    expect(answers.filter(answer => answer === undefined)).toHaveLength(1);
    expect(new Set(answers.filter(Boolean))).toEqual(new Set([`r-${made}`]));
  });

  it('go with the transaction that claimed them, and are forgotten in time', async () => {
    await expect(
      knex.transaction(async trx => {
        await store.claim(trx, { ...call, requestId: 'r-1', at });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await claim('r-2')).toBeUndefined();
    expect(await store.prune(at)).toBe(0);
    expect(await store.prune(at + 1)).toBe(1);
    expect(await store.find(call)).toBeUndefined();
  });
});
