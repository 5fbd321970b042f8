import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const key = 'causeway.gate.audit.retention';

/** Shorter is a slip: what somebody wrote is gone before it was read. */
const least = 24 * 60 * 60_000;

/**
 * For how long texts beside the trail are kept, in milliseconds; `undefined`
 * for good.
 *
 * @throws InputError with the key's name and what was expected
 */
export function readRetention(root: Config): number | undefined {
  if (!root.has(key)) {
    return undefined;
  }
  const keptFor = durationToMilliseconds(readDurationFromConfig(root, { key }));
  if (!(keptFor >= least)) {
    throw new InputError(`${key} must be at least a day, as in { days: 365 }`);
  }
  return keptFor;
}
