import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261122090000_estate_facts.js';
const tables = ['estate_facts', 'estate_changes', 'estate_changes_state'];

describe(`estate facts migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside entities of before, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({
      directory,
      name: '20261121093000_estate_projection.js',
    });
    await knex('estate_entities').insert({
      ref: 'resource:default/old',
      type: 'kubernetes-workload',
      entity: '{}',
      hash: 'x',
      seq: 1,
      first_seen_at: 1_900_000_000_000,
    });
    await knex.migrate.up({ directory, name });
    expect(await knex('estate_entities').select()).toHaveLength(1);
    const [state] = await knex('estate_changes_state').select();
    expect(state).toEqual({ id: 1, began_at: null, facts: '[]' });
    await knex('estate_facts').insert({
      ref: 'resource:default/old',
      facts: '{}',
      hash: 'x',
      since: 1_900_000_000_000,
    });
    await knex('estate_changes').insert({
      at: 1_900_000_000_000,
      ref: 'resource:default/old',
      what: 'appeared',
    });

    await knex.migrate.down({ directory, name });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    expect(await knex('estate_entities').select()).toHaveLength(1);
    await knex.migrate.latest({ directory });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(true);
    }
  });
});
