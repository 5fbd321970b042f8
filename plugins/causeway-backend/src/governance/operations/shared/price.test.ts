import fc from 'fast-check';
import { hourly, priceChange } from './price';

const amount = fc.oneof(
  fc.double({ min: 0, max: 1e15, noNaN: true }),
  fc.constantFrom(undefined, NaN, Infinity, -1),
);
const pods = fc.record({
  pods: fc.nat(1000),
  cpu: amount,
  memory: amount,
});
const prices = { currency: 'USD', vcpuHour: 0.04, gibHour: 0.005 };

describe('price', () => {
  it('is finite and not negative, or not known', () => {
    fc.assert(
      fc.property(pods, pods, (before, after) => {
        const cost = priceChange({ before, after, prices, whose: 'a' });
        const known = [cost.before, cost.after].every(
          value => Number.isFinite(value) && value! >= 0,
        );
        expect(known && Number.isFinite(cost.delta)).toBe(
          cost.unknown === undefined,
        );
        expect(cost.delta === undefined).toBe(cost.unknown !== undefined);
      }),
    );
  });

  it('is nothing for no pods, whatever they would ask for', () => {
    expect(hourly({ pods: 0 }, prices)).toBe(0);
  });
});
