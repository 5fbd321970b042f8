import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const createKnex = require('knex');

const server =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING ??
  'postgresql://postgres@127.0.0.1:5432';

/** A SQLite file as the portal keeps it: in write-ahead mode, one connection. */
async function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'causeway.sqlite') },
    useNullAsDefault: true,
  });
  await knex.raw('PRAGMA journal_mode = WAL');
  return {
    knex,
    async close() {
      await knex.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A PostgreSQL database of its own; where it is, and how to get rid of it. */
async function createPostgres() {
  const name = `causeway_bench_${randomBytes(6).toString('hex')}`;
  const admin = createKnex({ client: 'pg', connection: server });
  await admin.raw('create database ??', [name]);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return {
    address: address.toString(),
    async drop() {
      await admin.raw('drop database ?? with (force)', [name]);
      await admin.destroy();
    },
  };
}

async function openPostgres() {
  const { address, drop } = await createPostgres();
  const knex = createKnex({ client: 'pg', connection: address });
  return {
    knex,
    async close() {
      await knex.destroy();
      await drop();
    },
  };
}

/** An empty database for another process; files of SQLite are made by whoever opens them. */
export function createDatabase(name) {
  return name === 'PostgreSQL'
    ? createPostgres()
    : { address: '', drop: async () => {} };
}

/** Opens an empty database, by the name that results carry. */
export function openDatabase(name) {
  return name === 'PostgreSQL' ? openPostgres() : openSqlite();
}

/** The databases that are there. */
export async function availableDatabases() {
  const { hostname, port } = new URL(server);
  const postgres = await new Promise(resolve => {
    const socket = connect(Number(port || 5432), hostname)
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });
  if (!postgres) {
    console.error(
      `No PostgreSQL answers at ${hostname}: its rows are left out (BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING names another)`,
    );
  }
  return postgres ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
}
