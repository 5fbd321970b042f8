import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
} from '../__testUtils__/testDatabases';
import { readTogether } from './readTogether';

jest.setTimeout(60_000);

describe(`several queries at once on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await knex.schema.createTable('birds', table => {
      table.string('name').primary();
      table.bigInteger('seen');
      table.text('song');
    });
    await knex('birds').insert([
      { name: 'wren', seen: 1_900_000_000_000, song: '{"notes":[1,"é"]}' },
      { name: 'owl', seen: null, song: null },
    ]);
  });

  it('gives each its rows, whether there are many, one or none', async () => {
    const queries: string[] = [];
    knex.on('query', ({ sql }) => queries.push(sql));
    const found = await readTogether<{
      all: { name: string };
      one: { name: string; seen: number; song: string };
      none: { name: string };
      counted: { birds: number };
    }>(knex, {
      all: knex('birds').where('name', '<>', 'dodo').select('name'),
      one: knex('birds').where({ name: 'wren' }),
      none: knex('birds').where({ name: "o'dodo" }).limit(1),
      counted: knex('birds').count({ birds: '*' }),
    });
    expect(found).toEqual({
      all: expect.arrayContaining([{ name: 'wren' }, { name: 'owl' }]),
      one: [
        { name: 'wren', seen: 1_900_000_000_000, song: '{"notes":[1,"é"]}' },
      ],
      none: [],
      counted: [{ birds: 2 }],
    });
    expect(queries).toHaveLength(databaseId.startsWith('POSTGRES') ? 1 : 4);
  });
});
