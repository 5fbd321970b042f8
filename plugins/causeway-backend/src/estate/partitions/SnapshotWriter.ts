import type {
  ObservationDifference,
  StoredObservation,
} from '../observations/compareObservations';
import type { PreparedObservation } from '../observations/prepareObservation';

/** Observations that are collected before they are written. */
const batchSize = 1000;

/**
 * Writes what a list finds new or changed, in batches, while the list goes on
 * reading. One write is under way at a time; what it throws comes out of the
 * next call.
 */
export class SnapshotWriter {
  readonly #stored: Map<string, StoredObservation>;

  readonly #write: (difference: ObservationDifference) => Promise<void>;

  readonly #changed = new Map<string, PreparedObservation>();

  readonly #found = new Set<string>();

  #writing: Promise<void> = Promise.resolve();

  /**
   * @param stored - living observations of the partition; kept up with what is written
   */
  constructor(
    stored: Map<string, StoredObservation>,
    write: (difference: ObservationDifference) => Promise<void>,
  ) {
    this.#stored = stored;
    this.#write = write;
  }

  /** Takes in a page: items to compare, and keys of which nothing changed. */
  async take(items: PreparedObservation[], unchanged: Iterable<string>) {
    for (const item of items) {
      if (this.#stored.get(item.key)?.hash === item.hash) {
        // The last state of a key counts, also where an earlier page had another.
        this.#changed.delete(item.key);
        this.#find(item.key);
      } else {
        this.#changed.set(item.key, item);
      }
    }
    for (const key of unchanged) {
      this.#find(key);
    }
    if (this.#changed.size + this.#found.size >= batchSize) {
      await this.#flush();
    }
  }

  /** Writes what is left and waits until all of it is in the database. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  /** Waits for the write under way and starts the next one. */
  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#changed.size + this.#found.size === 0) {
      return;
    }
    const changed = [...this.#changed.values()];
    const found = [...this.#found];
    const added = changed.filter(({ key }) => !this.#stored.has(key)).length;
    this.#changed.clear();
    this.#found.clear();
    for (const { key, hash } of changed) {
      this.#stored.set(key, { hash, missing: false });
    }
    for (const key of found) {
      const stored = this.#stored.get(key)!;
      stored.missing = false;
      stored.missingSince = undefined;
    }
    this.#writing = this.#write({ changed, added, found });
    // Whoever calls next meets the error.
    this.#writing.catch(() => {});
  }

  #find(key: string) {
    if (this.#stored.get(key)?.missing) {
      this.#found.add(key);
    }
  }
}
