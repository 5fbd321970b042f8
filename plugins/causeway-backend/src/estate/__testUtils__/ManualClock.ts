import type { IngestionClock } from '../partitions/clock';

/** A clock that stands still until told to go on. */
export class ManualClock implements IngestionClock {
  #now = Date.parse('2026-11-21T12:00:00Z');

  readonly #sleepers = new Set<{ due: number; wake: () => void }>();

  now() {
    return this.#now;
  }

  random() {
    return 0;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const sleeper = { due: this.#now + ms, wake: () => {} };
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      sleeper.wake = wake;
      if (signal.aborted || ms <= 0) {
        resolve();
        return;
      }
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Moves time and wakes whoever is due. */
  advance(ms: number) {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.due <= this.#now) {
        sleeper.wake();
      }
    }
  }
}
