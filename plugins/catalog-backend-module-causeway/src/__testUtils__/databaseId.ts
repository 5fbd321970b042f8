import type { TestDatabaseId } from '@backstage/backend-test-utils';

/** PostgreSQL where a server is named, as `.ci/run` does in a run of its own; otherwise SQLite. */
export const databaseId: TestDatabaseId = process.env
  .BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
  ? 'POSTGRES_17'
  : 'SQLITE_3';
