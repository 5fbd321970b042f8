// Facts are what checks and policy are made of, and what changed lately is what
// people ask first when something breaks. Both outlive the process: since when
// a value holds, and what it was before, cannot be read from any source again.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_facts', table => {
    table.comment('All facts of one entity in one row');
    table.string('ref', 512).primary();
    table.text('facts').notNullable().comment('JSON, as projected');
    table.string('hash', 64).notNullable();
    table
      .bigInteger('since')
      .notNullable()
      .comment(
        'Epoch ms since when a value holds that `kept` does not tell of',
      );
    table
      .text('kept')
      .comment('JSON: values that began later, and values carried from before');
  });

  await knex.schema.createTable('estate_changes', table => {
    table.comment('What happened to entities, in order; old ones are pruned');
    table.bigIncrements('seq');
    table.bigInteger('at').notNullable();
    table.string('ref', 512).notNullable();
    table.string('what', 16).notNullable();
    table.string('attribute', 128).comment('Fact, or type of the relation');
    table.string('other_ref', 512).comment('Other end of the relation');
    table.text('before').comment('JSON');
    table.text('after').comment('JSON');
    table.string('origin', 16);
    table.string('source', 128);
    table.string('owner', 512).comment('Of what was removed, as it was');
    table.string('environment', 128).comment('Of what was removed, as it was');
    table.index(['ref', 'seq'], 'estate_changes_ref_seq_idx');
    table.index(['at'], 'estate_changes_at_idx');
  });

  await knex.schema.createTable('estate_changes_state', table => {
    table.comment('One row: since when changes are written');
    table.integer('id').primary();
    table
      .bigInteger('began_at')
      .comment('Absent until every source has been read once');
    table
      .text('facts')
      .notNullable()
      .comment(
        'JSON: names that were known; a new one is no change of anything',
      );
  });
  await knex('estate_changes_state').insert({ id: 1, facts: '[]' });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('estate_changes_state');
  await knex.schema.dropTable('estate_changes');
  await knex.schema.dropTable('estate_facts');
};
