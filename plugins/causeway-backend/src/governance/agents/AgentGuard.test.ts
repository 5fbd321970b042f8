import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import { type AdmissionCall, AgentGuard } from './AgentGuard';
import type { AgentLimits } from './AgentLimits';
import { HaltStore } from './HaltStore';

jest.setTimeout(60_000);

const start = 1_900_000_000_000;
const minute = 60_000;

const limits: AgentLimits = {
  requestsPerMinute: 5,
  assessmentsPerMinute: 3,
  openRequests: 10,
  openPerTarget: 3,
  repetition: { count: 4, withinMs: 10 * minute },
  coolDownMs: 30 * minute,
  spread: { targets: 1000, withinMs: 3_600_000 },
};

describe(`the guard of agents on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let halts: HaltStore;
  let guard: AgentGuard;
  let unique = 0;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    halts = new HaltStore(knex);
    guard = new AgentGuard({ halts });
  });

  beforeEach(async () => {
    for (const table of [
      'gate_halts',
      'gate_agents',
      'gate_agent_attempts',
      'gate_agent_denials',
    ]) {
      await knex(table).delete();
    }
  });

  interface Changes extends Partial<Omit<AdmissionCall, 'open'>> {
    openByKey?: number;
    openByTarget?: number;
  }

  /** A call whose content is another one each time. */
  const call = ({
    openByKey = 0,
    openByTarget = 0,
    ...changes
  }: Changes = {}): AdmissionCall => ({
    key: 'subject:scaler',
    operation: 'scale-workload',
    target: 'resource:default/payment-api',
    inputHash: `input-${(unique += 1)}`,
    at: start,
    open: {
      byKey: knex.raw('(select cast(? as integer))', [openByKey]),
      byTarget: knex.raw('(select cast(? as integer))', [openByTarget]),
    },
    ownsTarget: false,
    scopes: [changes.key ?? 'subject:scaler'],
    limits,
    ...changes,
  });
  const ask = async (changes: Changes = {}) => {
    const admission = await knex.transaction(trx =>
      guard.admit(trx, call(changes)),
    );
    return admission.admitted ? 'admitted' : admission.refusal;
  };
  const deny = (changes: Changes & { requestId?: string } = {}) =>
    knex.transaction(trx =>
      guard.denied(trx, { ...call(), requestId: 'r-1', ...changes }),
    );

  it('lets in so many requests a minute, and says when to come back', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect(await ask({ at: start + n * 1000 })).toBe('admitted');
    }
    expect(await ask({ at: start + 5000 })).toMatchObject({
      code: 'rate-limit',
      retryAfter: minute - 5000,
    });
    expect(await ask({ at: start + 5000, key: 'subject:other' })).toBe(
      'admitted',
    );
    expect(await ask({ at: start + minute - 1 })).toMatchObject({
      code: 'rate-limit',
      retryAfter: 1,
    });
    expect(await ask({ at: start + minute })).toBe('admitted');
  });

  it('stays within the rate, and stores no more, under a flood', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask({ at: start + n })),
    );
    expect(answers.filter(one => one === 'admitted')).toHaveLength(5);
    expect(await knex('gate_agent_attempts').select('id')).toHaveLength(5);
  });

  it('limits assessments by themselves', async () => {
    const assess = (at: number) =>
      knex.transaction(trx =>
        guard.admitAssessment(trx, { key: 'subject:scaler', at, limits }),
      );
    for (let n = 0; n < 3; n += 1) {
      expect(await assess(start)).toEqual({ admitted: true });
    }
    expect(await assess(start + 1)).toMatchObject({
      admitted: false,
      refusal: { code: 'rate-limit', retryAfter: minute - 1 },
    });
    expect(await ask({ at: start + 1 })).toBe('admitted');
    expect(await assess(start + minute)).toEqual({ admitted: true });
  });

  it('caps open requests, by whoever asks and by target', async () => {
    expect(await ask({ openByKey: 9, openByTarget: 2 })).toBe('admitted');
    expect(await ask({ openByKey: 10 })).toMatchObject({
      code: 'open-requests',
      reason: '10 requests are open already, and 10 are allowed',
    });
    expect(await ask({ openByTarget: 3 })).toMatchObject({
      code: 'open-per-target',
      reason: expect.stringMatching(/^3 requests about .* are open already/),
    });
    // Nobody is kept from what is theirs by what somebody else asks of it.
    expect(await ask({ openByTarget: 3, ownsTarget: true })).toBe('admitted');
  });

  it('cools down after a denial whatever the input, and names it', async () => {
    await deny({ requestId: 'r-7' });
    const refused = await ask({ at: start + 2 * minute });
    expect(refused).toEqual({
      code: 'cool-down',
      reason:
        'Request r-7 for scale-workload on resource:default/payment-api was denied 2 minutes ago',
      hint: expect.any(String),
      retryAfter: 28 * minute,
    });
    expect(await ask({ at: start, operation: 'restart-workload' })).toBe(
      'admitted',
    );
    expect(await ask({ at: start, target: 'resource:default/other' })).toBe(
      'admitted',
    );
    expect(await ask({ at: start, key: 'subject:other' })).toBe('admitted');
    await deny({ requestId: 'r-8', at: start + 20 * minute });
    expect(await ask({ at: start + 31 * minute })).toMatchObject({
      code: 'cool-down',
      reason: expect.stringContaining('r-8'),
    });
    expect(await ask({ at: start + 50 * minute })).toBe('admitted');
  });

  it('trips a breaker on repetition until a person resumes it', async () => {
    const same = { inputHash: 'the-same' };
    for (let n = 0; n < 3; n += 1) {
      expect(await ask({ ...same, at: start + n * minute })).toBe('admitted');
    }
    // The same of somebody else is none of it.
    expect(await ask({ ...same, key: 'subject:other', at: start })).toBe(
      'admitted',
    );
    expect(await ask({ ...same, at: start + 3 * minute })).toMatchObject({
      code: 'repetition',
      reason: expect.stringContaining('subject:scaler is halted until'),
    });
    expect(await halts.list()).toEqual([
      {
        scope: 'subject:scaler',
        by: 'gate',
        reason: expect.stringContaining('4 times'),
        since: start + 3 * minute,
      },
    ]);
    // Halted for everything, for as long as nobody does something about it.
    expect(await ask({ at: start + 24 * 60 * minute })).toMatchObject({
      code: 'halted',
      reason: expect.stringContaining('halted by gate'),
    });
    const resumed = start + 4 * minute;
    await knex.transaction(trx =>
      halts.resume(trx, {
        scope: 'subject:scaler',
        by: 'user:default/ada',
        at: resumed,
      }),
    );
    // It begins anew, and trips again.
    for (let n = 0; n < 3; n += 1) {
      expect(await ask({ ...same, at: resumed + n })).toBe('admitted');
    }
    expect(await ask({ ...same, at: resumed + 4 })).toMatchObject({
      code: 'repetition',
    });
  });

  it('sees repetition in what it refuses too', async () => {
    await deny();
    const same = { inputHash: 'the-same' };
    for (let n = 0; n < 3; n += 1) {
      expect(await ask({ ...same, at: start + n })).toMatchObject({
        code: 'cool-down',
      });
    }
    expect(await ask({ ...same, at: start + 3 })).toMatchObject({
      code: 'repetition',
    });
  });

  it('forgets what lies behind', async () => {
    const same = { inputHash: 'the-same' };
    for (let n = 0; n < 12; n += 1) {
      expect(await ask({ ...same, at: start + n * 4 * minute })).toBe(
        'admitted',
      );
    }
    expect(
      (await knex('gate_agent_attempts').select('id')).length,
    ).toBeLessThanOrEqual(3);
  });

  it('waits in line for whoever asks about the same', async () => {
    // Each counts what is open after it has the lock, so the cap holds.
    const open = new Map<string, number>();
    const target = 'resource:default/payment-api';
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        knex.transaction(async trx => {
          const key = `subject:${n}`;
          await guard.lock(trx, { key, target });
          const openByTarget = open.get(target) ?? 0;
          const { admitted } = await guard.admit(
            trx,
            call({ key, openByTarget }),
          );
          if (admitted) {
            open.set(target, openByTarget + 1);
          }
          return admitted;
        }),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(3);
  });
});
