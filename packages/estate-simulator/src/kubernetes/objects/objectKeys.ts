/** Where an object lies within its type, in the order in which lists return it. */
export function objectKey(name: string, namespace?: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Index of the first of the ordered entries whose key is not below the given one. */
export function lowerBound<T = string>(
  entries: readonly T[],
  key: string,
  keyOf: (entry: T) => string = String,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (keyOf(entries[middle]) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
