import { isLoopback } from './loopback';

/** An address that the portal would talk to with credentials. */
export interface ConfiguredAddress {
  /** Where it stands in the configuration. */
  key: string;
  /** Absent where it cannot be told. */
  address?: string;
  /** Why it cannot be told. */
  problem?: string;
}

/** What decides about personas. */
export interface PersonaConditions {
  /** `NODE_ENV` of the process. */
  nodeEnv: string | undefined;
  dangerouslyEnabled: boolean;
  /** Host that the backend listens on; empty means all interfaces. */
  listenHost: string;
  /** Address of the simulated estate, from the configuration. */
  simulator: string;
  /** Origins that the simulated estate says are its own. */
  origins: string[];
  /** Every address of a source and of an integration. */
  addresses: ConfiguredAddress[];
}

/**
 * Tells why personas must not exist. Anybody who reaches a persona's route is
 * that person: they are for a made-up estate, on one's own machine, while
 * developing, and all three must be certain.
 *
 * @returns reasons, each with what to do; none when personas may exist
 */
export function personasAllowed(conditions: PersonaConditions): string[] {
  const { nodeEnv, dangerouslyEnabled, listenHost, origins } = conditions;
  const reasons: string[] = [];
  if (nodeEnv !== 'development' && !dangerouslyEnabled) {
    reasons.push(
      `NODE_ENV is ${nodeEnv ? `'${nodeEnv}'` : 'not set'}, not 'development'`,
    );
  }
  if (!isLoopback(listenHost)) {
    reasons.push(
      `the backend listens on ${listenHost ? `'${listenHost}'` : 'all interfaces'}: set backend.listen to '127.0.0.1:7007'`,
    );
  }
  const simulator = originOf(conditions.simulator);
  if (!simulator || !isLoopback(simulator.hostname)) {
    reasons.push(
      `causeway.personas.simulator is '${conditions.simulator}', not an address on loopback`,
    );
  }
  const own = new Set(
    origins.flatMap(origin => {
      const url = originOf(origin);
      return url && isLoopback(url.hostname) ? [url.origin] : [];
    }),
  );
  for (const { key, address, problem } of conditions.addresses) {
    const url = address === undefined ? undefined : originOf(address);
    if (!url || !own.has(url.origin)) {
      reasons.push(
        `${key} ${problem ?? `is '${address}'`}: only the simulated estate may be configured (${[...own].join(', ') || 'none'})`,
      );
    }
  }
  return reasons;
}

function originOf(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
