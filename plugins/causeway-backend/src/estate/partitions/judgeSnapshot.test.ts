import fc from 'fast-check';
import { judgeSnapshot } from './judgeSnapshot';

const guard = { removalShare: 0.3, minimumObjects: 5 };

function judge(
  known: Record<string, boolean>,
  seen: string[],
  unidentified = 0,
) {
  return judgeSnapshot({
    known: new Map(
      Object.entries(known).map(([key, missing]) => [key, { missing }]),
    ),
    seen: new Set(seen),
    unidentified,
    guard,
  });
}

describe('judgeSnapshot', () => {
  it.each([
    ['nothing missing', { a: false }, ['a', 'b'], { remove: [], hold: [] }],
    ['few of few', { a: false, b: false }, ['a'], { remove: ['b'], hold: [] }],
    [
      'empty where there was one',
      { a: false },
      [],
      { remove: [], hold: ['a'], reason: 'suspiciously-empty' },
    ],
    ['empty, confirmed', { a: true }, [], { remove: ['a'], hold: [] }],
    [
      'more than the share',
      { a: false, b: false, c: false, d: false, e: false },
      ['a', 'b', 'c'],
      { remove: [], hold: ['d', 'e'], reason: 'mass-removal' },
    ],
    [
      'confirmed ones go while new ones wait',
      { a: true, b: false, c: false, d: false, e: false },
      ['b', 'c'],
      { remove: ['a'], hold: ['d', 'e'], reason: 'mass-removal' },
    ],
  ])('%s', (_name, known, seen, expected) => {
    expect(judge(known as unknown as Record<string, boolean>, seen)).toEqual(
      expected,
    );
  });

  it('holds what an object without a name may be', () => {
    expect(judge({ a: false, b: false }, ['a'], 1)).toEqual({
      remove: [],
      hold: ['b'],
      reason: 'malformed',
    });
  });

  it('never removes what was seen, and heals after one more of the same', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.nat(3),
        (keys, seen, unidentified) => {
          const known = new Map(keys.map(key => [key, { missing: false }]));
          const options = { seen: new Set(seen), unidentified, guard };
          const first = judgeSnapshot({ known, ...options });
          for (const key of [...first.remove, ...first.hold]) {
            expect(options.seen.has(key)).toBe(false);
          }
          first.remove.forEach(key => known.delete(key));
          first.hold.forEach(key => known.set(key, { missing: true }));
          const second = judgeSnapshot({ known, ...options });
          expect(second.hold).toEqual([]);
          second.remove.forEach(key => known.delete(key));
          expect([...known.keys()].every(key => options.seen.has(key))).toBe(
            true,
          );
        },
      ),
    );
  });
});
