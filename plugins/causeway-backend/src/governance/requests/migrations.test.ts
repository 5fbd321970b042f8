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
