import { formatAge } from './age';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatAge', () => {
  it.each([
    [0, 'now'],
    [999, 'now'],
    [12 * second, '12 sec. ago'],
    [59_999, '59 sec. ago'],
    [minute, '1 min. ago'],
    [47 * minute, '47 min. ago'],
    [23 * hour, '23 hr. ago'],
    [day, '1 day ago'],
    [400 * day, '400 days ago'],
  ])('tells %d ms as "%s"', (age, text) => {
    expect(formatAge(1_000_000_000_000 - age, 1e12, { locale: 'en' })).toBe(
      text,
    );
  });

  it('takes a clock that runs ahead for now, unless the future is meant', () => {
    expect(formatAge(5 * minute, 0, { locale: 'en' })).toBe('now');
    expect(formatAge(5 * minute, 0, { locale: 'en', future: true })).toBe(
      'in 5 min.',
    );
  });
});
