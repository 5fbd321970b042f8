import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../../estate/__testUtils__/testDatabases';
import { append, entry } from '../__testUtils__/startAudit';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261123091000_gate_audit.js';
const tables = ['gate_audit_entries', 'gate_audit_head', 'gate_audit_texts'];

describe(`gate audit migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside rows of before, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({
      directory,
      name: '20261122100000_estate_replicas.js',
    });
    await knex('estate_replicas').insert({
      owner: 'old',
      started_at: 1,
      alive_until: 2,
    });
    await knex.migrate.up({ directory, name });
    expect(await knex('estate_replicas').select()).toHaveLength(1);
    await append(knex, entry({ erasable: { reason: 'too many errors' } }));

    await knex.migrate.down({ directory, name });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    expect(await knex('estate_replicas').select()).toHaveLength(1);
    await knex.migrate.latest({ directory });
    await append(knex, entry());
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(1);
  });
});
