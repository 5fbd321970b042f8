import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261121090000_estate_observations.js';
const tables = ['estate_partitions', 'estate_observations', 'estate_clock'];

describe(`estate observations migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up, keeps rows, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name });
    await knex('estate_partitions').insert({
      id: 'east/-/services',
      source: 'east',
      scope: '-',
      kind: 'services',
      state: 'waiting',
    });
    await knex('estate_observations').insert({
      partition: 'east/-/services',
      key: 'a/b',
      source: 'east',
      kind: 'Service',
      data: '{}',
      hash: 'x',
      observed_at: 1_900_000_000_000,
      seq: 1,
    });
    expect(await knex('estate_clock').select()).toHaveLength(1);
    await knex.migrate.latest({ directory });
    expect(await knex('estate_observations').select()).toHaveLength(1);

    await knex.migrate.rollback({ directory }, true);
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    await knex.migrate.latest({ directory });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(true);
    }
  });
});
