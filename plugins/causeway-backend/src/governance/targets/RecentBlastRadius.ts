import type { BlastRadius } from '@causeway/backstage-plugin-causeway-common';

/** Answers that are kept. */
const most = 1_000;

/**
 * What depends on a service, as it was a moment ago: the gate sees the same
 * whoever asks, and many ask about the same services. A failure is not kept,
 * nor that the catalog does not have it yet.
 */
export class RecentBlastRadius {
  readonly #maxAge: number;
  readonly #now: () => number;
  readonly #kept = new Map<
    string,
    { answer: Promise<BlastRadius | undefined>; until: number }
  >();

  constructor(options: {
    /** Milliseconds. */
    maxAge: number;
    /** Milliseconds that only go on. */
    now: () => number;
  }) {
    this.#maxAge = options.maxAge;
    this.#now = options.now;
  }

  /** @param of - reference of what others depend on */
  get(
    of: string,
    read: () => Promise<BlastRadius | undefined>,
  ): Promise<BlastRadius | undefined> {
    const now = this.#now();
    const kept = this.#kept.get(of);
    if (kept && kept.until > now) {
      return kept.answer;
    }
    const anew = { answer: read(), until: now + this.#maxAge };
    const forget = () => this.#kept.get(of) === anew && this.#kept.delete(of);
    anew.answer.then(found => found ?? forget(), forget);
    // The oldest are first: what is read anew goes to the end.
    this.#kept.delete(of);
    this.#kept.set(of, anew);
    if (this.#kept.size > most) {
      this.#kept.delete(this.#kept.keys().next().value!);
    }
    return anew.answer;
  }
}
