/** Reading values of foreign JSON: each answers `undefined` for what is not as expected. */

export type JsonRecord = Record<string, unknown>;

export function record(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** At most `max` entries of an array; empty for anything else. */
export function list(value: unknown, max: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, max) : [];
}

/** The records among at most `max` entries of an array. */
export function records(value: unknown, max: number): JsonRecord[] {
  return list(value, max)
    .map(record)
    .filter(entry => entry !== undefined);
}

/**
 * Text cut to `max` characters, as Unicode that every database and the
 * canonical form take: no lone surrogates, no control characters but white
 * space.
 */
export function text(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  return (
    value
      .slice(0, max)
      // eslint-disable-next-line no-control-regex -- control characters are what is replaced
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  );
}

/** Texts among at most `max` entries of an array. */
export function texts(value: unknown, max: number, length: number): string[] {
  return list(value, max).flatMap(entry => text(entry, length) ?? []);
}

export function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** Text of a value that may be text or a number (`minAvailable`, `targetPort`). */
export function intOrText(value: unknown, max: number): string | undefined {
  return integer(value)?.toString() ?? text(value, max);
}

/** Text entries of a record whose key is wanted, at most 64; `undefined` when there are none. */
export function textMap(
  value: unknown,
  options: { wanted?: (key: string) => boolean; length: number },
): Record<string, string> | undefined {
  const source = record(value);
  if (!source) {
    return undefined;
  }
  const entries = Object.entries(source)
    .filter(
      ([key, entry]) =>
        typeof entry === 'string' &&
        key.length <= 317 &&
        key !== '__proto__' &&
        (options.wanted?.(key) ?? true),
    )
    .slice(0, 64)
    .map(([key, entry]) => [
      text(key, 317) ?? '',
      text(entry, options.length) ?? '',
    ]);
  return entries.length ? Object.fromEntries(entries) : undefined;
}
