const units = [
  { unit: 'day', milliseconds: 86_400_000 },
  { unit: 'hour', milliseconds: 3_600_000 },
  { unit: 'minute', milliseconds: 60_000 },
  { unit: 'second', milliseconds: 1_000 },
] as const;

/**
 * A length of time for people, in its largest unit and the one below:
 * `2 hr 5 min`. Seconds are told below two minutes only.
 */
export function formatDuration(milliseconds: number, locale?: string): string {
  const length = Math.max(0, milliseconds);
  const found = units.findIndex(unit => length >= unit.milliseconds);
  const first = found === -1 ? units.length - 1 : found;
  const shown =
    units[first].unit === 'minute' && length >= 120_000
      ? units.slice(first, first + 1)
      : units.slice(first, first + 2);
  let rest = length;
  const parts = shown.map(({ unit, milliseconds: size }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  });
  return parts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
      }).format(count),
    )
    .join(' ');
}
