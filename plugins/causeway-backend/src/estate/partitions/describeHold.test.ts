import { describeHold } from './describeHold';

const snapshot = {
  remove: [],
  confirmed: 0,
  hold: ['a', 'b'],
  missing: ['a', 'b'],
  reported: 3,
  heldSince: 1000,
};

describe('what is said of what is held', () => {
  it('names the time at which it may be believed, and what to look at', () => {
    const text = describeHold(
      { ...snapshot, reason: 'mass-removal' },
      60_000,
      31_000,
    );
    expect(text).toMatch(/lacks 2 of 5 objects/);
    expect(text).toMatch(/in 30 s at the earliest/);
    expect(text).toMatch(/look at the credentials/);
  });

  it('promises no confirmation where nothing would confirm it', () => {
    const text = describeHold(
      { ...snapshot, reason: 'malformed' },
      60_000,
      31_000,
    );
    expect(text).toMatch(/nothing goes until each has a name/);
    expect(text).not.toMatch(/confirms/);
  });
});
