/** The value without fields that say nothing: undefined, empty lists, empty objects. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, field]) =>
        field !== undefined &&
        !(
          typeof field === 'object' &&
          field !== null &&
          Object.keys(field).length === 0
        ),
    ),
  ) as T;
}

/**
 * Takes out of two rows or more what they all have in common, so that it
 * stands once.
 */
export function shareFields<T extends object, K extends keyof T>(
  rows: readonly T[],
  keys: readonly K[],
): { shared?: Pick<T, K>; rows: T[] } {
  const common =
    rows.length < 2
      ? []
      : keys.filter(
          key =>
            rows[0][key] !== undefined &&
            rows.every(row => row[key] === rows[0][key]),
        );
  if (common.length === 0) {
    return { rows: [...rows] };
  }
  const shared = Object.fromEntries(
    common.map(key => [key, rows[0][key]]),
  ) as Pick<T, K>;
  return {
    shared,
    rows: rows.map(
      row =>
        Object.fromEntries(
          Object.entries(row).filter(([key]) => !(key in shared)),
        ) as T,
    ),
  };
}

/** A Group of the default namespace by its bare name, as people say it; any other reference whole. */
export function shortOwner(ref: string | undefined): string | undefined {
  return ref?.replace(/^group:default\//, '');
}

/** Epoch milliseconds as `2026-11-21T13:40:25Z`. */
export function toTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
