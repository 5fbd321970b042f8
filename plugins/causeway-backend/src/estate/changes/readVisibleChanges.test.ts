import type { Knex } from 'knex';
import { createTestDatabases, migrate } from '../__testUtils__/testDatabases';
import { KnexChangeReader } from './KnexChangeReader';
import { readVisibleChanges, type Sight } from './readVisibleChanges';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const but = (hidden: string): Sight => ({
  visible: async refs => new Set(refs.filter(ref => !ref.includes(hidden))),
  hiddenFacts: async () => (_, fact) => fact === `of ${hidden}`,
});
const everything = but('nothing');

describe.each(databases.eachSupportedId())('reading changes on %s', id => {
  let knex: Knex;
  let reader: KnexChangeReader;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    reader = new KnexChangeReader(knex);
  });

  const log = (rows: Record<string, unknown>[]) =>
    knex.batchInsert(
      'estate_changes',
      rows.map(row => ({ at: 1000, what: 'changed', ref: 'a', ...row })),
      50,
    );
  /** Every page of two, one after the other. */
  const pages = async (sight = everything, limit = 2) => {
    const all: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await readVisibleChanges(reader, { limit, cursor }, sight);
      all.push(page.changes.map(({ attribute }) => attribute!));
      cursor = page.cursor;
    } while (cursor);
    return all;
  };

  it('tells the newest first, with values as they were', async () => {
    await log([
      { attribute: 'one', before: '1', after: '"two"', source: 'east' },
      { at: 2000, attribute: 'two', after: 'false', origin: 'live' },
      { at: 2000, what: 'related', attribute: 'dependsOn', other_ref: 'b' },
    ]);
    expect(
      await readVisibleChanges(reader, { limit: 9 }, everything),
    ).toStrictEqual({
      changes: [
        expect.objectContaining({ what: 'related', otherRef: 'b' }),
        expect.objectContaining({ at: 2000, after: false, origin: 'live' }),
        {
          at: 1000,
          entityRef: 'a',
          what: 'changed',
          attribute: 'one',
          otherRef: undefined,
          before: 1,
          after: 'two',
          origin: undefined,
          source: 'east',
        },
      ],
    });
  });

  it('asks for entities, times, kinds of change and attributes', async () => {
    await log([
      { ref: 'a', at: 1000, attribute: 'one' },
      { ref: 'b', at: 2000, attribute: 'two' },
      { ref: 'b', at: 3000, attribute: 'three', what: 'related' },
    ]);
    const found = async (query: object) =>
      (await reader.read({ limit: 9, ...query })).map(
        ({ attribute }) => attribute,
      );
    expect(await found({ refs: ['b'] })).toEqual(['three', 'two']);
    expect(await found({ refs: [] })).toEqual([]);
    expect(await found({ since: 2000 })).toEqual(['three', 'two']);
    expect(await found({ until: 2000 })).toEqual(['one']);
    expect(await found({ what: ['changed'] })).toEqual(['two', 'one']);
    expect(await found({ attribute: 'two' })).toEqual(['two']);
    expect(
      await found({
        refs: [...Array.from({ length: 20_000 }, (_, n) => `x${n}`), 'a', 'b'],
        limit: 2,
      }),
    ).toEqual(['three', 'two']);
  });

  it('loses and doubles nothing over pages, within one moment too', async () => {
    await log([
      ...['1', '2', '3'].map(attribute => ({ attribute })),
      ...['4', '5', '6'].map(attribute => ({ attribute, at: 2000 })),
    ]);
    expect(await pages()).toEqual([
      ['6', '5'],
      ['4', '3'],
      ['2', '1'],
    ]);
    expect(await pages(everything, 6)).toHaveLength(1);
  });

  it('answers the same whether or not there is more that the caller may not see', async () => {
    const own = ['1', '2', '3', '4', '5'].map((attribute, position) => ({
      attribute,
      at: 1000 * Math.ceil((position + 1) / 3),
    }));
    await log(own);
    const alone = await readVisibleChanges(reader, { limit: 2 }, but('secret'));
    const alonePages = await pages(but('secret'));

    await knex('estate_changes').delete();
    for (const row of own) {
      await log([
        row,
        ...Array.from({ length: 250 }, (_, n) => ({
          ...row,
          ref: `secret-${n}`,
          attribute: 'secret',
        })),
        {
          ...row,
          what: 'related',
          attribute: 'dependsOn',
          other_ref: 'secret',
        },
        { ...row, attribute: 'of secret' },
      ]);
    }
    expect(
      await readVisibleChanges(reader, { limit: 2 }, but('secret')),
    ).toStrictEqual(alone);
    expect(await pages(but('secret'))).toEqual(alonePages);
  });

  it.each(['', '1', '1.', 'x.1', '1.2.3', '9'.repeat(40)])(
    'refuses the cursor "%s"',
    async cursor => {
      await expect(
        readVisibleChanges(reader, { limit: 2, cursor }, everything),
      ).rejects.toThrow('cursor must be what the page before gave');
    },
  );
});
