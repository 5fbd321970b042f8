import fc from 'fast-check';
import { hashCanonical } from './hashCanonical';

describe('hashCanonical', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), fields => {
        const reversed = Object.fromEntries(Object.entries(fields).reverse());
        expect(hashCanonical(reversed)).toBe(hashCanonical(fields));
      }),
    );
  });

  it('depends on every value', () => {
    expect(hashCanonical({ replicas: 3 })).not.toBe(
      hashCanonical({ replicas: 4 }),
    );
    expect(hashCanonical({ a: [1, 2] })).not.toBe(hashCanonical({ a: [2, 1] }));
  });
});
