import { ObjectEvent } from '../model';

/**
 * Tells listeners of events, one event at a time: when a listener writes, the
 * events of its write wait until all have seen the current one, so that all
 * see the same order.
 */
export class EventDelivery {
  readonly #listeners = new Set<(event: ObjectEvent) => void>();
  readonly #waiting: ObjectEvent[] = [];
  #delivering = false;

  subscribe(listener: (event: ObjectEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deliver(event: ObjectEvent): void {
    this.#waiting.push(event);
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (
        let next = this.#waiting.shift();
        next;
        next = this.#waiting.shift()
      ) {
        for (const listener of [...this.#listeners]) listener(next);
      }
    } finally {
      this.#delivering = false;
    }
  }
}
