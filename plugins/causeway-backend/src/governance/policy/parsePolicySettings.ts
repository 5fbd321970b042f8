import { isAbsolute, resolve } from 'node:path';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Where the policy comes from and how it changes; times in milliseconds. */
export interface PolicySettings {
  /** Absolute paths. */
  files: string[];
  poll: number;
  /** Before a looser or older policy holds. */
  looseningDelay: number;
  /** For one assessment. */
  deadline: number;
}

const section = 'causeway.gate.policy';

/** Reads `causeway.gate.policy`; throws naming the key. */
export function parsePolicySettings(
  root: Config,
  options: { production: boolean; cwd?: string },
): PolicySettings {
  const duration = (key: string, fallback: number, least: number) => {
    if (!root.has(`${section}.${key}`)) {
      return fallback;
    }
    const ms = durationToMilliseconds(
      readDurationFromConfig(root, { key: `${section}.${key}` }),
    );
    if (!(ms >= least)) {
      throw new InputError(`${section}.${key} must be at least ${least} ms`);
    }
    return ms;
  };
  const cwd = options.cwd ?? process.cwd();
  const files = root.getOptionalStringArray(`${section}.files`) ?? [];
  return {
    files: files.map(file => (isAbsolute(file) ? file : resolve(cwd, file))),
    poll: duration('poll', 5000, 100),
    looseningDelay: duration(
      'looseningDelay',
      options.production ? 10 * 60_000 : 0,
      0,
    ),
    deadline: duration('deadline', 500, 10),
  };
}
