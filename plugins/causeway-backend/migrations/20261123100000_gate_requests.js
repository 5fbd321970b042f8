// What people and agents ask for, from the first word to the outcome. The row
// of a request holds what lists filter and order by, and one JSON document of
// everything else; votes, events, executions and feedback are only ever added.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_requests', table => {
    table.comment('Requests of governed operations');
    table.string('id', 64).primary();
    table.string('state', 16).notNullable();
    table
      .integer('revision')
      .notNullable()
      .comment('Increases with every write: writers compare and swap');
    table.string('operation', 128).notNullable();
    table.string('target', 512).notNullable();
    table.string('source', 128).notNullable();
    table.string('owner', 512);
    table.string('environment', 128);
    table.string('requester', 512).notNullable();
    table
      .string('asker', 1024)
      .notNullable()
      .comment('Key of its quotas: the agent, or the person');
    table.integer('tier').notNullable();
    table.string('risk', 16).notNullable();
    table.string('digest', 64).notNullable();
    table.text('words').notNullable().comment('What text search looks at');
    table.text('document').notNullable().comment('JSON');
    table.bigInteger('created_at').notNullable().comment('Epoch ms');
    table.bigInteger('updated_at').notNullable();
    table.bigInteger('decide_by');
    table.bigInteger('execute_by');
    table.bigInteger('escalate_at');
    table.bigInteger('finished_at');
    table
      .bigInteger('urgency')
      .notNullable()
      .comment('Order of queues: what expires first, then what ended last');
    table
      .integer('epoch')
      .notNullable()
      .defaultTo(0)
      .comment('Fencing: every claim increases it, and writers name theirs');
    table.string('worker', 64).comment('Replica that carries it out');
    table.bigInteger('lease_until');
    table
      .bigInteger('due_at')
      .comment('When a worker should look at it next; absent: never');
    table.index(['state', 'urgency', 'id'], 'gate_requests_queue_idx');
    table.index(['urgency', 'id'], 'gate_requests_urgency_idx');
    table.index(['created_at', 'id'], 'gate_requests_created_idx');
    table.index(['target', 'created_at'], 'gate_requests_target_idx');
    table.index(['requester', 'state'], 'gate_requests_requester_idx');
    table.index(['asker', 'state'], 'gate_requests_asker_idx');
    table.index(['due_at'], 'gate_requests_due_idx');
  });

  await knex.schema.createTable('gate_deciders', table => {
    table.comment('Groups whose members may vote on a request');
    table.string('request_id', 64).notNullable();
    table.string('ref', 512).notNullable();
    table.primary(['request_id', 'ref']);
    table.index(['ref', 'request_id'], 'gate_deciders_ref_idx');
  });

  await knex.schema.createTable('gate_barred', table => {
    table.comment('People and groups who asked for it, and so may not vote');
    table.string('request_id', 64).notNullable();
    table.string('ref', 512).notNullable();
    table.primary(['request_id', 'ref']);
  });

  await knex.schema.createTable('gate_votes', table => {
    table.comment('One row a vote; one that is taken back stays');
    table.string('id', 64).primary();
    table.string('request_id', 64).notNullable();
    table.string('voter', 512).notNullable();
    table.string('decision', 8).notNullable();
    table.text('comment');
    table.bigInteger('at').notNullable();
    table.string('digest', 64).notNullable();
    table.string('presence', 16).notNullable();
    table.bigInteger('looked_for').comment('Milliseconds');
    table.bigInteger('withdrawn_at');
    table.text('withdrawn_why');
    table.index(['request_id', 'at'], 'gate_votes_request_idx');
  });
  // One standing vote a person and request, whatever two replicas do.
  await knex.raw(
    'create unique index gate_votes_standing_idx on gate_votes (request_id, voter) where withdrawn_at is null',
  );

  await knex.schema.createTable('gate_events', table => {
    table.comment('What happened to requests, in order');
    table.string('request_id', 64).notNullable();
    table.integer('seq').notNullable();
    table.string('type', 32).notNullable();
    table.bigInteger('at').notNullable();
    table.string('by', 512).notNullable();
    table.text('message').notNullable();
    table.primary(['request_id', 'seq']);
  });

  await knex.schema.createTable('gate_executions', table => {
    table.comment('One attempt to carry a request out');
    table.string('request_id', 64).notNullable();
    table.integer('attempt').notNullable();
    table.string('state', 16).notNullable();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('written_at');
    table.bigInteger('finished_at');
    table.text('message');
    table.text('written').comment('JSON: how the write left the target');
    table.text('verification').comment('JSON');
    table.text('rollback').comment('JSON');
    table.primary(['request_id', 'attempt']);
  });

  await knex.schema.createTable('gate_feedback', table => {
    table.comment('Whether recommendations were right; one word a person');
    table.string('request_id', 64).notNullable();
    table.string('by', 512).notNullable();
    table.bigInteger('at').notNullable();
    table.string('verdict', 16).notNullable();
    table.text('comment');
    table.boolean('counts').notNullable();
    table.primary(['request_id', 'by']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'gate_feedback',
    'gate_executions',
    'gate_events',
    'gate_votes',
    'gate_barred',
    'gate_deciders',
    'gate_requests',
  ]) {
    await knex.schema.dropTable(table);
  }
};
