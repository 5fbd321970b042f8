import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkpointFormat,
  checkpointHash,
  checkpointLine,
  endLine,
  entryLine,
  exportFormat,
  generateAnchorKeys,
  genesisHash,
  hashEntry,
  headerLine,
  readPrivateKey,
  signCheckpoint,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { runCli, withFiles } from '../testUtils';

const at = 1_900_000_000_000;
const database = '00000000-0000-4000-8000-000000000001';
const pair = generateAnchorKeys();
const key = readPrivateKey(pair.privateKey);

/** An export of as many entries, and the end after each. */
function exportOf(count: number, word = 'pending', id = database, shift = 0) {
  let hash = genesisHash;
  const heads: { seq: number; hash: string }[] = [];
  const lines = Array.from({ length: count }, (_, index) => {
    const seq = index + 1;
    const previous = hash;
    const canonical = `{"action":"Submitted","at":${at + shift + seq},"by":"gate","detail":{"state":"${word}"},"seq":${seq},"type":"request"}`;
    hash = hashEntry(previous, canonical);
    heads.push({ seq, hash });
    return entryLine({ hash, previous, canonical });
  });
  const header = headerLine({
    format: exportFormat,
    filtered: false,
    filter: {},
    at,
    head: { seq: count, hash },
    database: id,
  });
  return {
    heads,
    text: `${header}${lines.join('')}${endLine({ entries: count })}`,
  };
}

/** The checkpoints of a trail after these entries. */
function anchorsOf({ heads }: ReturnType<typeof exportOf>, seqs: number[]) {
  let previous = genesisHash;
  return seqs
    .map((seq, index) => {
      const signed = signCheckpoint(
        {
          format: checkpointFormat,
          number: index + 1,
          database,
          ...heads[seq - 1],
          entries: seq - (seqs[index - 1] ?? 0),
          at: at + 1000 * seq,
          previous,
        },
        key,
      );
      previous = checkpointHash(signed);
      return `${checkpointLine(signed)}\n`;
    })
    .join('');
}

const trail = exportOf(4);
const files = {
  'trail.jsonl': trail.text,
  'short.jsonl': exportOf(2).text,
  'anew.jsonl': exportOf(4, 'approved').text,
  'elsewhere.jsonl': exportOf(4, 'pending', database.replace(/1$/, '2')).text,
  'anchors.jsonl': anchorsOf(trail, [1, 3]),
  'keys.pem': pair.publicKey,
  'private.pem': pair.privateKey,
  'other.pem': generateAnchorKeys().publicKey,
  'endless.jsonl': Buffer.alloc(3 * 1024 * 1024, 0x7b),
  'wrong.jsonl': `{"checkpoint":`,
  'empty.jsonl': '',
};

const verify = (args: string[], stdin?: string) =>
  withFiles(files, cwd => runCli(['audit', 'verify', ...args], { cwd, stdin }));

const anchored = (file: string, anchors = 'anchors.jsonl', keys = 'keys.pem') =>
  verify([file, '--anchors', anchors, '--anchor-keys', keys]);

describe('causeway audit verify --anchors', () => {
  it('says up to where the trail is vouched for, and by whom', async () => {
    expect(await anchored('trail.jsonl')).toEqual({
      code: 0,
      stdout: [
        '✓ Whole: 4 entries',
        `  It ends with 4:${trail.heads[3].hash}`,
        '  Nothing outside vouches for it since 2030-03-17T17:46:40.004Z',
        `✓ 2 signed checkpoints: the last one, 2, covers up to entry 3 and was signed at 2030-03-17T17:46:43.000Z with key ${key.id}`,
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('tells programs the same', async () => {
    const { code, stdout } = await verify([
      'anew.jsonl',
      ...['--anchors', 'anchors.jsonl', '--anchor-keys', 'keys.pem', '--json'],
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      whole: false,
      database,
      broken: { seq: 1, line: 2 },
      anchors: {
        checkpoints: 2,
        last: { number: 2, seq: 3, at: at + 3000, key: key.id },
        findings: [
          {
            kind: 'rewritten',
            seq: 1,
            checkpoint: 1,
            at: at + 1000,
            why: expect.any(String),
            advice: expect.any(String),
          },
        ],
      },
    });
  });

  it.each([
    [
      ['anew.jsonl'],
      '✗ Anchors, rewritten (checkpoint 1, entry 1, 2030-03-17T17:46:41.000Z): it or an entry before it is not what it was when checkpoint 1 was signed',
      'The trail was written anew',
    ],
    [
      ['short.jsonl'],
      '✗ Anchors, truncated (checkpoint 2, entry 3, 2030-03-17T17:46:43.000Z): the trail was longer once: entry 3 was there',
      'an earlier copy of the database was put back',
    ],
    [
      ['elsewhere.jsonl'],
      '✗ Anchors, other-database: the trail is of the database',
      'The chain by itself is whole',
    ],
    [
      ['trail.jsonl', 'anchors.jsonl', 'other.pem'],
      `✗ Anchors, unknown-key (line 1, checkpoint 1, entry 1, 2030-03-17T17:46:41.000Z): no public key ${key.id} was given`,
      'If keys were rotated, give the earlier ones too',
    ],
    [
      ['trail.jsonl', 'endless.jsonl'],
      '✗ Anchors, malformed (line 1): this line is no signed checkpoint',
      'No checkpoint counts',
    ],
    [
      ['trail.jsonl', 'wrong.jsonl'],
      '✗ Anchors, malformed (line 1)',
      'The chain by itself is whole',
    ],
  ] as [[string, string?, string?], string, string][])(
    'names what does not fit: %j',
    async (args, told, meaning) => {
      const { code, stdout, stderr } = await anchored(...args);
      expect([code, stderr]).toEqual([1, '']);
      expect(stdout).toContain(told);
      expect(stdout).toContain(meaning);
    },
  );

  it('finds that nothing was signed for long', async () => {
    // The entries are of 2030, and the clock stands in 2026.
    const old = exportOf(2, 'pending', database, -5 * 365 * 86_400_000);
    const within = (minutes: string) =>
      withFiles(
        { ...files, 'old.jsonl': old.text, 'one.jsonl': anchorsOf(old, [1]) },
        cwd =>
          runCli(
            [
              ...['audit', 'verify', 'old.jsonl', '--anchors', 'one.jsonl'],
              ...['--anchor-keys', 'keys.pem', '--anchored-within', minutes],
            ],
            { cwd },
          ),
      );
    expect(await within('60')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        '✗ Anchors, stale (entry 2): nothing outside vouches for the trail since 2025-03-18',
      ),
    });
    expect(await within('9999999')).toMatchObject({ code: 0 });
  });

  it('tells faults from findings', async () => {
    const cases: [string[], string][] = [
      [['--anchors', 'anchors.jsonl'], '--anchors takes --anchor-keys'],
      [['--anchor-keys', 'keys.pem'], 'give both'],
      [
        ['--anchors', 'none.jsonl', '--anchor-keys', 'keys.pem'],
        'none.jsonl: The file is not there',
      ],
      [
        ['--anchors', 'anchors.jsonl', '--anchor-keys', 'none.pem'],
        'none.pem: The file is not there',
      ],
      [
        ['--anchors', 'anchors.jsonl', '--anchor-keys', 'private.pem'],
        'private.pem: This is no file of public keys: it holds a private key',
      ],
      [
        ['--anchors', 'anchors.jsonl', '--anchor-keys', 'endless.jsonl'],
        'more than 1 MiB',
      ],
      [
        ['--anchors', 'empty.jsonl', '--anchor-keys', 'keys.pem'],
        'There is no checkpoint in it',
      ],
      [['--anchors', '-', '--anchor-keys', '-'], 'only one of the files'],
      [['--anchored-within', '5'], 'needs --anchors'],
      [['--anchored-within', 'soon'], 'takes whole minutes'],
    ];
    for (const [args, message] of cases) {
      const result = await verify(['trail.jsonl', ...args]);
      expect(result).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(message),
      });
      expect(result.stderr).not.toContain('BEGIN');
    }
  });
});

describe('causeway audit keygen', () => {
  it('makes a pair that signs and verifies, the private half for nobody else', async () => {
    await withFiles({}, async cwd => {
      const run = (...args: string[]) =>
        runCli(['audit', 'keygen', ...args], { cwd });
      const { code, stdout } = await run('--out', 'a', '--json');
      expect(code).toBe(0);
      const told = JSON.parse(stdout);
      expect(told).toEqual({
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        privateKey: join(cwd, 'a.pem'),
        publicKey: join(cwd, 'a.pub.pem'),
      });
      // eslint-disable-next-line no-bitwise -- the bits of a mode
      expect(statSync(told.privateKey).mode & 0o777).toBe(0o600);
      expect(readPrivateKey(readFileSync(told.privateKey, 'utf8')).id).toBe(
        told.key,
      );
      const before = readFileSync(told.privateKey, 'utf8');
      expect(await run('-o', 'a')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('is there already'),
      });
      expect(readFileSync(told.privateKey, 'utf8')).toBe(before);

      const plain = await run();
      expect(plain.stdout).toContain('causeway-anchors.pem');
      expect(plain.stdout).not.toContain('BEGIN');
      expect(await run('--out', 'no/where')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('cannot be written (ENOENT)'),
      });
      expect(existsSync(join(cwd, 'no'))).toBe(false);
      expect(await run('x')).toMatchObject({ code: 2 });
      expect((await run('--help')).stdout).toContain('Nothing is overwritten');
    });
  });
});
