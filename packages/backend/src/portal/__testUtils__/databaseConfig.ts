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
  };
}
