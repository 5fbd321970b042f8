import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
} from '../__testUtils__/testDatabases';
import { upsertRows } from './upsertRows';

const target = {
  table: 'things',
  columns: { scope: 'text', name: 'text', note: 'text', at: 'bigint' },
  key: ['scope', 'name'],
  kept: ['at'],
} as const;

describe(`upsertRows on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await knex.schema.createTable('things', table => {
      table.text('scope');
      table.text('name');
      table.text('note');
      table.bigInteger('at');
      table.primary(['scope', 'name']);
    });
  });

  const write = (rows: Record<string, unknown>[]) =>
    knex.transaction(tx => upsertRows(tx, target, rows));
  const read = async () =>
    (await knex('things').orderBy('name')).map(row => ({
      ...row,
      at: row.at === null ? null : Number(row.at),
    }));

  it('keeps every character, nothing, and large numbers', async () => {
    const rows = [
      { scope: 's', name: 'a', note: `'"\\{},\n\t NULL ☃ 🜲 ?`, at: 1 },
      { scope: 's', name: 'b', note: null, at: null },
      { scope: 's', name: 'c', note: 'NULL', at: 1_900_000_000_000 },
      { scope: 's', name: 'd', note: '', at: 0 },
    ];
    await write(rows);
    expect(await read()).toEqual(rows);
  });

  it('updates what is there but for what it keeps', async () => {
    await write([{ scope: 's', name: 'a', note: 'old', at: 1 }]);
    await write([
      { scope: 's', name: 'a', note: 'new', at: 2 },
      { scope: 't', name: 'b', note: 'other', at: 2 },
    ]);
    expect(await read()).toEqual([
      { scope: 's', name: 'a', note: 'new', at: 1 },
      { scope: 't', name: 'b', note: 'other', at: 2 },
    ]);
  });

  it('writes none of many rows when the transaction fails', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => ({
      scope: 's',
      name: `n${at}`,
      note: '',
      at,
    }));
    await expect(
      knex.transaction(async tx => {
        await upsertRows(tx, target, rows);
        throw new Error('after all');
      }),
    ).rejects.toThrow('after all');
    expect(await read()).toEqual([]);
    await write(rows);
    expect(await read()).toHaveLength(2500);
    await write([]);
  });
});
