import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { hashEntry } from '../hashes';
import { type ChainLink, genesisHash } from '../StoredEntry';
import { verifyChain } from '../verifyChain';
import {
  checkpointFormat,
  checkpointHash,
  checkpointLine,
  readCheckpointLine,
} from './Checkpoint';
import { judgeByAnchors } from './judgeByAnchors';
import {
  type AnchorKey,
  generateAnchorKeys,
  publicKeyOf,
  readPrivateKey,
  readPublicKeys,
  signCheckpoint,
} from './keys';
import { readAnchors } from './readAnchors';

const database = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const begin = 1_900_000_000_000;
const key = readPrivateKey(generateAnchorKeys().privateKey);
const later = readPrivateKey(generateAnchorKeys().privateKey);

/** A chain of entries that say these words. */
function chainOf(words: readonly string[]): ChainLink[] {
  let previous = genesisHash;
  return words.map((word, index) => {
    const canonical = JSON.stringify({ at: begin + index, word });
    const hash = hashEntry(previous, canonical);
    const link = { seq: index + 1, canonical, hash, previous };
    previous = hash;
    return link;
  });
}

/** What the gate signs of a chain, at these entries. */
function sign(
  chain: readonly ChainLink[],
  seqs: readonly number[],
  keyOf: (number: number) => AnchorKey = () => key,
  of = database,
): string[] {
  let previous = genesisHash;
  return seqs.map((seq, index) => {
    const signed = signCheckpoint(
      {
        format: checkpointFormat,
        number: index + 1,
        database: of,
        seq,
        hash: chain[seq - 1].hash,
        entries: seq - (seqs[index - 1] ?? 0),
        at: begin + seq,
        previous,
      },
      keyOf(index + 1),
    );
    previous = checkpointHash(signed);
    return checkpointLine(signed);
  });
}

async function verify(
  chain: readonly ChainLink[],
  lines: readonly string[],
  options: { keys?: readonly AnchorKey[]; database?: string } = {},
) {
  const { keys = [publicKeyOf(key)] } = options;
  const anchors = await readAnchors(lines, keys);
  async function* pages() {
    yield chain;
  }
  const last = chain[chain.length - 1];
  const result = await verifyChain(
    pages(),
    { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash },
    { anchors: anchors.heads },
  );
  return judgeByAnchors(result, anchors, options.database ?? database);
}

const kindsOf = async (...args: Parameters<typeof verify>) =>
  (await verify(...args)).anchors.findings.map(({ kind }) => kind);

const words = fc.array(fc.string({ maxLength: 5 }), {
  minLength: 1,
  maxLength: 12,
});

/** A chain, and the entries at which it was signed. */
const anchored = words.chain(said =>
  fc
    .subarray(
      said.map((_, index) => index + 1),
      { minLength: 1 },
    )
    .map(seqs => ({ said, seqs })),
);

describe('anchors of a trail', () => {
  it('vouch for one that was left alone, and for what it became since', async () => {
    await fc.assert(
      fc.asyncProperty(anchored, words, async ({ said, seqs }, more) => {
        const lines = sign(chainOf(said), seqs);
        const found = await verify(chainOf([...said, ...more]), lines);
        expect(found).toMatchObject({
          whole: true,
          anchors: {
            checkpoints: seqs.length,
            last: { number: seqs.length, seq: seqs.at(-1), key: key.id },
            findings: [],
          },
        });
        expect(found.unanchoredSince).toBe(begin + seqs.at(-1)!);
      }),
    );
  });

  it('show whatever was done to it, with all hashes computed anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        anchored,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('change', 'drop', 'swap', 'insert', 'cut'),
        words,
        async ({ said, seqs }, one, two, how, more) => {
          const covered = seqs.at(-1)!;
          const at = one % covered;
          const to = two % covered;
          const forged = [...said];
          switch (how) {
            case 'change':
              forged[at] += '!';
              break;
            case 'drop':
              forged.splice(at, 1);
              break;
            case 'swap':
              fc.pre(said[at] !== said[to]);
              [forged[at], forged[to]] = [forged[to], forged[at]];
              break;
            case 'insert':
              forged.splice(at, 0, 'never said');
              break;
            default:
              // An earlier copy, which went on or did not.
              forged.splice(at, forged.length, ...(two % 2 ? more : []));
          }
          // The times are part of the entries: what was dropped or put in shows
          // only where the chain then differs.
          fc.pre(
            forged.length < covered ||
              forged.slice(0, covered).join('\n') !==
                said.slice(0, covered).join('\n'),
          );
          const { whole, broken, anchors } = await verify(
            chainOf(forged),
            sign(chainOf(said), seqs),
          );
          expect(whole).toBe(false);
          // The first checkpoint that covers the first difference tells it.
          const first = forged.findIndex((word, n) => word !== said[n]);
          const differs = (first === -1 ? forged.length : first) + 1;
          const teller = seqs.find(seq => seq >= differs)!;
          expect(anchors.findings).toEqual([
            expect.objectContaining(
              forged.length < teller
                ? { kind: 'truncated', seq: forged.length + 1 }
                : {
                    kind: 'rewritten',
                    seq: teller,
                    checkpoint: seqs.indexOf(teller) + 1,
                    at: begin + teller,
                  },
            ),
          ]);
          expect(broken).toMatchObject({ seq: anchors.findings[0].seq });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('count for nothing where any byte of them was changed', async () => {
    const chain = chainOf(['a', 'b', 'c']);
    const [line] = sign(chain, [2]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(line.length - 1),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        async (place, letter) => {
          fc.pre(line[place] !== letter);
          const bent = line.slice(0, place) + letter + line.slice(place + 1);
          const found = await verify(chain, [bent]);
          expect(found.whole).toBe(false);
          expect(found.anchors.checkpoints).toBe(0);
          expect(['malformed', 'forged', 'unknown-key']).toContain(
            found.anchors.findings[0].kind,
          );
          expect(found.unanchoredSince).toBe(begin);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('have to be there in their order, each once or told twice', async () => {
    const chain = chainOf(['a', 'b', 'c', 'd']);
    const [one, two, three, four] = sign(chain, [1, 2, 3, 4]);
    const cases: [string[], string[]][] = [
      [[one, two, three, four], []],
      [[one, two, two, three, one, four], []],
      [[one, three, four], ['gap']],
      [[two, three], ['gap']],
      [
        [one, three, two, four],
        ['gap', 'out-of-order'],
      ],
      [[one, '', two], ['malformed']],
      [[one, two.slice(0, 99), two], []],
      [
        [one, two.slice(0, 99), three],
        ['malformed', 'gap'],
      ],
      [[one, two.slice(0, 99)], ['malformed']],
      [[one, '{"checkpoint":{},"signature":""}', two], ['malformed']],
      [[`${one} `], ['malformed']],
      [['x'.repeat(10_000)], ['malformed']],
      [['[]', 'null', '1', '"x"'], Array(4).fill('malformed')],
    ];
    for (const [lines, kinds] of cases) {
      expect(await kindsOf(chain, lines)).toEqual(kinds);
    }
    const { anchors } = await verify(chain, [one, four]);
    expect(anchors.findings).toEqual([
      {
        kind: 'gap',
        line: 2,
        checkpoint: 4,
        seq: 4,
        at: begin + 4,
        why: 'checkpoints 2 to 3 are missing',
        advice: expect.stringContaining('taken out'),
      },
    ]);
  });

  it('show a copy that was put back and signed on', async () => {
    const chain = chainOf(['a', 'b', 'c', 'd']);
    const restored = chainOf(['a', 'b', 'x', 'y', 'z']);
    const before = sign(chain, [2, 4]);
    const after = sign(restored, [2, 5]);
    expect(await kindsOf(restored, [...before, after[1]])).toEqual([
      'fork',
      'rewritten',
    ]);
    // It follows on what nobody keeps.
    const away = sign(restored, [2, 4, 5])[2];
    expect(await kindsOf(restored, [...before, away])).toEqual([
      'fork',
      'rewritten',
    ]);
  });

  it('show another database', async () => {
    const chain = chainOf(['a', 'b']);
    const lines = sign(chain, [1, 2]);
    expect(await kindsOf(chain, lines, { database: other })).toEqual([
      'other-database',
    ]);
    const mixed = [lines[0], sign(chain, [1, 2], () => key, other)[1]];
    expect(await kindsOf(chain, mixed)).toContain('other-database');
    expect(await kindsOf([], lines)).toEqual(['truncated']);
  });

  it('are signed by keys that are known, of which there may be many', async () => {
    const chain = chainOf(['a', 'b', 'c']);
    const lines = sign(chain, [1, 2, 3], number => (number < 3 ? key : later));
    expect(await kindsOf(chain, lines)).toEqual(['unknown-key']);
    expect(
      await kindsOf(chain, lines, {
        keys: [publicKeyOf(later), publicKeyOf(key)],
      }),
    ).toEqual([]);
    // Signed by another key under the name of a known one.
    const stranger = sign(chain, [1], () => ({ id: key.id, key: later.key }));
    expect(await kindsOf(chain, stranger)).toEqual(['forged']);
  });

  it('tell no more than anybody reads of a file of anything', async () => {
    const { anchors } = await verify(
      chainOf(['a']),
      Array.from({ length: 500 }, (_, n) => `{"n":${n}}`),
    );
    expect(anchors.findings).toHaveLength(100);
    expect(anchors.more).toBe(true);
  });
});

describe('keys of anchors', () => {
  it('are read one after another, and nothing else is', () => {
    const pairs = [generateAnchorKeys(), generateAnchorKeys()];
    expect(
      readPublicKeys(
        `# kept by audit\n${pairs.map(({ publicKey }) => publicKey).join('\n')}`,
      ).map(({ id }) => id),
    ).toEqual(pairs.map(({ id }) => id));
    expect(readPrivateKey(pairs[0].privateKey).id).toBe(pairs[0].id);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const [pem, why] of [
      ['', 'holds no public key'],
      [pairs[0].privateKey, 'holds a private key'],
      [
        '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
        'block 1 of it is no public key',
      ],
      [
        String(rsa.publicKey.export({ type: 'spki', format: 'pem' })),
        'a key of rsa, and Ed25519 is needed',
      ],
    ]) {
      expect(() => readPublicKeys(pem)).toThrow(why);
    }
    for (const [pem, why] of [
      ['nonsense', 'no private key in PEM'],
      [pairs[0].publicKey, 'no private key in PEM'],
      [
        String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })),
        'a key of rsa',
      ],
    ]) {
      expect(() => readPrivateKey(pem)).toThrow(why);
    }
  });

  it('have lines that are read as they are written', () => {
    const [line] = sign(chainOf(['a']), [1]);
    const read = readCheckpointLine(line)!;
    expect(checkpointLine(read)).toBe(line);
    expect(read.checkpoint).toMatchObject({ number: 1, seq: 1, key: key.id });
  });
});
