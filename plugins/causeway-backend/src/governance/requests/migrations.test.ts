import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../../estate/__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const before = '20261123100000_gate_requests.js';
const name = '20261123110000_gate_request_assessment.js';

const row = (id: string, outcome: string) => ({
  id,
  state: 'pending',
  revision: 1,
  operation: 'turn',
  target: 'resource:default/dial',
  source: 'lab',
  requester: 'user:default/ada',
  asker: 'user:default/ada',
  tier: 2,
  risk: 'high',
  digest: 'd',
  words: 'dial',
  document: JSON.stringify({ id, assessment: { outcome, policyHash: 'p1' } }),
  created_at: 1,
  updated_at: 1,
  urgency: 1,
});

describe(`the assessment of requests on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('is found without their documents, of those of before too, and can be taken back', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: before });
    const rows = Array.from({ length: 450 }, (_, n) =>
      row(`r${String(n).padStart(3, '0')}`, n % 3 ? 'review' : 'refuse'),
    );
    await knex.batchInsert('gate_requests', rows, 40);
    await knex.migrate.up({ directory, name });
    const refused = await knex('gate_requests')
      .where({ state: 'pending', outcome: 'refuse', policy_hash: 'p1' })
      .orderBy('id')
      .select('id');
    expect(refused).toHaveLength(150);
    expect(refused.at(-1)).toEqual({ id: 'r447' });

    await knex.migrate.down({ directory, name });
    expect(await knex.schema.hasColumn('gate_requests', 'outcome')).toBe(false);
    expect(await knex('gate_requests').select('id')).toHaveLength(450);
    expect((await knex('gate_requests').first()).document).toBe(
      rows[0].document,
    );
    await knex.migrate.latest({ directory });
    expect(
      await knex('gate_requests').whereNull('outcome').select('id'),
    ).toEqual([]);
  });
});

describe(`the index of what runs without people on ${databaseId}`, () => {
  const databases = createTestDatabases();
  const indexed = '20261124090000_gate_spread.js';
  const index = 'gate_requests_spread_idx';

  it('is there, keeps what there was, and can be taken back', async () => {
    const knex = await databases.init(databaseId);
    const hasIndex = async () => {
      const found = await (knex.client.config.client === 'pg'
        ? knex('pg_indexes').where({ indexname: index })
        : knex('sqlite_master').where({ type: 'index', name: index }));
      return found.length === 1;
    };
    await knex.migrate.up({ directory, name: before });
    await knex('gate_requests').insert(row('r1', 'run'));
    await knex.migrate.up({ directory, name });
    expect(await hasIndex()).toBe(false);
    await knex.migrate.up({ directory, name: indexed });
    expect(await hasIndex()).toBe(true);
    await knex.migrate.down({ directory, name: indexed });
    expect(await hasIndex()).toBe(false);
    expect(await knex('gate_requests').select('id', 'outcome')).toEqual([
      { id: 'r1', outcome: 'run' },
    ]);
  });
});
