// What the gate did stands in one chain: each entry's hash covers the one
// before, so a change of any of them shows. Triggers keep away what is not an
// attack, a script or a hand in the wrong console; the chain finds the rest.
// Texts that may have to be erased stand in a table of their own, and the
// chain holds their salted hashes only.

const appendOnly = 'The audit trail is append-only';
const eraseOnly = 'A text of the audit trail can be erased, and nothing else';
const forwardOnly = 'The end of the audit trail only moves on';

const refusal = (when, table, message, condition = '') => `
  create trigger ${table}_${when.replace(/\W+/g, '_')} before ${when} on ${table}
  ${condition && `when ${condition}`}
  begin select raise(abort, '${message}'); end`;

const sqliteGuards = [
  refusal('update', 'gate_audit_entries', appendOnly),
  refusal('delete', 'gate_audit_entries', appendOnly),
  // `insert or replace` deletes without asking the trigger above.
  refusal(
    'insert',
    'gate_audit_entries',
    appendOnly,
    'new.seq <= (select max(seq) from gate_audit_entries)',
  ),
  refusal(
    'update',
    'gate_audit_head',
    forwardOnly,
    'new.id <> old.id or new.seq <= old.seq',
  ),
  refusal('delete', 'gate_audit_head', forwardOnly),
  refusal(
    'insert',
    'gate_audit_head',
    forwardOnly,
    'exists (select 1 from gate_audit_head)',
  ),
  refusal(
    'update',
    'gate_audit_texts',
    eraseOnly,
    'new.seq <> old.seq or new.field <> old.field or new.salt is not null or new.text is not null',
  ),
  refusal('delete', 'gate_audit_texts', eraseOnly),
  refusal(
    'insert',
    'gate_audit_texts',
    eraseOnly,
    'exists (select 1 from gate_audit_texts where seq = new.seq and field = new.field)',
  ),
];

const trigger = (name, when, table, message, condition = '') => `
  create trigger ${name} before ${when} on ${table}
  for each ${when === 'truncate' ? 'statement' : 'row'} ${condition && `when (${condition})`}
  execute function gate_audit_refuse('${message}')`;

const postgresGuards = [
  `create function gate_audit_refuse() returns trigger language plpgsql as $$
     begin raise exception '%', tg_argv[0]; end $$`,
  trigger(
    'gate_audit_entries_kept',
    'update or delete',
    'gate_audit_entries',
    appendOnly,
  ),
  trigger(
    'gate_audit_entries_not_emptied',
    'truncate',
    'gate_audit_entries',
    appendOnly,
  ),
  trigger(
    'gate_audit_head_forward',
    'update',
    'gate_audit_head',
    forwardOnly,
    'new.id <> old.id or new.seq <= old.seq',
  ),
  trigger('gate_audit_head_kept', 'delete', 'gate_audit_head', forwardOnly),
  trigger(
    'gate_audit_head_not_emptied',
    'truncate',
    'gate_audit_head',
    forwardOnly,
  ),
  trigger(
    'gate_audit_texts_erased',
    'update',
    'gate_audit_texts',
    eraseOnly,
    'new.seq <> old.seq or new.field <> old.field or new.salt is not null or new.text is not null',
  ),
  trigger('gate_audit_texts_kept', 'delete', 'gate_audit_texts', eraseOnly),
  trigger(
    'gate_audit_texts_not_emptied',
    'truncate',
    'gate_audit_texts',
    eraseOnly,
  ),
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_audit_entries', table => {
    table.comment('The audit trail: append-only, hash-chained');
    table
      .bigInteger('seq')
      .primary()
      .comment(
        'Counts from 1 without a gap; assigned under the lock of the head',
      );
    table.bigInteger('at').notNullable().comment('Epoch ms, database time');
    table.string('type', 64).notNullable();
    table.string('action', 64).notNullable();
    table.string('by', 512).notNullable();
    table.string('request_id', 64);
    table.string('subject', 512);
    table
      .text('canonical')
      .notNullable()
      .comment('RFC 8785 form of the entry: the bytes that were hashed');
    table
      .specificType('hash', 'char(64)')
      .notNullable()
      .comment('SHA-256 over the previous hash and the canonical text, hex');
    table.specificType('previous', 'char(64)').notNullable();
    table.index(['request_id', 'seq'], 'gate_audit_entries_request');
    table.index(['by', 'seq'], 'gate_audit_entries_by');
    table.index(['subject', 'seq'], 'gate_audit_entries_subject');
    table.index(['type', 'action', 'seq'], 'gate_audit_entries_type');
    table.index(['at', 'seq'], 'gate_audit_entries_at');
  });
  await knex.schema.createTable('gate_audit_head', table => {
    table.comment('Where the trail ends; whoever appends locks this row');
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.specificType('hash', 'char(64)').notNullable();
  });
  await knex('gate_audit_head').insert({ id: 1, seq: 0, hash: '0'.repeat(64) });
  await knex.schema.createTable('gate_audit_texts', table => {
    table.comment('Texts that may have to be erased, beside the entries');
    table
      .bigInteger('seq')
      .notNullable()
      .references('seq')
      .inTable('gate_audit_entries');
    table.string('field', 64).notNullable();
    table.string('salt', 64).comment('Hex; absent once it was erased');
    table.text('text');
    table.primary(['seq', 'field']);
  });
  for (const statement of isPostgres(knex) ? postgresGuards : sqliteGuards) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_audit_texts');
  await knex.schema.dropTable('gate_audit_head');
  await knex.schema.dropTable('gate_audit_entries');
  if (isPostgres(knex)) {
    await knex.raw('drop function gate_audit_refuse()');
  }
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
