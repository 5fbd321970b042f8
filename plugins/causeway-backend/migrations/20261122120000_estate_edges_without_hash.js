/*
 * An edge is as short as a hash of it: what is stored is compared as it is. The
 * column was written for every edge and read for nothing else.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw('alter table estate_edges drop column hash');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // No edge has this hash: the release before writes all of them anew.
  await knex.raw(
    "alter table estate_edges add column hash varchar(64) not null default ''",
  );
};
