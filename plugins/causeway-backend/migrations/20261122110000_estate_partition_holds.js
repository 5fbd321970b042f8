// A removal that is doubted waits, and one that was confirmed may have been
// wrong all the same: people have to see both.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('estate_partitions', table => {
    table
      .integer('held')
      .notNullable()
      .defaultTo(0)
      .comment(
        'Objects that wait for another list to confirm that they are gone',
      );
    table
      .bigInteger('held_since')
      .comment('Epoch ms since when the first of them waits');
    table
      .integer('confirmed_removals')
      .comment(
        'Objects of the last removal that had been held and was confirmed',
      );
    table.bigInteger('confirmed_removals_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('estate_partitions', table => {
    table.dropColumns(
      'held',
      'held_since',
      'confirmed_removals',
      'confirmed_removals_at',
    );
  });
};
