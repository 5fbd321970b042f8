import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../../estate/__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261123090000_gate_policy.js';
const before = '20261122110000_estate_partition_holds.js';
const tables = ['gate_policy', 'gate_policy_history'];

describe(`gate policy migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside what was there, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    for (;;) {
      const [, [applied]] = await knex.migrate.up({ directory });
      if (String(applied).endsWith(before)) {
        break;
      }
    }
    await knex('estate_entities').insert({
      ref: 'resource:default/old',
      type: 'kubernetes-workload',
      entity: '{}',
      hash: 'x',
      seq: 1,
      first_seen_at: 1_900_000_000_000,
    });

    await knex.migrate.up({ directory, name });
    expect(await knex('gate_policy').select()).toEqual([]);
    await knex('gate_policy').insert({
      id: 1,
      revision: 1,
      hash: 'a',
      origin: 'policy.yaml',
      since: 1_900_000_000_000,
      document: '{}',
    });
    await knex('gate_policy_history').insert({
      hash: 'a',
      since: 1_900_000_000_000,
    });
    await expect(
      knex('gate_policy').insert({
        id: 1,
        revision: 2,
        hash: 'b',
        origin: '',
        since: 1,
        document: '{}',
      }),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/unique|duplicate/i),
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
