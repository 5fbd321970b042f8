// Whoever has all rights on this database can write the whole trail anew. So
// the gate signs where it ends, with a key that is not here, and hands that to
// sinks that are not here either. What it signed is kept for those that are
// away; a random id tells this database from another one; and what only one
// replica at a time may do has a lease.

const { randomUUID } = require('node:crypto');

const appendOnly = 'Checkpoints of the audit trail are append-only';
const identityKept = 'The id of the database never changes';

const refuse = (knex, when, table, message) =>
  isPostgres(knex)
    ? `create trigger ${table}_no_${when} before ${when} on ${table}
       for each ${when === 'truncate' ? 'statement' : 'row'}
       execute function gate_audit_refuse('${message}')`
    : `create trigger ${table}_no_${when} before ${when} on ${table}
       begin select raise(abort, '${message}'); end`;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_audit_identity', table => {
    table.comment('Which database this is, as signed checkpoints name it');
    table.integer('id').primary();
    table.string('database_id', 36).notNullable();
  });
  await knex('gate_audit_identity').insert({
    id: 1,
    database_id: randomUUID(),
  });
  await knex.schema.createTable('gate_audit_checkpoints', table => {
    table.comment('Where the trail ended, as it was signed: append-only');
    table.bigInteger('number').primary().comment('Counts from 1 without a gap');
    table
      .bigInteger('seq')
      .notNullable()
      .unique()
      .comment('Entry that the trail ended with');
    table.text('line').notNullable().comment('As it goes to sinks');
  });
  await knex.schema.createTable('gate_audit_anchor_steps', table => {
    table.comment('How signing goes, and each sink');
    table.string('step', 16).primary().comment('sign, file or endpoint');
    table
      .bigInteger('delivered')
      .notNullable()
      .defaultTo(0)
      .comment('Number of the last checkpoint that the sink has');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('retry_at').notNullable().defaultTo(0);
    table.bigInteger('failing_since').comment('Epoch ms, database time');
    table.text('failure');
  });
  await knex('gate_audit_anchor_steps').insert([
    { step: 'sign' },
    { step: 'file' },
    { step: 'endpoint' },
  ]);
  await knex.schema.createTable('gate_audit_leases', table => {
    table.comment('Which replica does what only one may do at a time');
    table.string('name', 16).primary();
    table.string('worker', 64);
    table.bigInteger('until').notNullable().defaultTo(0);
  });
  await knex('gate_audit_leases').insert([
    { name: 'anchors' },
    { name: 'retention' },
  ]);
  // Erased texts stay as rows: whoever looks for old ones passes them by.
  await knex.raw(
    'create index gate_audit_texts_unerased on gate_audit_texts (seq) where text is not null',
  );
  for (const when of [
    'update',
    'delete',
    ...(isPostgres(knex) ? ['truncate'] : []),
  ]) {
    await knex.raw(refuse(knex, when, 'gate_audit_checkpoints', appendOnly));
    await knex.raw(refuse(knex, when, 'gate_audit_identity', identityKept));
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index gate_audit_texts_unerased');
  await knex.schema.dropTable('gate_audit_leases');
  await knex.schema.dropTable('gate_audit_anchor_steps');
  await knex.schema.dropTable('gate_audit_checkpoints');
  await knex.schema.dropTable('gate_audit_identity');
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
