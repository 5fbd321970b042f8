import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** Milliseconds that a step waits where it does not say. */
export const defaultWait = 10 * 60_000;

/** Longer ones would keep a slot of the scaffolder for what a Retry does as well. */
export const longestWait = 60 * 60_000;

/**
 * Milliseconds that a step waits.
 *
 * @throws InputError for what is no time to wait
 */
export function readWait(waitUpTo: HumanDuration | undefined): number {
  if (waitUpTo === undefined) {
    return defaultWait;
  }
  const wait = durationToMilliseconds(waitUpTo);
  if (!(wait > 0) || wait > longestWait) {
    throw new InputError(
      'waitUpTo must be longer than nothing and at most an hour: { minutes: 10 }. Whoever needs longer presses Retry once it is decided',
    );
  }
  return wait;
}
