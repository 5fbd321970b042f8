import type { RunSql } from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';

/** The part of better-sqlite3's connection that is used. */
interface SqliteConnection {
  prepare(sql: string): { raw(): { all(): unknown[][] } };
}

/** The part of pg's connection that is used. */
interface PostgresConnection {
  query(query: {
    text: string;
    rowMode: 'array';
  }): Promise<{ rows: unknown[][] }>;
}

/**
 * Runs statements by the driver itself. Knex makes an object of each row: for
 * a whole trail that takes longer than reading it.
 */
export function runSql(knex: Knex): RunSql {
  return async sql => {
    const connection = await knex.client.acquireConnection();
    try {
      if (knex.client.config.client === 'pg') {
        const postgres: PostgresConnection = connection;
        const { rows } = await postgres.query({ text: sql, rowMode: 'array' });
        return rows;
      }
      const sqlite: SqliteConnection = connection;
      return sqlite.prepare(sql).raw().all();
    } finally {
      await knex.client.releaseConnection(connection);
    }
  };
}
