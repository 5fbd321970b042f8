import fc from 'fast-check';
import {
  chargeOf,
  fromMillionths,
  limitToMillionths,
  toMillionths,
} from './amounts';

describe('amounts', () => {
  it('earn no credit by a decrease', () => {
    expect(chargeOf(2.5)).toBe(2.5);
    expect(chargeOf(-2.5)).toBe(0);
    expect(chargeOf(-0)).toBe(0);
  });

  it.each([NaN, Infinity, -Infinity])('of %s are refused', amount => {
    expect(() => chargeOf(amount)).toThrow('cannot be reserved');
    expect(() => toMillionths(amount)).toThrow('cannot be reserved');
  });

  it('below nothing and beyond belief are refused', () => {
    expect(() => toMillionths(-0.01)).toThrow('must be from 0');
    expect(() => toMillionths(1e9 + 1)).toThrow('must be from 0');
    expect(() => limitToMillionths('staging', -1)).toThrow('0 or more');
    expect(() => limitToMillionths('staging', NaN)).toThrow('0 or more');
  });

  it('that people write with a few decimals are kept as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), value => {
        const amount = value / 1e4;
        fc.pre(amount <= 1e9);
        expect(fromMillionths(toMillionths(amount))).toBe(amount);
        expect(toMillionths(amount)).toBe(limitToMillionths('x', amount));
      }),
    );
  });

  it('round against whoever spends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), amount => {
        expect(toMillionths(amount)).toBeGreaterThanOrEqual(
          limitToMillionths('x', amount),
        );
        expect(Number.isSafeInteger(toMillionths(amount))).toBe(true);
      }),
    );
  });
});
