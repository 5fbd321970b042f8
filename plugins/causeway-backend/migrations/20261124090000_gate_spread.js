// Before anything runs without people, the gate counts what else its requester
// has changed without people: with an index of its own, because whoever asks
// most has the most requests to look through.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('gate_requests', table => {
    table.index(
      ['requester', 'outcome', 'created_at'],
      'gate_requests_spread_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('gate_requests', table => {
    table.dropIndex(
      ['requester', 'outcome', 'created_at'],
      'gate_requests_spread_idx',
    );
  });
};
