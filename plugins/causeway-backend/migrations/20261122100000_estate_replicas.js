// Replicas share partitions evenly. For that each has to know how many others
// are alive, by the database's clock like the leases themselves.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_replicas', table => {
    table.comment('Replicas that have told lately that they are alive');
    table.string('owner', 64).primary();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('alive_until').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('estate_replicas');
};
