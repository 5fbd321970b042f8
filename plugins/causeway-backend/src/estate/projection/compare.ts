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

/** Longer lists are left to the engine. */
const few = 16;

/**
 * Sorts a list that is nearly always short, in place: for a handful of values
 * the engine's own sort takes more memory than they do.
 */
export function sortFew<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  if (list.length > few) {
    return list.sort(compare);
  }
  for (let end = 1; end < list.length; end += 1) {
    const value = list[end];
    let at = end;
    while (at > 0 && compare(list[at - 1], value) > 0) {
      list[at] = list[at - 1];
      at -= 1;
    }
    list[at] = value;
  }
  return list;
}
