// The policy in force is one row that every replica uses, whatever files they
// have: two of them must never judge by two policies (THREATS H12).

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_policy', table => {
    table.comment('The policy in force: at most one row');
    table.integer('id').primary().comment('Always 1');
    table
      .bigInteger('revision')
      .notNullable()
      .comment('Increases with every change of this row');
    table.text('hash').notNullable().comment('SHA-256 of the RFC 8785 form');
    table.text('origin').notNullable().comment('Where it comes from');
    table.bigInteger('since').notNullable().comment('Epoch ms, in force since');
    table.text('document').notNullable().comment('Normalized, JSON');
    table
      .text('announced_hash')
      .comment('A looser or older one that comes into force later');
    table.text('announced_origin');
    table.bigInteger('announced_from').comment('Epoch ms, in force from');
    table
      .bigInteger('announced_seen')
      .comment('Epoch ms when a replica last had it in its files');
    table.text('announced_document');
    table
      .text('invalid_message')
      .comment('A newer one that cannot be used: tier 1 is stopped');
    table.bigInteger('invalid_at').comment('Epoch ms since when');
  });
  await knex.schema.createTable('gate_policy_history', table => {
    table.comment(
      'Every policy that was in force, so that an older one is known',
    );
    table.text('hash').primary();
    table.bigInteger('since').notNullable().comment('Epoch ms, first in force');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_policy_history');
  await knex.schema.dropTable('gate_policy');
};
