import { type Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { InputError } from '@backstage/errors';
import type { GuardSettings } from './judgeSnapshot';

/** How often things are read, in milliseconds, and what is doubted. */
export interface IngestionSettings {
  completeList: number;
  poll: number;
  claimsRefresh: number;
  guard: GuardSettings;
}

/** Reads `causeway.estate` but its sources; throws naming the key. */
export function parseIngestionSettings(root: Config): IngestionSettings {
  const estate = 'causeway.estate';
  const duration = (key: string, fallback: number, least = 100) => {
    if (!root.has(`${estate}.${key}`)) {
      return fallback;
    }
    const ms = durationToMilliseconds(
      readDurationFromConfig(root, { key: `${estate}.${key}` }),
    );
    if (!(ms >= least)) {
      throw new InputError(`${estate}.${key} must be at least ${least} ms`);
    }
    return ms;
  };
  const removalShare =
    root.getOptionalNumber(`${estate}.guard.removalShare`) ?? 0.3;
  if (!(removalShare >= 0 && removalShare <= 1)) {
    throw new InputError(`${estate}.guard.removalShare must be from 0 to 1`);
  }
  const minimumObjects =
    root.getOptionalNumber(`${estate}.guard.minimumObjects`) ?? 5;
  if (!(minimumObjects >= 0)) {
    throw new InputError(`${estate}.guard.minimumObjects must not be negative`);
  }
  return {
    completeList: duration('completeList', 10 * 60_000),
    poll: duration('poll', 60_000),
    claimsRefresh: duration('claims.refresh', 30_000),
    guard: {
      removalShare,
      minimumObjects,
      confirmAfter: duration('guard.confirmAfter', 5 * 60_000, 0),
    },
  };
}
