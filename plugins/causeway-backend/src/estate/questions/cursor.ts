import { InputError } from '@backstage/errors';

/** Where an answer goes on: how many were told, and the last of them. */
export function toCursor(told: number, lastRef: string): string {
  return `${told}~${lastRef}`;
}

/**
 * Where to go on in a list that may have changed since. Where the last one
 * that was told is gone, the next one has its place.
 *
 * @throws InputError for a cursor that is none
 */
export function startAfter(
  refs: readonly string[],
  cursor: string | undefined,
): number {
  if (cursor === undefined) {
    return 0;
  }
  const match = /^(\d{1,7})~(.+)$/.exec(cursor);
  if (!match) {
    throw new InputError(
      'cursor must be the `more` of the answer before, unchanged; leave it out to begin again',
    );
  }
  const at = refs.indexOf(match[2]);
  return at === -1 ? Math.max(0, Number(match[1]) - 1) : at + 1;
}
