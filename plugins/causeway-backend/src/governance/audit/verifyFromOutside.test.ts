import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  generateAnchorKeys,
  publicKeyOf,
  readPrivateKey,
} from '@causeway/backstage-plugin-causeway-common/audit';
import createKnex, { type Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import {
  append,
  entry,
  rewrite,
  takeCopy,
  tamper,
} from '../__testUtils__/startAudit';
import { Anchoring } from './anchors/Anchoring';
import { AuditReader } from './AuditReader';
import { exportAudit } from './exportAudit';

jest.setTimeout(120_000);

const binary = join(
  __dirname,
  '../../../../../packages/causeway-cli/bin/causeway',
);

describe(`the command that verifies from outside on ${databaseId}`, () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  let knex: Knex;
  let address: string;

  beforeAll(async () => {
    if (databaseId === 'SQLITE_3') {
      // One in memory is out of reach for another process.
      address = directory.resolve('causeway.sqlite');
      knex = createKnex({
        client: 'better-sqlite3',
        connection: { filename: address },
        useNullAsDefault: true,
      });
      await knex.raw('PRAGMA journal_mode = WAL');
    } else {
      knex = await databases.init(databaseId);
      const url = new URL(
        process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING!,
      );
      const { rows } = await knex.raw('select current_database() as name');
      url.pathname = `/${rows[0].name}`;
      address = url.toString();
    }
    await migrate(knex);
    await append(
      knex,
      entry({ by: 'user:default/ø😀' }),
      entry({ erasable: { reason: 'größer' }, subject: undefined }),
      entry({ requestId: undefined, detail: {} }),
    );
  });

  afterAll(async () => {
    if (databaseId === 'SQLITE_3') {
      await knex.destroy();
    }
  });

  function run(args: string[], env: Record<string, string> = {}, input = '') {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [binary, 'audit', 'verify', ...args],
      { encoding: 'utf8', env: { ...process.env, ...env }, input },
    );
    return { status, stdout, stderr };
  }

  it('finds the trail whole, in the database and as an export', async () => {
    const head = await new AuditReader(knex).head();
    expect(run(['--database', address])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(`It ends with 3:${head.hash}`),
    });
    let text = '';
    for await (const piece of exportAudit({
      reader: new AuditReader(knex),
      filter: {},
      at: 1,
    })) {
      text += piece;
    }
    expect(run(['-'], {}, text)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`It ends with 3:${head.hash}`),
    });
  });

  it('holds it against what the gate signed, and finds it written anew', async () => {
    const pair = generateAnchorKeys();
    const key = readPrivateKey(pair.privateKey);
    const file = directory.resolve('anchors.jsonl');
    await writeFile(directory.resolve('keys.pem'), pair.publicKey);
    const anchoring = new Anchoring({
      database: knex,
      settings: {
        key,
        known: [publicKeyOf(key)],
        every: 1,
        entries: 1,
        file,
        warnings: [],
      },
      logger: mockServices.logger.mock(),
    });
    await anchoring.look(new AbortController().signal);
    const args = [
      ...['--database', address, '--anchors', file],
      ...['--anchor-keys', directory.resolve('keys.pem')],
    ];
    expect(run(args)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('1 signed checkpoint: the last one, 1,'),
    });
    const back = await takeCopy(knex);
    await rewrite(knex, entries => entries.slice(1));
    expect(run(args)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('✗ Anchors, truncated (checkpoint 1'),
    });
    await append(knex, entry());
    expect(run(args)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('✗ Anchors, rewritten (checkpoint 1'),
    });
    expect(run(['--database', address])).toMatchObject({ status: 0 });
    await back();
    // The same trail in another database.
    await tamper(knex, trx =>
      trx('gate_audit_identity').update({ database_id: randomUUID() }),
    );
    expect(run(args)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('✗ Anchors, other-database'),
    });
    await back();
    expect(run(args)).toMatchObject({ status: 0 });
  });

  it('names what was changed', async () => {
    await tamper(knex, trx =>
      trx('gate_audit_entries').where({ seq: 2 }).update({ by: 'nobody' }),
    );
    expect(run([], { CAUSEWAY_DATABASE: address })).toMatchObject({
      status: 1,
      stderr: '',
      stdout: expect.stringContaining(
        'Broken at entry 2: the columns that it is searched by differ',
      ),
    });
  });

  it('says so where there is no trail', async () => {
    expect(
      run(
        databaseId === 'SQLITE_3'
          ? ['--database', directory.resolve('none.sqlite')]
          : ['--database', address, '--schema', 'elsewhere'],
      ),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/not there|holds no audit trail/),
    });
  });
});
