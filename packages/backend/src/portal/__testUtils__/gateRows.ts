import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';

/** Where the gate keeps what it knows, without the counters of who asks how often. */
const tables = [
  'agent_denials',
  'agent_samples',
  'audit_entries',
  'audit_texts',
  'barred',
  'budget_reservations',
  'deciders',
  'events',
  'executions',
  'feedback',
  'halts',
  'idempotency_keys',
  'policy_history',
  'requests',
  'votes',
].map(name => `gate_${name}`);

/** Counts the rows of the gate, in the database of its plugin. */
export function gateRows() {
  const services: { database?: DatabaseService } = {};
  return {
    module: createBackendModule({
      pluginId: 'causeway',
      moduleId: 'rows',
      register(reg) {
        reg.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => {
            services.database = database;
          },
        });
      },
    }),
    /** Rows by table, how often requests were written, and standing votes and halts. */
    async count(): Promise<Record<string, number>> {
      const knex = await services.database!.getClient();
      const number = async (query: PromiseLike<{ n: unknown }[]>) =>
        Number((await query)[0].n ?? 0);
      const counts: Record<string, number> = {
        revisions: await number(knex('gate_requests').sum({ n: 'revision' })),
        standingVotes: await number(
          knex('gate_votes').whereNull('withdrawn_at').count({ n: '*' }),
        ),
        standingHalts: await number(
          knex('gate_halts').whereNull('lifted_at').count({ n: '*' }),
        ),
      };
      for (const table of tables) {
        counts[table] = await number(knex(table).count({ n: '*' }));
      }
      return counts;
    },
  };
}
