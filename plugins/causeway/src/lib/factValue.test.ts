import { formatFactValue } from './factValue';

it.each([
  [{ value: 536_870_912, type: 'number', unit: 'bytes' }, '512 MiB'],
  [{ value: 1_610_612_736, type: 'number', unit: 'bytes' }, '1.5 GiB'],
  [{ value: 512, type: 'number', unit: 'bytes' }, '512 B'],
  [{ value: 0.25, type: 'number', unit: 'cores' }, '0.25 cores'],
  [{ value: 3, type: 'number' }, '3'],
  [{ value: 'main', type: 'string' }, 'main'],
  [{ value: true, type: 'boolean' }, 'true'],
] as const)('writes %j as %s', (fact, text) => {
  expect(formatFactValue(fact, 'en')).toBe(text);
});

it('writes times as dates', () => {
  const time = { value: Date.UTC(2026, 0, 2, 12), type: 'time' } as const;
  expect(formatFactValue(time, 'en')).toContain('Jan 2, 2026');
});
