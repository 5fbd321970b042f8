import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

/** Settings of the module, from `causeway.catalog`; times in milliseconds. */
export interface CatalogModuleConfig {
  /** How often the feed is asked without a hint. */
  poll: number;
  /** How often the feed is read from its beginning. */
  reconcile: number;
  /** How often displaced Components are looked for. */
  restore: number;
  modelLayer: boolean;
}

const section = 'causeway.catalog';

/**
 * Reads the module's settings.
 *
 * @throws InputError or Error with the key's name when a value is not what it must be
 */
export function readCatalogModuleConfig(config: Config): CatalogModuleConfig {
  const readDuration = (key: string, fallback: number): number => {
    const path = `${section}.${key}`;
    if (!config.has(path)) return fallback;
    const milliseconds = durationToMilliseconds(
      readDurationFromConfig(config, { key: path }),
    );
    if (!(milliseconds > 0)) {
      throw new Error(`${path} must be longer than nothing`);
    }
    return milliseconds;
  };
  return {
    poll: readDuration('poll', 10_000),
    reconcile: readDuration('reconcile', 24 * 3_600_000),
    restore: readDuration('restore', 30_000),
    modelLayer: config.getOptionalBoolean(`${section}.modelLayer`) ?? false,
  };
}
