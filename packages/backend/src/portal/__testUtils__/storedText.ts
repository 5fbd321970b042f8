import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Schemas of PostgreSQL itself. */
const ofTheServer = ['pg_catalog', 'information_schema'];

/** Reads all that a portal has stored: every table of every plugin. */
export function storedText() {
  const services: { database?: DatabaseService } = {};
  return {
    module: createBackendModule({
      pluginId: 'causeway',
      moduleId: 'stored-text',
      register(reg) {
        reg.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => {
            services.database = database;
          },
        });
      },
    }),
    /** By table on PostgreSQL, by file on SQLite. */
    async read(): Promise<Map<string, string>> {
      const knex = await services.database!.getClient();
      const found = new Map<string, string>();
      if (knex.client.config.client !== 'pg') {
        // The files as they are, with what is still in their logs.
        const folder = dirname(knex.client.config.connection.filename);
        for (const file of await readdir(folder)) {
          if (/sqlite/.test(file)) {
            found.set(file, await readFile(join(folder, file), 'latin1'));
          }
        }
        return found;
      }
      const tables: { table_schema: string; table_name: string }[] = await knex(
        'information_schema.tables',
      )
        .where({ table_type: 'BASE TABLE' })
        .whereNotIn('table_schema', ofTheServer)
        .select('table_schema', 'table_name');
      for (const { table_schema: schema, table_name: table } of tables) {
        const { rows } = await knex.raw(
          'select t::text as text from ??.?? as t',
          [schema, table],
        );
        found.set(
          `${schema}.${table}`,
          rows.map(({ text }: { text: string }) => text).join('\n'),
        );
      }
      return found;
    },
  };
}
