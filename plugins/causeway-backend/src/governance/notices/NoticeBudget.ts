/** What may still be sent to one recipient. */
export type NoticeAllowance = 'send' | 'digest' | 'hold';

interface Window {
  since: number;
  sent: number;
  held: number;
}

/** How many notices one recipient gets. */
export interface NoticeLimits {
  /** Notices of a recipient in one window. */
  most: number;
  /** Milliseconds. */
  window: number;
}

/** Most recipients that are counted at a time; the oldest windows are forgotten first. */
const mostRecipients = 10_000;

/**
 * Counts notices by recipient (THREATS M2): so many in a window, then one that
 * says how many more there are, renewed whenever there are twice as many, until
 * the window is over. Each process counts for itself; it bounds attention and
 * decides nothing.
 */
export class NoticeBudget {
  readonly #limits: NoticeLimits;
  readonly #windows = new Map<string, Window>();

  constructor(limits: NoticeLimits) {
    this.#limits = limits;
  }

  /**
   * Takes one notice from the recipient's budget.
   *
   * @param now - epoch milliseconds of the database (THREATS M10): a process
   * whose clock is off by hours floods nobody, and is silent to nobody
   */
  take(recipient: string, now: number): NoticeAllowance {
    const known = this.#windows.get(recipient);
    const window =
      // Changes are told in no order: one of before the window belongs to it as well.
      known && Math.abs(now - known.since) < this.#limits.window
        ? known
        : { since: now, sent: 0, held: 0 };
    if (window !== known) {
      this.#windows.delete(recipient);
      this.#windows.set(recipient, window);
      this.#forget();
    }
    if (window.sent < this.#limits.most) {
      window.sent += 1;
      return 'send';
    }
    window.held += 1;
    // At 1, 2, 4, 8 …: a flood of thousands is a dozen digests, each in place of
    // the one before.
    return Number.isInteger(Math.log2(window.held)) ? 'digest' : 'hold';
  }

  /** How many were held back of the recipient in this window. */
  held(recipient: string): number {
    return this.#windows.get(recipient)?.held ?? 0;
  }

  #forget(): void {
    for (const recipient of this.#windows.keys()) {
      if (this.#windows.size <= mostRecipients) {
        return;
      }
      this.#windows.delete(recipient);
    }
  }
}
