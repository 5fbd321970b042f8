import type { Observation } from '../observations/model';
import type { ObservationReader } from '../observations/ObservationStore';

/** The living observations in memory, kept up with the database by mark. */
export class ObservationIndex {
  readonly #reader: ObservationReader;
  readonly #observations = new Map<string, Observation>();
  #mark: string | undefined;
  #changed = false;

  constructor(reader: ObservationReader) {
    this.#reader = reader;
  }

  /** Reads all that changed since the last call; a call that fails half way loses nothing. */
  async follow(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if ((error as Error).name !== 'ConflictError') {
        throw error;
      }
      // The mark is older than what the store remembers: begin again.
      this.#mark = undefined;
      this.#observations.clear();
      this.#changed = true;
      await this.#read();
    }
  }

  /** Whether anything changed since `settle`. */
  get changed(): boolean {
    return this.#changed;
  }

  /** What is here by now has been dealt with. */
  settle(): void {
    this.#changed = false;
  }

  /** Every observation, in no particular order. */
  all(): Iterable<Observation> {
    return this.#observations.values();
  }

  get size(): number {
    return this.#observations.size;
  }

  async #read(): Promise<void> {
    for (;;) {
      const page = await this.#reader.changesSince(this.#mark);
      for (const { partition, key } of page.removed) {
        if (this.#observations.delete(`${partition}\0${key}`)) {
          this.#changed = true;
        }
      }
      for (const observation of page.upserted) {
        const key = `${observation.partition}\0${observation.key}`;
        if (this.#observations.get(key)?.hash !== observation.hash) {
          this.#changed = true;
        }
        this.#observations.set(key, observation);
      }
      this.#mark = page.mark;
      if (!page.more) {
        return;
      }
    }
  }
}
