const steps = [
  { unit: 'second', milliseconds: 1_000, below: 60_000 },
  { unit: 'minute', milliseconds: 60_000, below: 3_600_000 },
  { unit: 'hour', milliseconds: 3_600_000, below: 86_400_000 },
  { unit: 'day', milliseconds: 86_400_000, below: Infinity },
] as const;

/**
 * Age for people, e.g. `12 sec. ago`. Times in the future (a clock ahead of
 * the server's) count as now, unless `future` allows them.
 */
export function formatAge(
  at: number,
  now: number,
  options: { locale?: string; future?: boolean } = {},
): string {
  const age = options.future ? now - at : Math.max(0, now - at);
  const step = steps.find(candidate => Math.abs(age) < candidate.below)!;
  const count = Math.trunc(age / step.milliseconds);
  return new Intl.RelativeTimeFormat(options.locale, {
    style: 'short',
    numeric: count === 0 ? 'auto' : 'always',
  }).format(count === 0 ? 0 : -count, step.unit);
}

/** Date and time in full, for titles and `<time>` elements. */
export function formatDateTime(at: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(at);
}
