import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/** PostgreSQL where a server is named, as `.ci/run` does in a run of its own; otherwise SQLite. */
export const databaseId: TestDatabaseId = process.env
  .BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
  ? 'POSTGRES_17'
  : 'SQLITE_3';

export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: [databaseId] });
}

/** Brings the plugin's tables up. */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@causeway/backstage-plugin-causeway-backend',
      'migrations',
    ),
  });
}
