import { startAfter, toCursor } from './cursor';

describe('the cursor of an answer', () => {
  const refs = ['a', 'b', 'c', 'd'];

  it('goes on after the last one that was told, wherever it is now', () => {
    expect(startAfter(refs, undefined)).toBe(0);
    expect(startAfter(refs, toCursor(2, 'b'))).toBe(2);
    expect(startAfter(['new', ...refs], toCursor(2, 'b'))).toBe(3);
  });

  it('leaves none out where the last one told is gone', () => {
    expect(startAfter(['a', 'c', 'd'], toCursor(2, 'b'))).toBe(1);
    expect(startAfter([], toCursor(2, 'b'))).toBe(1);
  });

  it.each(['b', '2~', '~b', '-1~b', '12345678~b'])(
    'refuses %s, which no answer gave',
    cursor => expect(() => startAfter(refs, cursor)).toThrow(/begin again/),
  );
});
