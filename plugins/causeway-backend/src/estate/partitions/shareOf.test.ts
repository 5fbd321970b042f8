import { shareOf } from './shareOf';

const shares = (total: number, living: string[]) =>
  living.map(owner => shareOf({ owner, living, total }));

describe('shareOf', () => {
  it.each([
    [7, ['a'], [7]],
    [7, ['a', 'b'], [4, 3]],
    [7, ['a', 'b', 'c'], [3, 2, 2]],
    [2, ['a', 'b', 'c'], [1, 1, 0]],
    [0, ['a'], [0]],
  ])('splits %i among %j', (total, living, expected) => {
    expect(shares(total, living)).toEqual(expected);
  });

  it('leaves nothing over and nobody more than one ahead', () => {
    for (let total = 0; total < 60; total++) {
      for (let count = 1; count < 9; count++) {
        const split = shares(
          total,
          Array.from({ length: count }, (_, index) => `${index}`),
        );
        expect(split.reduce((sum, one) => sum + one, 0)).toBe(total);
        expect(Math.max(...split) - Math.min(...split)).toBeLessThan(2);
      }
    }
  });

  it('gives nothing to a replica that does not count as alive', () => {
    expect(shareOf({ owner: 'x', living: ['a'], total: 3 })).toBe(0);
  });
});
