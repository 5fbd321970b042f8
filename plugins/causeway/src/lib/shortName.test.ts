import { shortName } from './shortName';

describe('shortName', () => {
  it.each([
    ['group:default/payments', 'payments'],
    ['group:payments', 'payments'],
    ['default/payments', 'payments'],
    ['payments', 'payments'],
  ])('of %s is %s', (ref, name) => expect(shortName(ref)).toBe(name));
});
