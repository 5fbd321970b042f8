/** Delayed calls, so that tests can decide when time passes. */
export interface Timers {
  /** Calls back after so many milliseconds; returns the way to cancel. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The timers of the runtime. */
export const systemTimers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Timers that stand still until told to advance. */
export interface ManualTimers extends Timers {
  /** Milliseconds that have passed. */
  readonly elapsedMs: number;
  /** How many calls are waiting. */
  readonly pending: number;
  advance(ms: number): void;
}

/** Creates {@link ManualTimers}. */
export function createManualTimers(): ManualTimers {
  const waiting = new Set<{ due: number; callback: () => void }>();
  let elapsedMs = 0;
  return {
    get elapsedMs() {
      return elapsedMs;
    },
    get pending() {
      return waiting.size;
    },
    after(delayMs, callback) {
      const entry = { due: elapsedMs + delayMs, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance(ms) {
      const end = elapsedMs + ms;
      for (;;) {
        const [next] = [...waiting]
          .filter(entry => entry.due <= end)
          .sort((a, b) => a.due - b.due);
        if (!next) break;
        waiting.delete(next);
        elapsedMs = Math.max(elapsedMs, next.due);
        next.callback();
      }
      elapsedMs = end;
    },
  };
}
