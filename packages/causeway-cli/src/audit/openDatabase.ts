import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { RunSql } from '@causeway/backstage-plugin-causeway-common/audit';

/** A database that is only read. */
export interface OpenDatabase {
  run: RunSql;
  close(): Promise<void>;
}

/** The part of better-sqlite3 that is used. */
type Sqlite = new (
  path: string,
  options: { readonly: true; fileMustExist: true },
) => {
  prepare(sql: string): { raw(): { all(): unknown[][] } };
  close(): void;
};

/** The part of pg that is used. */
interface Postgres {
  Client: new (options: {
    connectionString: string;
    application_name: string;
  }) => {
    connect(): Promise<void>;
    query(
      query: { text: string; rowMode: 'array' } | string,
    ): Promise<{ rows: unknown[][] }>;
    escapeIdentifier(name: string): string;
    end(): Promise<void>;
  };
}

/**
 * Opens a PostgreSQL database by its connection string, or a SQLite file.
 *
 * @throws InputError that says what is wrong or missing; never with the
 * connection string, which may hold a password
 */
export async function openDatabase(
  database: string,
  options: { cwd: string; schema?: string },
): Promise<OpenDatabase> {
  return /^postgres(ql)?:\/\//.test(database)
    ? openPostgres(database, options.schema)
    : openSqlite(resolve(options.cwd, database));
}

async function openSqlite(path: string): Promise<OpenDatabase> {
  if (!existsSync(path)) {
    throw new InputError(
      `${path}: The file is not there. --database takes a SQLite file or postgresql://…`,
    );
  }
  const Database = load<Sqlite>('better-sqlite3', 'a SQLite file', () =>
    require('better-sqlite3'),
  );
  try {
    const connection = new Database(path, {
      readonly: true,
      fileMustExist: true,
    });
    return {
      run: async sql => explained(() => connection.prepare(sql).raw().all()),
      close: async () => connection.close(),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function openPostgres(
  connectionString: string,
  schema: string | undefined,
): Promise<OpenDatabase> {
  const { Client } = load<Postgres>('pg', 'a PostgreSQL database', () =>
    require('pg'),
  );
  const client = new Client({
    connectionString,
    application_name: 'causeway audit verify',
  });
  try {
    await client.connect();
    await client.query('set default_transaction_read_only = on');
    if (schema !== undefined) {
      await client.query(
        `set search_path to ${client.escapeIdentifier(schema)}`,
      );
    }
  } catch (error) {
    throw unreadable('The database', error);
  }
  return {
    run: async sql =>
      explained(
        async () => (await client.query({ text: sql, rowMode: 'array' })).rows,
      ),
    close: () => client.end(),
  };
}

/** Drivers are optional: whoever only checks files needs none of them. */
function load<T>(name: string, what: string, driver: () => T): T {
  try {
    return driver();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw new InputError(
        `Reading ${what} needs the package ${name}, which is not installed: npm install ${name}, or npx -p @causeway/cli -p ${name} causeway …`,
      );
    }
    throw error;
  }
}

async function explained<T>(query: () => T | Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // PostgreSQL's code for a table that is not there, and SQLite's words.
    if (code === '42P01' || /no such table/.test(message)) {
      throw new InputError(
        'This database holds no audit trail of Causeway. Is it the one of the causeway plugin? With PostgreSQL, --schema names its schema.',
      );
    }
    throw unreadable('The database', error);
  }
}

function unreadable(what: string, error: unknown): InputError {
  const { code, message } = error as { code?: string; message?: string };
  return new InputError(
    `${what} cannot be read (${[code, message].filter(Boolean).join(': ')})`,
  );
}
