import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../__testUtils__/testDatabases';
import { ProjectionStore } from './ProjectionStore';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261122120000_estate_edges_without_hash.js';
const edge = {
  from_ref: 'resource:default/a',
  type: 'runsOn',
  to_ref: 'resource:default/b',
  rule: 'namespace',
  evidence: 'its namespace is b',
  confidence: 'certain',
  partition: 'eu/-/deployments.apps',
};

describe(`migration to edges without a hash on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('keeps edges, what indexes them, and goes back to ones that are written anew', async () => {
    const knex = await databases.init(databaseId);
    const edges = () => knex('estate_edges').select();
    for (const before of [
      '20261121093000_estate_projection.js',
      '20261122090000_estate_facts.js',
    ]) {
      await knex.migrate.up({ directory, name: before });
    }
    await knex('estate_edges').insert({
      ...edge,
      hash: 'x',
      first_seen_at: 7,
    });
    await knex.migrate.up({ directory, name });
    const [row] = await edges();
    expect({ ...row, first_seen_at: Number(row.first_seen_at) }).toEqual({
      ...edge,
      first_seen_at: 7,
    });
    const again = knex('estate_edges').insert({ ...edge, first_seen_at: 8 });
    expect(await again.then(() => 'written', String)).toMatch(/unique/i);

    const { edges: stored } = await new ProjectionStore(knex).hashes();
    expect([...stored.keys()]).toEqual([
      'resource:default/a runsOn resource:default/b',
    ]);

    await knex.migrate.down({ directory, name });
    expect(await edges()).toEqual([{ ...row, hash: '' }]);
  });
});

describe(`migration to an index of what is removed on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up and down with what lives and what is removed in place', async () => {
    const knex = await databases.init(databaseId);
    const index = '20261122121000_estate_index_of_removed.js';
    for (const before of [
      '20261121090000_estate_observations.js',
      '20261121093000_estate_projection.js',
    ]) {
      await knex.migrate.up({ directory, name: before });
    }
    const entity = { type: 'x', hash: 'x', first_seen_at: 1 };
    await knex('estate_entities').insert([
      { ...entity, ref: 'resource:default/a', seq: 1, removed_at: null },
      { ...entity, ref: 'resource:default/b', seq: 2, removed_at: 7 },
    ]);
    const removed = () =>
      knex('estate_entities').where('removed_at', '<', 8).pluck('ref');
    await knex.migrate.up({ directory, name: index });
    expect(await removed()).toEqual(['resource:default/b']);
    // SQLite sorted all that lives for each page of it: PostgreSQL says it otherwise, and never did.
    const plan = await knex.raw(
      `explain ${databaseId === 'SQLITE_3' ? 'query plan' : ''} select ref from estate_entities where removed_at is null and ref > '' order by ref limit 1`,
    );
    expect(JSON.stringify(plan)).not.toMatch(/temp b-tree/i);
    await knex.migrate.down({ directory, name: index });
    expect(await removed()).toEqual(['resource:default/b']);
  });
});
