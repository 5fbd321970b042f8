import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What computing costs, per hour. */
export interface Prices {
  /** ISO 4217. */
  currency: string;
  vcpuHour: number;
  gibHour: number;
}

/**
 * Shipped prices: about what the large clouds ask for a general-purpose
 * machine without a contract. Whoever pays something else says so in the
 * configuration.
 */
export const shippedPrices: Prices = {
  currency: 'USD',
  vcpuHour: 0.0336,
  gibHour: 0.0045,
};

const key = 'causeway.gate.prices';

/**
 * Reads `causeway.gate.prices`. The two prices are given together, for one of
 * each source would be in two currencies.
 */
export function parsePrices(root: Config): Prices {
  const config = root.getOptionalConfig(key);
  if (!config) {
    return shippedPrices;
  }
  const currency = config.getOptionalString('currency') ?? 'USD';
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(
      `${key}.currency must be a code of ISO 4217 such as EUR, but is '${currency}'`,
    );
  }
  return {
    currency,
    vcpuHour: price(config, 'vcpuHour'),
    gibHour: price(config, 'gibHour'),
  };
}

function price(config: Config, name: string): number {
  const value = config.getOptionalNumber(name);
  if (value === undefined || !Number.isFinite(value) || value < 0) {
    throw new InputError(
      `${key}.${name} must be a price per hour, 0 or more; currency, vcpuHour and gibHour are given together`,
    );
  }
  return value;
}
