import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  type AnchorKey,
  generateAnchorKeys,
  publicKeyOf,
  readAnchors,
  readCheckpointLine,
  readPrivateKey,
} from '@causeway/backstage-plugin-causeway-common/audit';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../../estate/__testUtils__/testDatabases';
import {
  append,
  at,
  entry,
  rewrite,
  takeCopy,
} from '../../__testUtils__/startAudit';
import type { NewAuditEntry } from '../NewAuditEntry';
import { KnexAuditTrail } from '../KnexAuditTrail';
import { LeasedRounds } from '../LeasedRounds';
import { Anchoring } from './Anchoring';
import type { AnchorSettings } from './AnchorSettings';

jest.setTimeout(120_000);

const minute = 60_000;
const key = readPrivateKey(generateAnchorKeys().privateKey);
const later = readPrivateKey(generateAnchorKeys().privateKey);
const { signal } = new AbortController();

const databases = createTestDatabases();
const directory = createMockDirectory();

function settingsOf(changes: Partial<AnchorSettings> = {}): AnchorSettings {
  return {
    key,
    known: [publicKeyOf(changes.key ?? key)],
    every: 5 * minute,
    entries: 1000,
    file: directory.resolve('anchors.jsonl'),
    warnings: [],
    ...changes,
  };
}

/** The gate's part, on a clock that stands still until told to go on. */
function startOn(knex: Knex, settings: AnchorSettings, clock = { now: at }) {
  const logger = mockServices.logger.mock();
  const anchoring = new Anchoring({
    database: knex,
    settings,
    logger,
    now: async () => clock.now,
  });
  const trail = new KnexAuditTrail(knex, { anchors: settings });
  return {
    clock,
    logger,
    anchoring,
    trail,
    look: (after = 0) => {
      clock.now += after;
      return anchoring.look(signal);
    },
    verify: () => trail.verify(),
    status: () => trail.anchors(),
  };
}

async function start(changes: Partial<AnchorSettings> = {}) {
  directory.clear();
  const knex = await databases.init(databaseId);
  await migrate(knex);
  const settings = settingsOf(changes);
  return { knex, settings, ...startOn(knex, settings) };
}

const linesOf = async (file = 'anchors.jsonl') =>
  (await readFile(directory.resolve(file), 'utf8')).trimEnd().split('\n');

const placesOf = (lines: readonly string[]) =>
  lines.map(line => {
    const { number, seq } = readCheckpointLine(line)!.checkpoint;
    return [number, seq];
  });

const many = (count: number, changes: Partial<NewAuditEntry> = {}) =>
  Array.from({ length: count }, (_, n) =>
    entry({ requestId: `r-${n}`, ...changes }),
  );

describe(`anchoring on ${databaseId}`, () => {
  it('signs when there is something new: after a while, or once it is much', async () => {
    const { knex, look, status, verify } = await start({ entries: 10 });
    await look();
    expect(await status()).toMatchObject({
      state: 'waiting',
      key: key.id,
      open: 0,
    });
    await append(knex, ...many(2));
    await look();
    await append(knex, ...many(3));
    await look(minute);
    expect(placesOf(await linesOf())).toEqual([[1, 2]]);
    expect(await status()).toMatchObject({ state: 'anchored', open: 3 });
    await look(4 * minute);
    await look(5 * minute);
    await append(knex, ...many(10));
    await look();
    expect(placesOf(await linesOf())).toEqual([
      [1, 2],
      [2, 5],
      [3, 15],
    ]);
    expect(await status()).toMatchObject({
      state: 'anchored',
      anchored: { number: 3, seq: 15, at: at + 10 * minute, key: key.id },
      open: 0,
      sinks: [{ kind: 'file', delivered: 3, behind: 0 }],
    });
    expect(await verify()).toMatchObject({
      whole: true,
      entries: 15,
      anchors: { checkpoints: 3, findings: [] },
    });
    expect(await verify()).not.toHaveProperty('unanchoredSince');
  });

  it('vouches for what it signed, whatever is done to the trail after', async () => {
    const { knex, settings } = await start();
    const pristine = await takeCopy(knex);
    const mutations = {
      none: (entries: NewAuditEntry[]) => entries,
      change: ([first, ...rest]: NewAuditEntry[]) => [
        { ...first, by: 'nobody' },
        ...rest,
      ],
      drop: (entries: NewAuditEntry[]) => entries.slice(1),
      swap: ([first, second, ...rest]: NewAuditEntry[]) => [
        second,
        first,
        ...rest,
      ],
      insert: (entries: NewAuditEntry[]) => [entry(), ...entries],
      truncate: (entries: NewAuditEntry[]) => entries.slice(0, 1),
      empty: () => [],
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 2, max: 6 }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(...Object.keys(mutations)),
        async (rounds, more, how) => {
          await pristine();
          directory.clear();
          const { look, verify } = startOn(knex, settings);
          for (const count of rounds) {
            await append(knex, ...many(count));
            await look(5 * minute);
          }
          await append(knex, ...many(more));
          expect(await verify()).toMatchObject({ whole: true });
          await rewrite(knex, mutations[how as keyof typeof mutations]);
          const { whole, anchors } = await verify();
          expect([how, whole]).toEqual([how, how === 'none']);
          const shown = anchors!.findings.map(({ kind }) =>
            ['rewritten', 'truncated'].includes(kind),
          );
          expect(shown).toEqual(how === 'none' ? [] : [true]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('signs no trail that does not fit, says so once, and goes on when it does', async () => {
    const { knex, look, status, logger } = await start();
    await append(knex, ...many(4));
    await look();
    const back = await takeCopy(knex);
    await rewrite(knex, entries =>
      entries.map(one => ({ ...one, by: 'nobody' })),
    );
    await append(knex, entry());
    await look(5 * minute);
    await look(5 * minute);
    expect(placesOf(await linesOf())).toEqual([[1, 4]]);
    expect(await status()).toMatchObject({
      state: 'refused',
      why: expect.stringContaining(
        'entry 4 is not what it was when checkpoint 1 was signed',
      ),
      anchored: { number: 1 },
      open: 1,
    });
    expect(logger.error).toHaveBeenCalledTimes(1);
    await back();
    await append(knex, entry());
    await look(5 * minute);
    expect(await status()).toMatchObject({ state: 'anchored', open: 0 });
  });

  it('notices that an earlier copy was put back', async () => {
    const { knex, settings, look, verify, logger, clock } = await start();
    await append(knex, ...many(3));
    await look();
    const back = await takeCopy(knex);
    await append(knex, ...many(3));
    await look(5 * minute);
    await back();
    // While it runs.
    await look();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('an earlier copy of it was put back'),
    );
    expect(await verify()).toMatchObject({
      whole: false,
      anchors: { findings: [{ kind: 'truncated', checkpoint: 2, seq: 4 }] },
    });
    // After a start: the file knows better, and is left as it is.
    const again = startOn(knex, settings, clock);
    await append(knex, ...many(4, { by: 'user:default/eve' }));
    await again.look(5 * minute);
    expect(await again.status()).toMatchObject({
      state: 'behind',
      sinks: [
        {
          failing: {
            why: expect.stringContaining('has another checkpoint 2'),
          },
        },
      ],
    });
    expect(placesOf(await linesOf())).toEqual([
      [1, 3],
      [2, 6],
    ]);
    const { whole, anchors } = await again.verify();
    expect(whole).toBe(false);
    expect(anchors!.findings.map(({ kind }) => kind)).toEqual([
      'fork',
      'rewritten',
    ]);
    // Somebody looked into it, kept the file, and lets a new one begin.
    await writeFile(directory.resolve('anchors.jsonl'), '');
    await again.look(20 * minute);
    expect(placesOf(await linesOf())).toEqual([
      [1, 3],
      [2, 7],
    ]);
    expect(await again.verify()).toMatchObject({ whole: true });
  });

  it('makes one checkpoint of one place, however many replicas look', async () => {
    const { knex, settings } = await start({ entries: 1 });
    const replicas = [1, 2, 3].map(() => startOn(knex, settings));
    for (let round = 0; round < 5; round += 1) {
      await append(knex, ...many(2));
      await Promise.all(replicas.map(({ look }) => look(minute)));
    }
    const rows = await knex('gate_audit_checkpoints').orderBy('number');
    expect(
      rows.map(({ number, seq }) => [Number(number), Number(seq)]),
    ).toEqual([1, 2, 3, 4, 5].map(number => [number, 2 * number]));
    expect(await replicas[0].verify()).toMatchObject({
      whole: true,
      anchors: { checkpoints: 5 },
    });
  });

  it('is the work of one replica at a time, and of another when that is gone', async () => {
    const { knex } = await start();
    const worked: string[] = [];
    const roundsOf = (worker: string) =>
      new LeasedRounds({
        database: knex,
        name: 'anchors',
        every: minute,
        worker,
        work: async () => void worked.push(worker),
        logger: mockServices.logger.mock(),
      });
    const [one, two] = [roundsOf('one'), roundsOf('two')];
    await one.run();
    await two.run();
    await one.run();
    expect(worked).toEqual(['one', 'one']);
    await one.stop();
    await two.run();
    expect(worked).toEqual(['one', 'one', 'two']);
    await two.stop();
  });

  it('goes on with another key, whose earlier half it has to know', async () => {
    const { knex, look, clock } = await start();
    await append(knex, ...many(2));
    await look();
    await append(knex, ...many(2));
    const withKeys = (...known: AnchorKey[]) =>
      startOn(knex, settingsOf({ key: later, known }), clock);
    const hasty = withKeys(publicKeyOf(later));
    await hasty.look(5 * minute);
    expect(await hasty.status()).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('causeway.gate.audit.anchors.publicKeys'),
    });
    const rotated = withKeys(publicKeyOf(later), publicKeyOf(key));
    await rotated.look();
    expect(await rotated.status()).toMatchObject({
      state: 'anchored',
      anchored: { number: 2, key: later.id },
    });
    expect(await rotated.verify()).toMatchObject({ whole: true });
    const lines = await linesOf();
    const kindsOf = async (...known: AnchorKey[]) =>
      (await readAnchors(lines, known)).report.findings.map(({ kind }) => kind);
    expect(await kindsOf(key, later)).toEqual([]);
    expect(await kindsOf(key)).toEqual(['unknown-key']);
    expect(await kindsOf(later)).toEqual(['unknown-key', 'gap']);
  });
});

describe(`a gate that signs nothing on ${databaseId}`, () => {
  it('says so where nobody else does', async () => {
    const { knex, look, status } = await start();
    const now = Date.now();
    await append(knex, entry({ at: now - 60_000 }));
    expect(await status()).toMatchObject({ state: 'waiting', open: 1 });
    await append(knex, entry({ at: now - 50_000 }));
    await look();
    expect(await status()).toMatchObject({ state: 'anchored' });
    await append(knex, entry({ at: now - 10 * minute }));
    expect(await status()).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('entry 3 waits for its signature since'),
      anchored: { number: 1 },
    });
  });

  it('takes a lease that is longer than any replica takes it', async () => {
    const { knex } = await start();
    await knex('gate_audit_leases').update({
      worker: 'nobody',
      until: Date.now() + 365 * 86_400_000,
    });
    const work = jest.fn(async () => {});
    const rounds = new LeasedRounds({
      database: knex,
      name: 'anchors',
      every: minute,
      work,
      logger: mockServices.logger.mock(),
    });
    await rounds.run();
    expect(work).toHaveBeenCalledTimes(1);
    await rounds.stop();
  });

  it('goes on where somebody took its notes away', async () => {
    const { knex, look, status } = await start();
    await knex('gate_audit_anchor_steps').delete();
    await append(knex, ...many(2));
    await look();
    expect(await status()).toMatchObject({
      state: 'anchored',
      sinks: [{ delivered: 1, behind: 0 }],
    });
  });
});

describe(`the file of anchors on ${databaseId}`, () => {
  it('gets what it missed once its volume is back, and what it lost', async () => {
    const file = directory.resolve('volume/anchors.jsonl');
    const { knex, look, status, logger } = await start({ file });
    await append(knex, ...many(2));
    await look();
    await append(knex, ...many(2));
    await look(5 * minute);
    expect(await status()).toMatchObject({
      state: 'behind',
      last: { number: 2 },
      sinks: [
        {
          kind: 'file',
          name: file,
          behind: 2,
          failing: { since: at, why: expect.stringContaining('ENOENT') },
        },
      ],
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await mkdir(directory.resolve('volume'));
    await look(5 * minute);
    expect(placesOf(await linesOf('volume/anchors.jsonl'))).toEqual([
      [1, 2],
      [2, 4],
    ]);
    expect(await status()).toMatchObject({ state: 'anchored' });
    await writeFile(file, '');
    await look();
    expect(placesOf(await linesOf('volume/anchors.jsonl'))).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  it('stays readable where a line was cut off', async () => {
    const { knex, look, verify } = await start();
    await append(knex, ...many(2));
    await look();
    await append(knex, ...many(2));
    await look(5 * minute);
    const [one, two] = await linesOf();
    const file = directory.resolve('anchors.jsonl');
    await writeFile(file, `${one}\n${two.slice(0, 40)}`);
    await look();
    expect(await linesOf()).toEqual([one, two.slice(0, 40), two]);
    expect(await verify()).toMatchObject({ whole: true });
    await writeFile(file, one.slice(0, 40));
    await look();
    expect(await linesOf()).toEqual([one.slice(0, 40), one, two]);
  });

  it('is left alone where somebody else wrote', async () => {
    const { knex, look, status, verify } = await start();
    const file = directory.resolve('anchors.jsonl');
    await append(knex, ...many(2));
    await look();
    await appendFile(file, 'x'.repeat(9000));
    await appendFile(file, '\nhello\n');
    await append(knex, ...many(2));
    await look(5 * minute);
    expect(await status()).toMatchObject({
      state: 'behind',
      sinks: [
        {
          failing: {
            why: expect.stringContaining('does not end with a checkpoint'),
          },
        },
      ],
    });
    const { whole, anchors } = await verify();
    expect(whole).toBe(false);
    expect(anchors!.findings[0]).toMatchObject({ kind: 'malformed', line: 2 });
  });
});

describe(`the endpoint of anchors on ${databaseId}`, () => {
  let server: Server;
  let answers: number[];
  let told: { line: string; token?: string; key?: string | string[] }[];
  let url: URL;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let line = '';
      req.on('data', chunk => (line += chunk));
      req.on('end', () => {
        const status = answers.shift() ?? 204;
        told.push({
          line,
          token: req.headers.authorization,
          key: req.headers['idempotency-key'],
        });
        res.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
      });
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = server.address() as AddressInfo;
    url = new URL(`http://127.0.0.1:${port}/anchors?secret=hunter2`);
  });
  beforeEach(() => {
    answers = [];
    told = [];
  });
  afterAll(() => server.close());

  const endpoint = () => ({ url, token: 'the-token' });

  it('is told each one in order, again and again while it fails, and loses none', async () => {
    const { knex, look, status, logger } = await start({
      file: undefined,
      endpoint: endpoint(),
    });
    answers = [503, 302, 500];
    const expected: number[][] = [];
    for (const number of [1, 2, 3]) {
      await append(knex, ...many(2));
      await look(5 * minute);
      expected.push([number, 2 * number]);
    }
    expect(placesOf(told.map(({ line }) => line))).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    const { state, sinks } = await status();
    expect(state).toBe('behind');
    expect(sinks).toEqual([
      {
        kind: 'endpoint',
        name: `${url.origin}/anchors`,
        delivered: 0,
        behind: 3,
        failing: {
          since: at + 5 * minute,
          why: `${url.origin}/anchors answered 500`,
        },
      },
    ]);
    // It is left in peace for a while.
    await look(1000);
    expect(told).toHaveLength(3);
    await look(10 * minute);
    expect(placesOf(told.slice(3).map(({ line }) => line))).toEqual(expected);
    expect(new Set(told.map(({ token }) => token))).toEqual(
      new Set(['Bearer the-token']),
    );
    expect(new Set(told.map(one => one.key)).size).toBe(3);
    expect(await status()).toMatchObject({
      state: 'anchored',
      anchored: { number: 3 },
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(expect.stringContaining('again'));
    const all = JSON.stringify([logger.warn.mock.calls, await status()]);
    expect(all).not.toContain('the-token');
    expect(all).not.toContain('hunter2');
  });

  it('is not passed by where somebody says that it was told', async () => {
    const { knex, look, status } = await start({
      file: undefined,
      endpoint: endpoint(),
    });
    await append(knex, ...many(2));
    await knex('gate_audit_anchor_steps')
      .where({ step: 'endpoint' })
      .update({ delivered: 100 });
    await look();
    expect(await status()).toMatchObject({
      state: 'behind',
      sinks: [
        {
          failing: {
            why: expect.stringContaining('checkpoint 100 was delivered'),
          },
        },
      ],
    });
  });

  it('may be away while the file is there', async () => {
    const { knex, look, status } = await start({
      endpoint: { url: new URL('http://127.0.0.1:1/x'), token: 'the-token' },
    });
    await append(knex, ...many(2));
    await look();
    expect(await linesOf()).toHaveLength(1);
    expect(await status()).toMatchObject({
      state: 'behind',
      sinks: [
        { kind: 'file', behind: 0 },
        {
          kind: 'endpoint',
          behind: 1,
          failing: { why: expect.stringContaining('could not be reached') },
        },
      ],
    });
  });
});
