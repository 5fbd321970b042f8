/*
 * Only what is removed is ever looked up by when that was. An index that holds
 * the living as well is written for each of them, and SQLite takes it for
 * "whatever lives", sorts all that, and throws it away for the next page.
 */

const tables = ['estate_observations', 'estate_entities'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const table of tables) {
    await knex.raw(`drop index ${table}_removed_at_idx`);
    await knex.raw(
      `create index ${table}_removed_at_idx on ${table} (removed_at) where removed_at is not null`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of tables) {
    await knex.raw(`drop index ${table}_removed_at_idx`);
    await knex.raw(
      `create index ${table}_removed_at_idx on ${table} (removed_at)`,
    );
  }
};
