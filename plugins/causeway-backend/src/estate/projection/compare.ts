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

/** A comparison by one text of each value. */
export function byText<T>(text: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => compareText(text(a), text(b));
}
