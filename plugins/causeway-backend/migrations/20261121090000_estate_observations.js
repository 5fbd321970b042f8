// What sources reported must outlive the process: a restart neither loses nor
// doubles anything, and replicas share the work through the leases here.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('estate_partitions', table => {
    table.comment(
      'One (source, scope, kind) that is listed and watched as a unit',
    );
    table.string('id', 512).primary();
    table.string('source', 128).notNullable();
    table.string('scope', 256).notNullable();
    table.string('kind', 256).notNullable();
    table.string('state', 16).notNullable();
    table.string('reason', 32);
    table.text('message');
    table.integer('objects').notNullable().defaultTo(0);
    table.integer('unreadable').notNullable().defaultTo(0);
    table.integer('failures').notNullable().defaultTo(0);
    table.boolean('watching').notNullable().defaultTo(false);
    table.text('version').comment('Where a watch goes on from');
    table.text('rate_limit').comment('Last rate limit told, JSON');
    table
      .bigInteger('confirmed_at')
      .comment(
        'Epoch ms of the last complete list, or of the last word of its watch',
      );
    table.bigInteger('attempted_at');
    table.bigInteger('next_attempt_at');
    table.string('lease_owner', 64);
    table.bigInteger('lease_expires_at').notNullable().defaultTo(0);
    table
      .bigInteger('lease_epoch')
      .notNullable()
      .defaultTo(0)
      .comment(
        'Grows with every new holder; writes of an older one are refused',
      );
  });

  await knex.schema.createTable('estate_observations', table => {
    table.comment(
      'One object as a source reported it; removed ones stay a while as tombstones',
    );
    table.string('partition', 512).notNullable();
    table.string('key', 512).notNullable();
    table.string('source', 128).notNullable();
    table.string('kind', 64).notNullable();
    table
      .text('data')
      .notNullable()
      .comment('Canonical JSON, empty for a tombstone');
    table.string('hash', 64).notNullable();
    table.bigInteger('observed_at').notNullable();
    table
      .bigInteger('seq')
      .notNullable()
      .comment('Place in the order of commits');
    table
      .bigInteger('missing_since')
      .comment(
        'A complete list lacked it, and a second one has to confirm that',
      );
    table.bigInteger('removed_at');
    table.primary(['partition', 'key']);
    table.index(['seq'], 'estate_observations_seq_idx');
    table.index(['removed_at'], 'estate_observations_removed_at_idx');
  });

  await knex.schema.createTable('estate_clock', table => {
    table.comment(
      'One row, locked by every writer: numbers become visible in their order',
    );
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table
      .bigInteger('floor')
      .notNullable()
      .comment('Tombstones up to here are forgotten');
  });
  await knex('estate_clock').insert({ id: 1, seq: 0, floor: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('estate_clock');
  await knex.schema.dropTable('estate_observations');
  await knex.schema.dropTable('estate_partitions');
};
