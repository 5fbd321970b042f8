import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** How much of the past is kept. */
export interface HistoryBounds {
  /** Milliseconds. */
  keepFor: number;
  /** Changes of the whole estate. */
  keepAtMost: number;
  /** Changes of one fact of one entity. */
  valuesPerFact: number;
}

const section = 'causeway.estate.history';

function readCount(root: Config, key: string, fallback: number): number {
  const count = root.getOptionalNumber(`${section}.${key}`) ?? fallback;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(
      `${section}.${key} must be a whole number of at least 1`,
    );
  }
  return count;
}

/** Reads `causeway.estate.history`; throws naming the key. */
export function readHistoryBounds(root: Config): HistoryBounds {
  const keepFor = root.has(`${section}.keepFor`)
    ? durationToMilliseconds(
        readDurationFromConfig(root, { key: `${section}.keepFor` }),
      )
    : 30 * 24 * 60 * 60_000;
  if (!(keepFor > 0)) {
    throw new InputError(`${section}.keepFor must be longer than nothing`);
  }
  return {
    keepFor,
    keepAtMost: readCount(root, 'keepAtMost', 100_000),
    valuesPerFact: readCount(root, 'valuesPerFact', 50),
  };
}
