import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EstateSource,
  SourceError,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import {
  type KnexObservationStore,
  LeaseLostError,
} from '../observations/KnexObservationStore';
import { PartitionRecord } from './PartitionRecord';
import type {
  PartitionLease,
  PartitionProgress,
  StoredPartition,
} from './PartitionStore';
import type { Semaphore } from './Semaphore';
import type { AppliedEvents } from './applyEvents';
import { backOff } from './backOff';
import { linkedController } from './cancelable';
import type { IngestionClock } from './clock';
import { followWatch } from './followWatch';
import { type GuardSettings, judgeSnapshot } from './judgeSnapshot';
import { readSnapshot } from './readSnapshot';
import { toSourceError } from './toSourceError';

/** How often things happen. Milliseconds. */
export interface RunnerTimes {
  /** Between complete lists of partitions with a watch. */
  completeList: number;
  /** Between lists of partitions without one; also the longest back-off. */
  poll: number;
}

/** What a runner works with. */
export interface PartitionRunnerOptions {
  source: EstateSource;
  partition: SourcePartition;
  lease: PartitionLease;
  /** As it stood when the lease was taken. */
  stored: StoredPartition;
  observations: KnexObservationStore;
  /** Bounds the lists of the source. */
  lists: Semaphore;
  guard: GuardSettings;
  times: RunnerTimes;
  clock: IngestionClock;
  logger: LoggerService;
  onChange: (change: { partition: string; observations: boolean }) => void;
}

/** Hints in quick succession lead to one list in this many milliseconds. */
const hintSpacing = 500;

/** How often the word of a watch is written down, in milliseconds: an unchanged estate costs next to nothing. */
const confirmationSpacing = 30_000;

/** A watch that ends sooner than this counts as a failure of the watch. */
const shortWatch = 1000;

/**
 * Keeps one partition up to date for as long as its lease holds: list
 * completely, then follow changes until the next complete list is due, and
 * back off from failures. All that must survive is in the database; what is
 * here may be lost at any time, the next holder lists again.
 */
export class PartitionRunner {
  readonly #options: PartitionRunnerOptions;

  readonly #record: PartitionRecord;

  /** When the next complete list is due, epoch milliseconds. */
  #due: number;

  #failures: number;

  #unreadable: number;

  #listedAt = 0;

  /** When the partition was last confirmed; undefined while a list or its failure leaves doubt. */
  #confirmedAt?: number;

  /** Ends what the runner waits for: a pause or a watch. */
  #interrupt: () => void = () => {};

  constructor(options: PartitionRunnerOptions) {
    this.#options = options;
    this.#record = new PartitionRecord({
      ...options,
      now: () => options.clock.now(),
    });
    this.#failures = options.stored.failures;
    this.#unreadable = options.stored.unreadable;
    // A source that asked to be left alone is left alone over a restart, too.
    this.#due =
      options.stored.reason === 'rate-limited'
        ? (options.stored.nextAttemptAt ?? 0)
        : 0;
  }

  /** Lists again soon: something said that there is news. */
  hint(): void {
    if (this.#failures > 0) {
      return;
    }
    this.#due = Math.min(this.#due, this.#listedAt + hintSpacing);
    this.#interrupt();
  }

  /** Runs until the signal aborts or the lease is lost; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#pause(this.#due - clock.now(), signal);
        if (signal.aborted) {
          return;
        }
        if (clock.now() < this.#due) {
          continue;
        }
        const version = await this.#options.lists.run(() => this.#list(signal));
        if (version !== undefined && this.#watchable && !signal.aborted) {
          await this.#follow(version, signal);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (error instanceof LeaseLostError) {
          this.#record.info(error.message);
          return;
        }
        // Only the database is left to fail here: what was read is read again.
        this.#failures += 1;
        this.#due = clock.now() + this.#wait();
        this.#record.error('the database refused a write', error);
      }
    }
  }

  get #watchable() {
    const { source, partition } = this.#options;
    return partition.watchable && source.watch !== undefined;
  }

  /** A partition that is polled all the same is not left to its watch. */
  get #trustsWatch() {
    return this.#options.partition.listEvery === 'interval';
  }

  get #period() {
    const { partition, times } = this.#options;
    if (typeof partition.listEvery === 'number') {
      return partition.listEvery;
    }
    return partition.listEvery === 'poll' ? times.poll : times.completeList;
  }

  /** One complete list; answers with where a watch can go on from. */
  async #list(signal: AbortSignal): Promise<string | undefined> {
    const { source, partition, lease, observations, clock, guard } =
      this.#options;
    if (signal.aborted) {
      return undefined;
    }
    const startedAt = clock.now();
    this.#listedAt = startedAt;
    this.#due = startedAt + this.#period;
    let snapshot;
    try {
      snapshot = await readSnapshot({
        source,
        partition,
        lease,
        observations,
        guard,
        signal,
        now: () => clock.now(),
        onWritten: () => this.#record.changed(true),
      });
    } catch (error) {
      this.#rethrowOurs(error, signal);
      const failure = toSourceError(error, source.id);
      await (failure.reason === 'not-installed'
        ? this.#kindGone(failure, startedAt)
        : this.#fail(failure, startedAt, error));
      return undefined;
    }
    const now = clock.now();
    const held = snapshot.hold.length > 0;
    if (held) {
      // Not the whole period: what is held should not stay in doubt for long.
      this.#due = now + Math.min(this.#period, this.#options.times.poll);
    }
    this.#failures = 0;
    this.#unreadable = snapshot.unreadable;
    this.#confirmedAt = held ? undefined : now;
    const message = held
      ? `A complete list lacks ${snapshot.hold.length} of ${snapshot.hold.length + snapshot.reported} objects; they stay until the next complete list confirms that they are gone`
      : undefined;
    const { removed } = await this.#record.write(
      {
        state: held ? 'held' : 'fresh',
        reason: held ? snapshot.reason : undefined,
        message,
        unreadable: snapshot.unreadable,
        failures: 0,
        version: snapshot.version,
        rateLimit: source.rateLimit?.(),
        confirmedAt: now,
        attemptedAt: startedAt,
        nextAttemptAt: this.#due,
      },
      { remove: snapshot.remove, missing: snapshot.hold },
    );
    this.#record.report(held ? 'held' : 'fresh', {
      counts: `${snapshot.reported} objects, ${snapshot.written} written, ${removed} removed in ${now - startedAt} ms`,
      changed: snapshot.written + removed > 0,
      message,
    });
    this.#record.changed(removed > 0);
    return snapshot.version;
  }

  /** Watches until the next complete list is due or the watch fails; resumes one that merely ended. */
  async #follow(version: string, signal: AbortSignal): Promise<void> {
    const { source, clock } = this.#options;
    let from = version;
    while (!signal.aborted && clock.now() < this.#due) {
      const openedAt = clock.now();
      const end = await followWatch({
        ...this.#options,
        from,
        signal,
        duration: this.#due - openedAt,
        onStart: interrupt => {
          this.#interrupt = interrupt;
        },
        onOpen: async () => {
          await this.#record.write({ watching: true });
          this.#record.changed(false);
        },
        onApplied: applied => this.#applied(applied),
      });
      this.#interrupt = () => {};
      if (end.error !== undefined) {
        this.#rethrowOurs(end.error, signal);
        await this.#watchFailed(toSourceError(end.error, source.id), end.error);
        return;
      }
      from = end.from;
      const left = this.#due - clock.now();
      if (clock.now() - openedAt < shortWatch && left > 0) {
        await this.#pause(Math.min(shortWatch, left), signal);
      }
    }
  }

  async #applied({ changed, unreadable, version, at }: AppliedEvents) {
    const progress: Partial<PartitionProgress> = {};
    if (unreadable > 0) {
      this.#unreadable += unreadable;
      progress.unreadable = this.#unreadable;
    }
    if (
      version !== undefined &&
      this.#trustsWatch &&
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

  /** Too old a starting point and no right to watch are no reason to call a partition stale. */
  async #watchFailed(failure: SourceError, cause: unknown): Promise<void> {
    const { clock, times } = this.#options;
    const now = clock.now();
    if (failure.expired) {
      this.#record.info('the watch expired, listing again');
      this.#due = now;
      await this.#record.write({ watching: false, nextAttemptAt: now });
    } else if (['forbidden', 'not-found'].includes(failure.reason)) {
      this.#due = Math.min(this.#due, now + times.poll);
      await this.#record.write({
        watching: false,
        message: failure.message,
        nextAttemptAt: this.#due,
      });
      this.#record.changed(false);
    } else {
      await this.#fail(failure, now, cause);
    }
  }

  async #fail(failure: SourceError, startedAt: number, cause: unknown) {
    const { clock, source } = this.#options;
    this.#failures += 1;
    this.#due = clock.now() + this.#wait(failure.retryAfter);
    await this.#record.write({
      state: 'stale',
      reason: failure.reason,
      message: failure.message,
      failures: this.#failures,
      watching: false,
      rateLimit: source.rateLimit?.(),
      attemptedAt: startedAt,
      nextAttemptAt: this.#due,
    });
    this.#record.report('stale', { message: failure.message, cause });
    this.#record.changed(false);
  }

  /** The source does not serve the kind: where there were objects, that is doubted once like an empty list. */
  async #kindGone(failure: SourceError, startedAt: number) {
    const { clock, times, guard, observations, lease } = this.#options;
    const { remove, hold } = judgeSnapshot({
      known: await observations.keys(lease.partition),
      seen: new Set(),
      unidentified: 0,
      guard,
    });
    const state = hold.length > 0 ? 'held' : 'absent';
    const now = clock.now();
    this.#failures = 0;
    this.#due = now + times.poll;
    await this.#record.write(
      {
        state,
        reason: 'not-installed',
        message: failure.message,
        unreadable: 0,
        failures: 0,
        watching: false,
        confirmedAt: now,
        attemptedAt: startedAt,
        nextAttemptAt: this.#due,
      },
      { remove, missing: hold },
    );
    this.#record.report(state, { message: failure.message });
    this.#record.changed(remove.length > 0);
  }

  #wait(retryAfter?: number) {
    const { clock, times } = this.#options;
    return backOff({
      failures: this.#failures,
      longest: times.poll,
      chance: clock.random(),
      retryAfter,
    });
  }

  async #pause(ms: number, signal: AbortSignal) {
    if (ms <= 0 || signal.aborted) {
      return;
    }
    const { controller, dispose } = linkedController(signal);
    this.#interrupt = () => controller.abort();
    await this.#options.clock.sleep(ms, controller.signal);
    this.#interrupt = () => {};
    dispose();
  }

  /** What the database or the end of the run threw is not the source's failure. */
  #rethrowOurs(error: unknown, signal: AbortSignal) {
    if (signal.aborted || error instanceof LeaseLostError) {
      throw error;
    }
  }
}
