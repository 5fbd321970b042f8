import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  databaseId,
} from '../../../estate/__testUtils__/testDatabases';
import { append, entry } from '../../__testUtils__/startAudit';
import { CheckpointStore } from './CheckpointStore';

const directory = resolvePackagePath(
  '@causeway/backstage-plugin-causeway-backend',
  'migrations',
);
const name = '20261125090000_gate_audit_anchors.js';
const tables = [
  'gate_audit_identity',
  'gate_audit_checkpoints',
  'gate_audit_anchor_steps',
  'gate_audit_leases',
];

describe(`audit anchors migration on ${databaseId}`, () => {
  const databases = createTestDatabases();

  it('goes up beside a trail of before, and down again without a trace', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({
      directory,
      name: '20261123091000_gate_audit.js',
    });
    await append(knex, entry({ erasable: { reason: 'too many errors' } }));
    await knex.migrate.up({ directory, name });
    await append(knex, entry());
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(2);
    const id = await new CheckpointStore(knex).databaseId();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);

    await knex.migrate.down({ directory, name });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    await append(knex, entry());
    await knex.migrate.latest({ directory });
    expect(await knex('gate_audit_entries').select('seq')).toHaveLength(3);
    expect(await new CheckpointStore(knex).databaseId()).not.toBe(id);
  });

  it('keeps checkpoints and the id of the database as they are', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    await knex('gate_audit_checkpoints').insert({
      number: 1,
      seq: 1,
      line: '{}',
    });
    for (const attempt of [
      () => knex('gate_audit_checkpoints').update({ line: 'x' }),
      () => knex('gate_audit_checkpoints').delete(),
      () => knex('gate_audit_identity').update({ database_id: 'x' }),
      () => knex('gate_audit_identity').delete(),
    ]) {
      // The driver's errors are of another realm, and none to `toThrow`.
      const failure = await Promise.resolve(attempt()).then(
        () => undefined,
        error => error,
      );
      expect(failure?.message).toMatch(/append-only|never changes/);
    }
  });
});
