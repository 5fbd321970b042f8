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

/**
 * Databases of a file of tests. A server has few connections and every
 * database a pool of its own: that of a test ends before the next one begins.
 * Those of `beforeAll` stay.
 */
export function createTestDatabases(): TestDatabases {
  const databases = TestDatabases.create({ ids: [databaseId] });
  const init = databases.init.bind(databases);
  let isTest = false;
  let own: Knex[] = [];
  let past: Knex[] = [];
  beforeEach(() => {
    isTest = true;
  });
  afterEach(() => {
    isTest = false;
    // Not yet: what uses them may end in a later hook.
    past = [...past, ...own];
    own = [];
  });
  return Object.assign(databases, {
    async init(id: TestDatabaseId) {
      const over = past;
      past = [];
      await Promise.all(over.map(knex => knex.destroy()));
      const database = await init(id);
      if (isTest) {
        own.push(database);
      }
      return database;
    },
  });
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
