import { formatDuration } from './duration';
import { tickEvery, timeLeft } from './timeLeft';

const minute = 60_000;

describe('formatDuration', () => {
  it.each([
    [0, '0 sec'],
    [47_000, '47 sec'],
    [65_000, '1 min 5 sec'],
    [12 * minute + 5_000, '12 min'],
    [125 * minute, '2 hr 5 min'],
    [120 * minute, '2 hr'],
    [50 * 60 * minute, '2 days 2 hr'],
    [-5, '0 sec'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, 'en')).toBe(text);
  });
});

describe('timeLeft', () => {
  it('counts down, then up', () => {
    expect(timeLeft(1_000, 400)).toMatchObject({ length: 600, over: false });
    expect(timeLeft(1_000, 1_000)).toMatchObject({ length: 0, over: true });
    expect(timeLeft(1_000, 1_600)).toMatchObject({ length: 600, over: true });
  });

  it('is urgent in the last tenth, and in the last five minutes', () => {
    const urgent = (left: number, whole: number) =>
      timeLeft(whole, whole - left, 0).urgent;
    expect(urgent(23 * minute, 240 * minute)).toBe(true);
    expect(urgent(25 * minute, 240 * minute)).toBe(false);
    expect(urgent(4 * minute, 10 * minute)).toBe(true);
    expect(urgent(-minute, 10 * minute)).toBe(false);
  });

  it('ticks by the second near the end only', () => {
    expect(tickEvery(90_000)).toBe(1_000);
    expect(tickEvery(-90_000)).toBe(1_000);
    expect(tickEvery(Infinity)).toBeGreaterThan(1_000);
  });
});
