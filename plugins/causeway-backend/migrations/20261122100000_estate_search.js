// What entities are found by, ingested and hand-written, on every replica
// alike. Hand-written ones live in the catalog only, and the catalog knows
// neither health nor conditions, so neither can answer alone.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_search', table => {
    table.comment('One row an entity: what stands on it, fit to be searched');
    table.string('ref', 512).primary();
    table
      .string('origin', 16)
      .notNullable()
      .comment('`ingested`, or `catalog` for what people wrote');
    table
      .string('entity_hash', 64)
      .notNullable()
      .comment('Of the entity that the row was made of');
    table
      .string('context_hash', 64)
      .notNullable()
      .comment('Of the context that the values were made of; empty for none');
    table.string('kind', 63).notNullable();
    table.string('type', 255).notNullable();
    table.string('owner', 512).notNullable();
    table.string('lifecycle', 255).notNullable();
    table.integer('deprecated').notNullable();
    table
      .integer('composed')
      .notNullable()
      .comment('1 where state and environments are those of its parts');
    table.string('name', 255).notNullable().comment('Normalized');
    table.text('title').notNullable().comment('Normalized');
    table.text('words').notNullable().comment('Normalized, everything');
    table.text('document').notNullable().comment('JSON');
    table.index(['owner'], 'estate_search_owner_idx');
    table.index(['name'], 'estate_search_name_idx');
  });

  await knex.schema.createTable('estate_search_values', table => {
    table.comment('What an entity has several of, and what changes often');
    table.string('ref', 512).notNullable();
    table.string('field', 16).notNullable();
    table.string('value', 512).notNullable();
    table.primary(['ref', 'field', 'value']);
    table.index(['field', 'value'], 'estate_search_values_idx');
  });

  await knex.schema.createTable('estate_search_state', table => {
    table.comment('One row: how far the index has come');
    table.integer('id').primary();
    table
      .bigInteger('projected_at')
      .notNullable()
      .comment('The projection that the index holds');
    table
      .bigInteger('checked_at')
      .notNullable()
      .comment('When it was last seen to hold the newest projection');
    table
      .bigInteger('catalog_read_at')
      .notNullable()
      .comment('When everything hand-written was last read');
    table.bigInteger('lease_expires_at').notNullable();
  });
  await knex('estate_search_state').insert({
    id: 1,
    projected_at: 0,
    checked_at: 0,
    catalog_read_at: 0,
    lease_expires_at: 0,
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('estate_search_state');
  await knex.schema.dropTable('estate_search_values');
  await knex.schema.dropTable('estate_search');
};
