/**
 * How many steps wait for people at a time. A step that waits keeps one of the
 * scaffolder's slots, and templates that ask for nothing must find one, too
 * (THREATS H4).
 */
export class WaitingSlots {
  readonly #most: number;
  #taken = 0;

  /** @param tasks - how many tasks the scaffolder runs at a time */
  constructor(tasks: number) {
    this.#most = Math.floor(tasks * 0.7);
  }

  /** Takes a slot; nothing where all are taken. */
  take(): (() => void) | undefined {
    if (this.#taken >= this.#most) {
      return undefined;
    }
    this.#taken += 1;
    let given = false;
    return () => {
      if (!given) {
        given = true;
        this.#taken -= 1;
      }
    };
  }
}
