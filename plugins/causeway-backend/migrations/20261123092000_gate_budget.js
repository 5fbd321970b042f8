// What approved requests may cost an hour is reserved when they are approved,
// under the lock of each limit: concurrent approvals cannot overspend one.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_budget_limits', table => {
    table.comment('A row for each limit that was ever used: its lock');
    table.string('name', 255).primary();
    table
      .bigInteger('version')
      .notNullable()
      .defaultTo(0)
      .comment('Counts reservations; whoever reserves moves it on');
  });
  await knex.schema.createTable('gate_budget_reservations', table => {
    table.comment('What requests hold of limits');
    table.increments('id');
    table.string('request_id', 64).notNullable();
    table.string('limit_name', 255).notNullable();
    table
      .bigInteger('amount')
      .notNullable()
      .comment('Millionths per hour: whole numbers add up exactly');
    table.bigInteger('reserved_at').notNullable().comment('Epoch ms');
    table
      .bigInteger('held_until')
      .notNullable()
      .comment('Epoch ms at which its window ends');
    table.bigInteger('released_at');
    table.string('released_why', 32);
    table.index(
      ['limit_name', 'released_at', 'held_until'],
      'gate_budget_reservations_held',
    );
  });
  // Partial indexes are the same on both databases, and unknown to knex there.
  await knex.raw(
    `create unique index gate_budget_reservations_once
     on gate_budget_reservations (request_id, limit_name)
     where released_at is null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_budget_reservations');
  await knex.schema.dropTable('gate_budget_limits');
};
