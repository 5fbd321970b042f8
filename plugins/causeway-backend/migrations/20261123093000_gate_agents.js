// Whoever asks too often, again and again, or the same after a denial is
// stopped before anything is worked out for it. Halts stop execution, of
// everything or of one agent. Samples say how often an agent was right.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_agents', table => {
    table.comment(
      'A row for each key that ever asked, and each target that was asked about: its lock',
    );
    table.string('key', 600).primary();
    table.bigInteger('version').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('gate_agent_attempts', table => {
    table.comment('Calls of the last minutes, by who made them');
    table.increments('id');
    table.string('key', 512).notNullable();
    table.string('kind', 16).notNullable().comment('request or assessment');
    table.bigInteger('at').notNullable().comment('Epoch ms');
    table.string('operation', 255);
    table.string('target', 512);
    table.string('input_hash', 64);
    table.index(['key', 'kind', 'at'], 'gate_agent_attempts_key');
  });
  await knex.schema.createTable('gate_agent_denials', table => {
    table.comment('The last denial of each operation and target');
    table.string('key', 512).notNullable();
    table.string('operation', 255).notNullable();
    table.string('target', 512).notNullable();
    table.string('request_id', 64).notNullable();
    table.bigInteger('at').notNullable().comment('Epoch ms');
    table.primary(['key', 'operation', 'target']);
  });
  await knex.schema.createTable('gate_halts', table => {
    table.comment('What is halted, and what was');
    table.increments('id');
    table.string('scope', 512).notNullable().comment('all, or a key');
    table.string('by', 512).notNullable();
    table.text('reason').notNullable();
    table.bigInteger('since').notNullable().comment('Epoch ms');
    table.bigInteger('lifted_at');
    table.string('lifted_by', 512);
    table.index(['scope', 'lifted_at'], 'gate_halts_scope');
  });
  await knex.raw(
    'create unique index gate_halts_once on gate_halts (scope) where lifted_at is null',
  );
  await knex.schema.createTable('gate_halt_switch', table => {
    table.comment('Claims hold this row shared, whoever halts takes it alone');
    table.integer('id').primary();
    table.bigInteger('version').notNullable();
  });
  await knex('gate_halt_switch').insert({ id: 1, version: 0 });
  await knex.schema.createTable('gate_agent_samples', table => {
    table.comment('One sample an agent, operation, tier, place and day');
    table.increments('id');
    table.string('agent', 512).notNullable();
    table.string('operation', 255).notNullable();
    table.string('risk', 255).notNullable().comment('Name of the risk tier');
    table
      .string('environment', 255)
      .notNullable()
      .comment('Empty where it is not known');
    table.string('target', 512).notNullable();
    table.integer('day').notNullable().comment('Days since 1970, UTC');
    table.boolean('was_right').notNullable();
    table.string('request_id', 64).notNullable();
    table.unique(
      ['agent', 'operation', 'risk', 'environment', 'target', 'day'],
      { indexName: 'gate_agent_samples_once' },
    );
  });
  await knex.schema.createTable('gate_idempotency_keys', table => {
    table.comment('Which request a key stands for');
    table.string('principal', 512).notNullable();
    table.string('operation', 255).notNullable();
    table.string('key_hash', 64).notNullable().comment('SHA-256 of the key');
    table.string('content_hash', 64).notNullable();
    table.string('request_id', 64).notNullable();
    table.bigInteger('at').notNullable().comment('Epoch ms');
    table.primary(['principal', 'operation', 'key_hash']);
    table.index(['at'], 'gate_idempotency_keys_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'gate_idempotency_keys',
    'gate_agent_samples',
    'gate_halt_switch',
    'gate_halts',
    'gate_agent_denials',
    'gate_agent_attempts',
    'gate_agents',
  ]) {
    await knex.schema.dropTable(table);
  }
};
