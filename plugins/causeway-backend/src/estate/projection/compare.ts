/**
 * Order by code units: the same on every machine, unlike `localeCompare`, and
 * so fit for names and hashes that must not depend on where they are made.
 */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A comparison by one text of each value; for long lists see {@link sortByText}. */
export function byText<T>(text: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => compareText(text(a), text(b));
}

/** The values in order of one text each, which is made once a value. */
export function sortByText<T>(
  values: Iterable<T>,
  text: (value: T) => string,
): T[] {
  return Array.from(values, value => ({ value, key: text(value) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ value }) => value);
}
