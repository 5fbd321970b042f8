import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, so that tests can hold both still. */
export interface IngestionClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Evenly distributed in [0, 1). */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: IngestionClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch {
      // Aborted: the sleeper looks at the signal itself.
    }
  },
};
