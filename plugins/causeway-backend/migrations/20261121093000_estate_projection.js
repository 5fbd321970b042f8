// What follows from the observations is kept, so that a restart changes
// nothing, a change is found by its hash, and the feed has an order to go on in.

const { randomUUID } = require('node:crypto');

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_projection', table => {
    table.comment('One row: the state of the projection and who may write it');
    table.integer('id').primary();
    table
      .string('epoch', 64)
      .notNullable()
      .comment('Cursors of another epoch have no meaning');
    table
      .bigInteger('seq')
      .notNullable()
      .comment('Number of the newest change of an entity');
    table
      .bigInteger('floor')
      .notNullable()
      .comment('Tombstones up to here are forgotten');
    table.bigInteger('projected_at');
    table.text('counts').comment('Entities and edges by type, JSON');
    table.string('holder', 64);
    table.bigInteger('lease_expires_at').notNullable().defaultTo(0);
    table
      .bigInteger('fence')
      .notNullable()
      .comment(
        'Grows with every new holder; writes of an older one are refused',
      );
  });
  await knex('estate_projection').insert({
    id: 1,
    epoch: randomUUID(),
    seq: 0,
    floor: 0,
    fence: 0,
  });

  await knex.schema.createTable('estate_entities', table => {
    table.comment(
      'Entities as the catalog gets them; removed ones stay a while as tombstones',
    );
    table.string('ref', 512).primary();
    table.string('type', 64).notNullable();
    table.string('location_key', 128);
    table.text('entity').comment('JSON, absent for a tombstone');
    table.string('hash', 64).notNullable();
    table.bigInteger('seq').notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.bigInteger('removed_at');
    table.index(['seq'], 'estate_entities_seq_idx');
    table.index(['removed_at'], 'estate_entities_removed_at_idx');
  });

  await knex.schema.createTable('estate_contexts', table => {
    table.comment(
      'What the estate knows of an entity, ingested or hand-written, besides its catalog form',
    );
    table.string('ref', 512).primary();
    table.text('context').notNullable().comment('JSON');
    table.string('hash', 64).notNullable();
  });

  await knex.schema.createTable('estate_edges', table => {
    table.comment('Inferred relations, each once, with the surest evidence');
    table.string('from_ref', 512).notNullable();
    table.string('type', 64).notNullable();
    table.string('to_ref', 512).notNullable();
    table.string('rule', 64).notNullable();
    table.text('evidence').notNullable();
    table.string('confidence', 16).notNullable();
    table.string('partition', 512).notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.primary(['from_ref', 'type', 'to_ref']);
    table.index(['to_ref'], 'estate_edges_to_ref_idx');
  });

  await knex.schema.createTable('estate_problems', table => {
    table.comment('What could not be represented as it is, or is contested');
    table.text('id').primary();
    table.string('entity_ref', 512);
    table.text('problem').notNullable().comment('JSON');
    table.string('hash', 64).notNullable();
    table.index(['entity_ref'], 'estate_problems_entity_ref_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('estate_problems');
  await knex.schema.dropTable('estate_edges');
  await knex.schema.dropTable('estate_contexts');
  await knex.schema.dropTable('estate_entities');
  await knex.schema.dropTable('estate_projection');
};
