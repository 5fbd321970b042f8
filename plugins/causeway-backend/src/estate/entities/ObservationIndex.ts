import type { Observation } from '../observations/model';
import type { ObservationReader } from '../observations/ObservationStore';

/** An observation before and after it changed; one of the two may not be there. */
export interface ObservationChange {
  before?: Observation;
  after?: Observation;
}

/** More changes than this are not told one by one. */
const mostChanges = 1000;

/** The living observations in memory, kept up with the database by mark. */
export class ObservationIndex {
  readonly #reader: ObservationReader;
  readonly #observations = new Map<string, Observation>();
  #mark: string | undefined;
  /** What was there at the last `settle` of all that changed since; `undefined` for what is new. */
  readonly #before = new Map<string, Observation | undefined>();
  /** Whether so much changed that single changes are not told. */
  #allChanged = false;

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
      this.#before.clear();
      this.#allChanged = true;
      await this.#read();
    }
  }

  /** Whether anything changed since `settle`. */
  get changed(): boolean {
    return this.#allChanged || this.#before.size > 0;
  }

  /** What changed since `settle`, as it was and as it is; `undefined` when that is too much to tell. */
  get changes(): ObservationChange[] | undefined {
    return this.#allChanged
      ? undefined
      : Array.from(this.#before, ([key, before]) => ({
          before,
          after: this.#observations.get(key),
        }));
  }

  /** What is here by now has been dealt with. */
  settle(): void {
    this.#allChanged = false;
    this.#before.clear();
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
      for (const { partition, key: own } of page.removed) {
        const key = `${partition}\0${own}`;
        const before = this.#observations.get(key);
        if (this.#observations.delete(key)) {
          this.#note(key, before);
        }
      }
      for (const observation of page.upserted) {
        const key = `${observation.partition}\0${observation.key}`;
        const before = this.#observations.get(key);
        if (before?.hash !== observation.hash) {
          this.#note(key, before);
        }
        this.#observations.set(key, observation);
      }
      this.#mark = page.mark;
      if (!page.more) {
        return;
      }
    }
  }

  #note(key: string, before: Observation | undefined): void {
    if (this.#allChanged || this.#before.has(key)) {
      return;
    }
    this.#before.set(key, before);
    if (this.#before.size > mostChanges) {
      this.#before.clear();
      this.#allChanged = true;
    }
  }
}
