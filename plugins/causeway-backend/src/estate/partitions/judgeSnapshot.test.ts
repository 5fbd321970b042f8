import fc from 'fast-check';
import { judgeSnapshot } from './judgeSnapshot';

const guard = { removalShare: 0.3, minimumObjects: 5, confirmAfter: 100 };

const now = 1000;

/** Objects by name with since when they are missing; 0 for those that are there. */
function judge(
  known: Record<string, number>,
  seen: string[],
  unidentified = 0,
) {
  return judgeSnapshot({
    known: new Map(
      Object.entries(known).map(([key, since]) => [
        key,
        { missingSince: since || undefined },
      ]),
    ),
    seen: new Set(seen),
    unidentified,
    guard,
    now,
  });
}

const nothing = { remove: [], confirmed: 0, hold: [], missing: [] };

describe('judgeSnapshot', () => {
  it.each([
    ['nothing missing', { a: 0 }, ['a', 'b'], nothing],
    ['few of few', { a: 0, b: 0 }, ['a'], { ...nothing, remove: ['b'] }],
    [
      'empty where there was one',
      { a: 0 },
      [],
      {
        ...nothing,
        hold: ['a'],
        missing: ['a'],
        heldSince: now,
        reason: 'suspiciously-empty',
      },
    ],
    [
      'empty again, too soon',
      { a: 950 },
      [],
      {
        ...nothing,
        hold: ['a'],
        heldSince: 950,
        reason: 'suspiciously-empty',
      },
    ],
    [
      'empty, confirmed',
      { a: 900 },
      [],
      { ...nothing, remove: ['a'], confirmed: 1 },
    ],
    [
      'more than the share',
      { a: 0, b: 0, c: 0, d: 0, e: 0 },
      ['a', 'b', 'c'],
      {
        ...nothing,
        hold: ['d', 'e'],
        missing: ['d', 'e'],
        heldSince: now,
        reason: 'mass-removal',
      },
    ],
    [
      'confirmed ones go while new ones wait',
      { a: 900, b: 0, c: 0, d: 0, e: 0 },
      ['b', 'c'],
      {
        remove: ['a'],
        confirmed: 1,
        hold: ['d', 'e'],
        missing: ['d', 'e'],
        heldSince: now,
        reason: 'mass-removal',
      },
    ],
    [
      'a single one goes while held ones wait',
      { a: 950, b: 960, c: 0, d: 0, e: 0 },
      ['c', 'd'],
      {
        ...nothing,
        remove: ['e'],
        hold: ['a', 'b'],
        heldSince: 950,
        reason: 'mass-removal',
      },
    ],
  ])('%s', (_name, known, seen, expected) => {
    expect(judge(known as unknown as Record<string, number>, seen)).toEqual(
      expected,
    );
  });

  it('holds what an object without a name may be', () => {
    expect(judge({ a: 0, b: 0 }, ['a'], 1)).toEqual({
      ...nothing,
      hold: ['b'],
      missing: ['b'],
      heldSince: now,
      reason: 'malformed',
    });
    // Seeing it nameless again proves nothing more.
    expect(judge({ a: 0, b: 800, c: 0 }, ['a'], 1)).toEqual({
      ...nothing,
      hold: ['b', 'c'],
      missing: ['c'],
      heldSince: 800,
      reason: 'malformed',
    });
  });

  it('never removes what was seen, and heals after one more of the same when the wait is over', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.nat(3),
        (keys, seen, unidentified) => {
          const known = new Map<string, { missingSince?: number }>(
            keys.map(key => [key, {}]),
          );
          const options = { known, seen: new Set(seen), unidentified, guard };
          const first = judgeSnapshot({ ...options, now });
          for (const key of [...first.remove, ...first.hold]) {
            expect(options.seen.has(key)).toBe(false);
          }
          first.remove.forEach(key => known.delete(key));
          first.missing.forEach(key => known.set(key, { missingSince: now }));
          expect(unidentified > 0 ? first.remove : []).toEqual([]);
          const next = { ...options, unidentified: 0 };
          const soon = judgeSnapshot({ ...next, now: now + 99 });
          expect(soon).toMatchObject({ remove: [], hold: first.hold });
          const later = judgeSnapshot({ ...next, now: now + 100 });
          expect(later).toMatchObject({
            remove: first.hold,
            confirmed: first.hold.length,
            hold: [],
          });
          later.remove.forEach(key => known.delete(key));
          expect([...known.keys()].every(key => options.seen.has(key))).toBe(
            true,
          );
        },
      ),
    );
  });
});
