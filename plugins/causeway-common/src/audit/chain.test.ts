import fc from 'fast-check';
import { edgesOf } from './edges';
import { hashEntry } from './hashes';
import { type ChainHead, genesisHash, type StoredEntry } from './StoredEntry';
import { verifyChain } from './verifyChain';

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });

interface Content {
  at: number;
  type: string;
  action: string;
  by: string;
  requestId?: string;
  subject?: string;
  detail: Record<string, unknown>;
}

const content: fc.Arbitrary<Content> = fc.record(
  {
    at: fc.integer({ min: 0, max: 2 ** 45 }),
    type: words,
    action: words,
    by: words,
    requestId: words,
    subject: words,
    detail: fc.dictionary(
      fc.constantFrom('requestId', 'seq', 'subject', 'type', 'x'),
      fc.oneof(words, fc.integer(), fc.constant({ type: 't' })),
    ),
  },
  { requiredKeys: ['at', 'type', 'action', 'by', 'detail'] },
);

/** Keys in the order of RFC 8785. */
function canonical(entry: Record<string, unknown>): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(entry)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

function chainOf(contents: readonly Content[]) {
  let previous = genesisHash;
  return contents.map(({ detail, ...columns }, index): StoredEntry => {
    const entry = { ...columns, seq: index + 1 };
    const text = canonical({ ...entry, detail });
    const hash = hashEntry(previous, text);
    const stored = {
      requestId: undefined,
      subject: undefined,
      ...entry,
      canonical: text,
      hash,
      previous,
    };
    previous = hash;
    return stored;
  });
}

const chains = fc
  .array(content, { minLength: 1, maxLength: 8 })
  .map(contents => chainOf(contents));

function verify(
  entries: readonly StoredEntry[],
  head = headOf(entries),
  pageSize = 3,
  anchors: readonly ChainHead[] = [],
) {
  async function* pages() {
    for (let start = 0; start < entries.length; start += pageSize) {
      yield entries
        .slice(start, start + pageSize)
        .map(entry => ({ ...entry, edges: edgesOf(entry) }));
    }
  }
  return verifyChain(pages(), head, { anchors });
}

function headOf(entries: readonly StoredEntry[]) {
  const last = entries[entries.length - 1];
  return { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash };
}

/** Another text of the same length that differs in one place. */
function bend(text: string, at: number): string {
  const place = at % text.length;
  const other = text[place] === '0' ? '1' : '0';
  return text.slice(0, place) + other + text.slice(place + 1);
}

describe('a chain', () => {
  it('is whole as it was made, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.integer({ min: 1, max: 9 }),
        async (chain, pageSize) => {
          expect(await verify(chain, headOf(chain), pageSize)).toEqual({
            entries: chain.length,
            whole: true,
            head: chain[chain.length - 1].hash,
            unanchoredSince: chain[0].at,
          });
        },
      ),
    );
  });

  it('is whole when it is empty', async () => {
    expect(await verify([])).toEqual({ entries: 0, whole: true });
  });

  it('names the entry of which any part was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(
          'canonical',
          'hash',
          'previous',
          'type',
          'action',
          'by',
          'requestId',
          'subject',
          'at',
          'seq',
        ),
        async (chain, which, place, field) => {
          const index = which % chain.length;
          const entry = chain[index];
          const value = entry[field as keyof StoredEntry];
          const changed = chain.map((one, at) =>
            at === index
              ? {
                  ...one,
                  [field]:
                    typeof value === 'number'
                      ? value + 1 + (place % 5)
                      : bend(value ?? 'absent', place),
                }
              : one,
          );
          const { whole, broken, entries } = await verify(
            changed,
            headOf(chain),
          );
          expect(whole).toBe(false);
          expect(broken?.seq).toBe(index + 1);
          expect(entries).toBe(index);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('notices a column that was emptied', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.nat(),
        fc.constantFrom('requestId', 'subject'),
        async (chain, which, field) => {
          const index = which % chain.length;
          const emptied = chain.map((one, at) =>
            at === index ? { ...one, [field]: undefined } : one,
          );
          const { whole } = await verify(emptied);
          expect(whole).toBe(
            chain[index][field as 'requestId' | 'subject'] === undefined,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('names the place of an entry that was dropped, swapped, doubled or cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'double', 'truncate'),
        async (chain, one, two, how) => {
          const at = one % chain.length;
          const other = two % chain.length;
          fc.pre(how !== 'swap' || at !== other);
          const tampered = [...chain];
          switch (how) {
            case 'drop':
              tampered.splice(at, 1);
              break;
            case 'swap':
              [tampered[at], tampered[other]] = [tampered[other], tampered[at]];
              break;
            case 'double':
              tampered.splice(at, 0, tampered[at]);
              break;
            default:
              tampered.splice(at);
          }
          const first = {
            drop: at,
            swap: Math.min(at, other),
            double: at + 1,
            truncate: at,
          }[how];
          const { whole, broken } = await verify(tampered, headOf(chain));
          expect(whole).toBe(false);
          expect(broken?.seq).toBe(first + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not whole under another head', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, place) => {
        const head = headOf(chain);
        expect(
          await verify(chain, { ...head, hash: bend(head.hash, place) }),
        ).toMatchObject({ whole: false, broken: { seq: head.seq } });
        expect(
          await verify(chain, { ...head, seq: head.seq - 1 }),
        ).toMatchObject({ whole: false, broken: { seq: head.seq } });
      }),
    );
  });

  it('is held against where it once ended', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, which) => {
        const { seq, hash } = chain[which % chain.length];
        const check = (anchor: ChainHead) =>
          verify(chain, headOf(chain), 3, [anchor]);
        expect(await check({ seq, hash })).toEqual({
          entries: chain.length,
          whole: true,
          head: chain[chain.length - 1].hash,
          ...(seq < chain.length && { unanchoredSince: chain[seq].at }),
        });
        // Rewritten with hashes that fit each other: only an anchor tells.
        expect(await check({ seq, hash: bend(hash, which) })).toMatchObject({
          whole: false,
          broken: { seq },
        });
        expect(await check({ seq: chain.length + 1, hash })).toMatchObject({
          whole: false,
          broken: { seq: chain.length + 1 },
        });
      }),
    );
  });
});
