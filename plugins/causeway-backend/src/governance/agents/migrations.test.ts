import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../../estate/__testUtils__/testDatabases';
import { append, entry } from '../__testUtils__/startAudit';
import { HaltStore } from './HaltStore';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261123093000_gate_agents.js';
const tables = [
  'gate_agents',
  'gate_agent_attempts',
  'gate_agent_denials',
  'gate_halts',
  'gate_halt_switch',
  'gate_agent_samples',
  'gate_idempotency_keys',
];

describe(`gate agents migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside rows of before, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: '20261123091000_gate_audit.js' });
    await append(knex, entry());
    await knex.migrate.up({ directory, name });
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(1);
    const halts = new HaltStore(knex);
    await knex.transaction(trx =>
      halts.halt(trx, { scope: 'all', by: 'a', reason: 'b', since: 1 }),
    );
    expect(await halts.list()).toHaveLength(1);

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
