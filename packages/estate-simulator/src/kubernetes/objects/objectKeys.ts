/** Where an object lies within its type, in the order in which lists return it. */
export function objectKey(name: string, namespace?: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Index of the first key that is not below the given one. */
export function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
