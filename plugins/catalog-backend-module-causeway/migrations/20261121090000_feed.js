// What the entity provider has to remember to go on where it was: its place in
// the estate's feed, and which entities it has handed to the catalog, so that a
// full pass can tell what is gone. Names carry a prefix because the catalog's
// own tables live in the same database.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('causeway_feed_state', table => {
    table.comment('One row: the place in the feed of the estate');
    table.integer('id').primary();
    table.text('epoch').comment('Epoch of the cursor');
    table
      .text('cursor')
      .comment('Where to go on from; null: from the beginning');
    table.integer('pass').notNullable().comment('Number of the last full pass');
    table
      .boolean('pass_open')
      .notNullable()
      .comment('Whether that pass is still going on');
    table
      .integer('pass_skipped')
      .notNullable()
      .comment('Items of the pass that are no entities');
    table
      .boolean('pass_unsure')
      .notNullable()
      .comment(
        'Whether an item of the pass did not even say which entity it means',
      );
    table
      .boolean('held')
      .notNullable()
      .comment('Whether the last pass would have removed too much');
    table
      .bigInteger('next_pass_at')
      .comment('Epoch milliseconds; null: as soon as possible');
    table.text('lease_holder').comment('The replica that reads the feed');
    table
      .bigInteger('lease_until')
      .notNullable()
      .comment('Epoch milliseconds of the database clock');
  });
  await knex('causeway_feed_state').insert({
    id: 1,
    pass: 0,
    pass_open: false,
    pass_skipped: 0,
    pass_unsure: false,
    held: false,
    lease_until: 0,
  });

  await knex.schema.createTable('causeway_feed_entities', table => {
    table.comment('What the entity provider has handed to the catalog');
    table.string('entity_ref', 255).primary();
    table
      .integer('pass')
      .notNullable()
      .index()
      .comment('The full pass that saw it last');
    table
      .text('displaceable')
      .comment(
        'The entity as JSON where a hand-written one may displace it: it has to be sent again afterwards',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('causeway_feed_entities');
  await knex.schema.dropTable('causeway_feed_state');
};
