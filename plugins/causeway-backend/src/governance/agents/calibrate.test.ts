import fc from 'fast-check';
import { calibrate } from './calibrate';

const counts = fc
  .record({
    right: fc.integer({ min: 0, max: 2000 }),
    wrong: fc.integer({ min: 0, max: 2000 }),
  })
  .filter(({ right, wrong }) => right + wrong > 0);

const bound = (right: number, wrong: number) =>
  calibrate({ right, of: right + wrong, minimum: 1 })!;

describe('calibrate', () => {
  it('is the bound that tables show', () => {
    expect(calibrate({ right: 47, of: 51, minimum: 10 })).toBeCloseTo(0.815, 3);
    expect(calibrate({ right: 10, of: 10, minimum: 10 })).toBeCloseTo(0.722, 3);
    expect(calibrate({ right: 0, of: 30, minimum: 10 })).toBe(0);
  });

  it('says nothing below the minimum, and never of none', () => {
    expect(calibrate({ right: 9, of: 9, minimum: 10 })).toBeUndefined();
    expect(calibrate({ right: 0, of: 0, minimum: 0 })).toBeUndefined();
  });

  it('never rises by one more that was wrong, nor falls by one that was right', () => {
    fc.assert(
      fc.property(counts, ({ right, wrong }) => {
        const before = bound(right, wrong);
        expect(bound(right, wrong + 1)).toBeLessThanOrEqual(before);
        expect(bound(right + 1, wrong)).toBeGreaterThanOrEqual(before);
        // One that turns from right to wrong, as a later word does.
        expect(bound(right, wrong + 1)).toBeLessThanOrEqual(
          bound(right + 1, wrong),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('stays below what was seen, and comes closer with more of the same', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 2, max: 50 }),
        ({ right, wrong }, times) => {
          const share = right / (right + wrong);
          const once = bound(right, wrong);
          expect(once).toBeGreaterThanOrEqual(0);
          expect(once).toBeLessThanOrEqual(share);
          expect(bound(right * times, wrong * times)).toBeGreaterThanOrEqual(
            once,
          );
        },
      ),
    );
  });
});
