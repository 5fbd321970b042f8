import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';

const firstBackoff = 1_000;
const longestBackoff = 60_000;

/**
 * Repeats work: at once when woken, otherwise after the interval that the work
 * asks for, and after an error later and later. Errors end nothing.
 */
export class FeedLoop {
  readonly #work: (signal: AbortSignal) => Promise<number>;
  readonly #logger: LoggerService;
  readonly #delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly #stop = new AbortController();
  #nap?: AbortController;
  #woken = false;
  #running?: Promise<void>;

  constructor(options: {
    /** Does what there is to do and says in how many milliseconds to come back. */
    work: (signal: AbortSignal) => Promise<number>;
    logger: LoggerService;
    /** Rejects when aborted; for tests. */
    delay?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  }) {
    this.#work = options.work;
    this.#logger = options.logger;
    this.#delay =
      options.delay ??
      ((milliseconds, signal) =>
        delay(milliseconds, undefined, { signal, ref: false }));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Does the work soon; while it backs off after an error, not earlier than then. */
  wake(): void {
    this.#woken = true;
    this.#nap?.abort();
  }

  /** Ends after what is being done now. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      this.#woken = false;
      try {
        const pause = await this.#work(signal);
        failures = 0;
        await this.#rest(pause);
      } catch (error) {
        if (signal.aborted) return;
        const pause = Math.min(firstBackoff * 2 ** failures, longestBackoff);
        failures += 1;
        this.#logger.warn(
          `Could not take the estate's feed, trying again in ${pause / 1000} s: ${oneLine(error)}`,
        );
        await this.#delay(pause, signal).catch(() => undefined);
      }
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (this.#woken) return;
    this.#nap = new AbortController();
    await this.#delay(
      milliseconds,
      AbortSignal.any([this.#stop.signal, this.#nap.signal]),
    ).catch(() => undefined);
    this.#nap = undefined;
  }
}

/** The error with its causes: that of a failed fetch says nothing by itself. */
function oneLine(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error && parts.length < 3; at = at.cause) {
    parts.push(at.message || at.name);
  }
  return (parts.join(': ') || String(error)).replace(/\s+/g, ' ').slice(0, 300);
}
