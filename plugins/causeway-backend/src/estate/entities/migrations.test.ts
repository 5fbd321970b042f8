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
    await expect(
      knex('estate_edges').insert({ ...edge, first_seen_at: 8 }),
    ).rejects.toThrow(/unique/i);

    const { edges: stored } = await new ProjectionStore(knex).hashes();
    expect([...stored.keys()]).toEqual([
      'resource:default/a runsOn resource:default/b',
    ]);

    await knex.migrate.down({ directory, name });
    expect(await edges()).toEqual([{ ...row, hash: '' }]);
  });
});
