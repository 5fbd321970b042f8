import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';

/**
 * `backend.database` of an empty database, as a portal has it.
 *
 * @param folder - where SQLite keeps its files
 */
export async function databaseConfig(
  databases: TestDatabases,
  id: TestDatabaseId,
  folder: string,
): Promise<JsonObject> {
  if (id === 'SQLITE_3') {
    return { client: 'better-sqlite3', connection: { directory: folder } };
  }
  const knex = await databases.init(id);
  return {
    client: 'pg',
    pluginDivisionMode: 'schema',
    connection: knex.client.config.connection,
    // A pool for every plugin, and other tests at the same time: a server has
    // few connections, and what is idle is given back soon.
    knexConfig: { pool: { min: 0, max: 8, idleTimeoutMillis: 1_000 } },
  };
}
