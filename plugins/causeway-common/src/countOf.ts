/**
 * How many of something, in words: `1 request`, `3 requests`.
 *
 * @param many - the plural, where it is not the singular with an s
 *
 * @public
 */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
