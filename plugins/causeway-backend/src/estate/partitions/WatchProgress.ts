import type { PartitionRecord } from './PartitionRecord';
import type { PartitionProgress } from './PartitionStore';
import type { AppliedEvents } from './applyEvents';

/** How often the word of a watch is written down, in milliseconds: an unchanged estate costs next to nothing. */
const confirmationSpacing = 30_000;

/** What a watch adds to what the last complete list said of a partition. */
export class WatchProgress {
  readonly #record: PartitionRecord;

  readonly #confirms: boolean;

  #unreadable: number;

  /** When the partition was last confirmed; undefined while a list or its failure leaves doubt. */
  #confirmedAt?: number;

  constructor(options: {
    record: PartitionRecord;
    /** Whether the word of the watch confirms the partition. */
    confirms: boolean;
    /** Objects that could not be read, as far as is known. */
    unreadable: number;
  }) {
    this.#record = options.record;
    this.#confirms = options.confirms;
    this.#unreadable = options.unreadable;
  }

  /** Begins anew from a complete list. */
  listed(list: { unreadable: number; confirmedAt?: number }): void {
    this.#unreadable = list.unreadable;
    this.#confirmedAt = list.confirmedAt;
  }

  /** Writes down what a batch of events came to. */
  async applied({ changed, unreadable, version, at }: AppliedEvents) {
    const progress: Partial<PartitionProgress> = {};
    if (unreadable > 0) {
      this.#unreadable += unreadable;
      progress.unreadable = this.#unreadable;
    }
    if (
      version !== undefined &&
      this.#confirms &&
      this.#confirmedAt !== undefined &&
      at - this.#confirmedAt >= confirmationSpacing
    ) {
      this.#confirmedAt = at;
      progress.confirmedAt = at;
    }
    if (Object.keys(progress).length > 0) {
      await this.#record.write(progress);
    }
    if (changed) {
      this.#record.changed(true);
    }
  }
}
