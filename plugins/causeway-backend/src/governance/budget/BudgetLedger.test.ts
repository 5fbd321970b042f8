import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import { BudgetExceeded } from './BudgetExceeded';
import { BudgetLedger, type BudgetLimit } from './BudgetLedger';

jest.setTimeout(60_000);

const at = 1_900_000_000_000;
const hour = 3_600_000;

function limit(changes: Partial<BudgetLimit> = {}): BudgetLimit {
  return {
    name: 'staging',
    limit: 100,
    action: 'hard',
    window: 24 * hour,
    ...changes,
  };
}

describe(`the budget ledger on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let ledger: BudgetLedger;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    ledger = new BudgetLedger(knex);
  });

  beforeEach(async () => {
    await knex('gate_budget_reservations').delete();
  });

  const reserve = (
    requestId: string,
    amountPerHour: number,
    limits: BudgetLimit[] = [limit()],
    when = at,
  ) =>
    knex.transaction(trx =>
      ledger.reserve(trx, { requestId, at: when, amountPerHour, limits }),
    );
  const release = (requestId: string, when = at) =>
    knex.transaction(trx => ledger.release(trx, requestId, when, 'outcome'));
  const spent = async (name = 'staging', when = at) =>
    (await ledger.spent([name], when))[name].spent;

  it('takes up to the limit, and not beyond', async () => {
    expect(await reserve('a', 60)).toEqual([
      {
        name: 'staging',
        action: 'hard',
        limit: 100,
        spent: 0,
        value: 60,
        exceeded: false,
      },
    ]);
    await expect(reserve('b', 40.000001)).rejects.toThrow(
      'The limit staging allows 100 an hour; 60 are taken, and this would make it 100.000001.',
    );
    await expect(reserve('b', 40.000001)).rejects.toBeInstanceOf(
      BudgetExceeded,
    );
    await reserve('b', 40);
    expect(await spent()).toBe(100);
    expect(await ledger.spent([], at)).toEqual({});
    expect(await ledger.spent(['other'], at)).toEqual({ other: { spent: 0 } });
  });

  it('takes of all limits or of none, and leaves the transaction usable', async () => {
    await knex.transaction(async trx => {
      await expect(
        ledger.reserve(trx, {
          requestId: 'a',
          at,
          amountPerHour: 50,
          limits: [limit({ name: 'a-wide' }), limit({ limit: 49 })],
        }),
      ).rejects.toThrow('The limit staging allows 49');
      expect(await ledger.spent(['a-wide', 'staging'], at, { trx })).toEqual({
        'a-wide': { spent: 0 },
        staging: { spent: 0 },
      });
    });
    expect(await knex('gate_budget_reservations').select()).toEqual([]);
  });

  it('only tells of limits that alert or stop afterwards', async () => {
    const limits = [
      limit({ name: 'alerting', action: 'alert', limit: 10 }),
      limit({ name: 'stopping', action: 'auto-stop', limit: 20 }),
    ];
    expect(
      (await reserve('a', 15, limits)).map(({ name, exceeded }) => [
        name,
        exceeded,
      ]),
    ).toEqual([
      ['alerting', true],
      ['stopping', false],
    ]);
    expect(await spent('alerting')).toBe(15);
  });

  it('refuses amounts, limits and windows that are none', async () => {
    for (const amount of [-1, NaN, Infinity, -Infinity]) {
      await expect(reserve('a', amount)).rejects.toMatchObject({
        name: 'InputError',
      });
    }
    for (const bad of [
      [limit(), limit()],
      [limit({ name: '' })],
      [limit({ limit: NaN })],
      [limit({ limit: -1 })],
      [limit({ window: 0 })],
      [limit({ window: NaN })],
    ]) {
      await expect(reserve('a', 1, bad)).rejects.toMatchObject({
        name: 'InputError',
      });
    }
    expect(await spent()).toBe(0);
  });

  it('lets pass what takes nothing, even where the limit is exceeded', async () => {
    await reserve('a', 90);
    await reserve('b', 0, [limit({ limit: 10 })]);
    expect(await spent()).toBe(90);
  });

  it('gives back exactly once', async () => {
    await reserve('a', 70);
    expect(await release('a')).toBe(1);
    expect(await release('a')).toBe(0);
    expect(await release('never')).toBe(0);
    expect(await spent()).toBe(0);
    await reserve('b', 100);
    expect(await release('a')).toBe(0);
    expect(await spent()).toBe(100);
  });

  it('replaces what a request held when it reserves again', async () => {
    await reserve('a', 70);
    await reserve('a', 90);
    expect(await spent()).toBe(90);
    expect(await release('a')).toBe(1);
    expect(await spent()).toBe(0);
  });

  it('leaves a request out that is judged again', async () => {
    await reserve('a', 70);
    await reserve('b', 10);
    expect(await ledger.spent(['staging'], at, { without: 'a' })).toEqual({
      staging: { spent: 10 },
    });
  });

  it('ends a reservation with its window', async () => {
    await reserve('a', 100, [limit({ window: hour })]);
    expect(await spent('staging', at + hour - 1)).toBe(100);
    await expect(
      reserve('b', 1, [limit()], at + hour - 1),
    ).rejects.toBeInstanceOf(BudgetExceeded);
    expect(await spent('staging', at + hour)).toBe(0);
    await reserve('b', 100, [limit()], at + hour);
    await reserve('a', 0, [limit()], at + hour);
  });

  it('never overspends under 200 concurrent requests', async () => {
    const names = ['one', 'two', 'three'];
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) =>
        reserve(
          `r-${n}`,
          1.1,
          // Each in another order: nobody may wait for somebody who waits.
          [0, 1, 2].map(m => limit({ name: names[(n + m) % 3], limit: 50 })),
        ),
      ),
    );
    const refused = results.flatMap(one =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    // 45 times 1.1 is 49.5.
    expect(results.length - refused.length).toBe(45);
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(BudgetExceeded);
    }
    for (const name of names) {
      expect(await spent(name)).toBe(49.5);
    }
    const releases = await Promise.all(
      results.flatMap((_, n) => [release(`r-${n}`), release(`r-${n}`)]),
    );
    expect(releases.reduce((a, b) => a + b, 0)).toBe(45 * 3);
    expect(await spent('one')).toBe(0);
  });

  it('is what a simple book says, whatever comes in whatever order', async () => {
    const step = fc.oneof(
      fc.record({
        type: fc.constant('reserve' as const),
        request: fc.integer({ min: 0, max: 5 }),
        amount: fc.integer({ min: 0, max: 8000 }).map(n => n / 100),
        action: fc.constantFrom('hard' as const, 'alert' as const),
      }),
      fc.record({
        type: fc.constant('release' as const),
        request: fc.integer({ min: 0, max: 5 }),
      }),
      fc.record({
        type: fc.constant('wait' as const),
        ms: fc.integer({ min: 1, max: 2 * hour }),
      }),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
        run += 1;
        const name = `book-${run}`;
        const book = new Map<number, { amount: number; until: number }>();
        const total = (now: number, without?: number) =>
          [...book]
            .filter(([id, { until }]) => until > now && id !== without)
            .reduce((sum, [, { amount }]) => sum + Math.round(amount * 100), 0);
        const told: [unknown, unknown][] = [];
        let now = at;
        for (const one of steps) {
          if (one.type === 'wait') {
            now += one.ms;
          } else if (one.type === 'release') {
            book.delete(one.request);
            await release(`${name}-${one.request}`, now);
          } else {
            const { request, amount, action } = one;
            const fits =
              action !== 'hard' ||
              amount === 0 ||
              total(now, request) + Math.round(amount * 100) <= 10_000;
            const outcome = await reserve(
              `${name}-${request}`,
              amount,
              [limit({ name, action, window: hour })],
              now,
            ).then(
              () => 'reserved',
              error => error.constructor.name,
            );
            told.push([outcome, fits ? 'reserved' : 'BudgetExceeded']);
            if (fits) {
              book.set(request, { amount, until: now + hour });
            }
          }
          told.push([Math.round((await spent(name, now)) * 100), total(now)]);
        }
        expect(told.map(([ledgers]) => ledgers)).toEqual(
          told.map(([, books]) => books),
        );
      }),
      { numRuns: 40 },
    );
  });
});
