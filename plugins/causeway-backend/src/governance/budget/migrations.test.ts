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
const name = '20261123092000_gate_budget.js';
const tables = ['gate_budget_limits', 'gate_budget_reservations'];

describe(`gate budget migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside rows of before, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: '20261123091000_gate_audit.js' });
    await append(knex, entry());
    await knex.migrate.up({ directory, name });
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(1);
    await knex('gate_budget_limits').insert({ name: 'staging' });
    const reservation = {
      request_id: 'r-1',
      limit_name: 'staging',
      amount: 1,
      reserved_at: 1,
      held_until: 2,
    };
    await knex('gate_budget_reservations').insert({
      ...reservation,
      released_at: 2,
    });
    await knex('gate_budget_reservations').insert(reservation);
    await expect(
      knex('gate_budget_reservations')
        .insert(reservation)
        .then(
          () => 'taken twice',
          () => 'refused',
        ),
    ).resolves.toBe('refused');

    await knex.migrate.down({ directory, name });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(1);
    await knex.migrate.latest({ directory });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(true);
    }
  });
});
