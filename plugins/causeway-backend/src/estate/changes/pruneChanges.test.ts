import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { createTestDatabases, migrate } from '../__testUtils__/testDatabases';
import { readDatabaseTime } from '../partitions/databaseTime';
import { ChangePruner } from './ChangePruner';
import { readHistoryBounds } from './HistoryBounds';
import { pruneChanges } from './pruneChanges';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const day = 24 * 60 * 60_000;
const bounds = { keepFor: 30 * day, keepAtMost: 100, valuesPerFact: 3 };

describe.each(databases.eachSupportedId())('bounds of history on %s', id => {
  let knex: Knex;
  let now: number;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    now = await readDatabaseTime(knex);
  });

  const log = (count: number, row: Record<string, unknown>) =>
    knex.batchInsert(
      'estate_changes',
      Array.from({ length: count }, (_, n) => ({
        at: now,
        what: 'changed',
        ref: 'a',
        attribute: 'image.tag',
        after: `${n}`,
        ...row,
      })),
      50,
    );
  const left = () =>
    knex('estate_changes').orderBy('seq').select('ref', 'attribute', 'after');

  it('forgets what is too old and keeps the rest', async () => {
    await log(2, { at: now - 31 * day });
    await log(1, { at: now - 29 * day, ref: 'kept' });
    expect(await pruneChanges(knex, bounds)).toBe(2);
    expect(await left()).toMatchObject([{ ref: 'kept' }]);
    expect(await pruneChanges(knex, bounds)).toBe(0);
  });

  it('keeps the newest values of each fact of each entity', async () => {
    await log(5, {});
    await log(2, { attribute: 'health' });
    await log(4, { ref: 'b' });
    await log(6, { what: 'related', attribute: 'dependsOn' });
    expect(await pruneChanges(knex, bounds)).toBe(3);
    expect(await left()).toHaveLength(14);
    expect(
      await knex('estate_changes')
        .where({ ref: 'a', attribute: 'image.tag' })
        .pluck('after'),
    ).toEqual(['2', '3', '4']);
  });

  it('keeps the newest changes of all', async () => {
    await log(60, { what: 'appeared' });
    await log(60, { what: 'removed' });
    expect(await pruneChanges(knex, bounds)).toBe(20);
    const [oldest] = await left();
    expect(oldest.after).toBe('20');
  });

  it('does so for as long as it runs, and survives that it cannot', async () => {
    await log(5, {});
    const logger = mockServices.logger.mock();
    const options = { database: knex, bounds, logger, every: 5 };
    const pruner = new ChangePruner(options);
    pruner.start();
    await eventually(async () => expect(await left()).toHaveLength(3));
    await pruner.stop();
    await knex.schema.renameTable('estate_changes', 'elsewhere');
    const failing = new ChangePruner(options);
    failing.start();
    await eventually(async () => expect(logger.warn).toHaveBeenCalled());
    await failing.stop();
  });
});

describe('causeway.estate.history', () => {
  const read = (history?: object) =>
    readHistoryBounds(
      new ConfigReader({
        causeway: { estate: { ...(history && { history }) } },
      }),
    );

  it('has bounds where none are configured', () => {
    expect(read()).toEqual({
      keepFor: 30 * day,
      keepAtMost: 100_000,
      valuesPerFact: 50,
    });
    expect(read({ keepFor: { days: 2 }, valuesPerFact: 1 })).toMatchObject({
      keepFor: 2 * day,
      valuesPerFact: 1,
    });
  });

  it.each([
    [{ keepAtMost: 0 }, 'history.keepAtMost'],
    [{ keepAtMost: 1.5 }, 'history.keepAtMost'],
    [{ valuesPerFact: -1 }, 'history.valuesPerFact'],
    [{ keepFor: { days: 0 } }, 'history.keepFor'],
  ])('refuses %j and names the key', (history, key) => {
    expect(() => read(history)).toThrow(key);
  });
});
