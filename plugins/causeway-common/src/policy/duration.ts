const units: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Longest duration of a policy: a year. */
const longest = 366 * units.d;

/** Milliseconds of a text such as `90s`, `30m`, `4h` or `2d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9]\d{0,8})([smhd])$/.exec(text);
  const ms = match ? Number(match[1]) * units[match[2]] : undefined;
  return ms !== undefined && ms <= longest ? ms : undefined;
}

/** Milliseconds of a duration that the schema has let pass. */
export function durationMs(text: string): number {
  return parseDuration(text) ?? 0;
}
