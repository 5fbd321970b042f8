import { InputError } from '@backstage/errors';

/**
 * A reader's place in the order of changes. During a first pass it also
 * remembers where the clock stood at its start: what was removed before then
 * was never handed out and need not be told as removed.
 */
export interface Mark {
  seq: number;
  start?: number;
}

export function formatMark({ seq, start }: Mark): string {
  return start === undefined ? `${seq}` : `${seq}-${start}`;
}

export function parseMark(mark: string): Mark {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(mark);
  if (!match) {
    throw new InputError('A mark is what changesSince handed out, unchanged');
  }
  return {
    seq: Number(match[1]),
    start: match[2] === undefined ? undefined : Number(match[2]),
  };
}
