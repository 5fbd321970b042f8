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
import type { PartitionLease, StoredPartition } from './PartitionStore';
import { ReadVersions } from './ReadVersions';
import type { Semaphore } from './Semaphore';
import { WatchProgress } from './WatchProgress';
import { backOff } from './backOff';
import { linkedController } from './cancelable';
import type { IngestionClock } from './clock';
import { followWatch } from './followWatch';
import { type GuardSettings, judgeSnapshot } from './judgeSnapshot';
import { readSnapshot } from './readSnapshot';
import { recordFailure, recordKindGone, recordSnapshot } from './recordList';
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

/** A hint waits so long for others of its kind, and for a source that tells before it can show, in milliseconds. */
const hintDelay = 200;

/** Hints in quick succession lead to one list in this many milliseconds. */
const hintSpacing = 500;

/** However many hints there are, lists take at most one part in so many of the time. */
const hintShare = 3;

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

  readonly #versions = new ReadVersions();

  readonly #watch: WatchProgress;

  /** When the next complete list is due, epoch milliseconds. */
  #due: number;

  #failures: number;

  #listedAt = 0;

  /** Milliseconds that the last complete list took. */
  #listTook = 0;

  /** Until when it need not be written down again that the kind is not there. */
  #absentUntil = 0;

  /** Ends what the runner waits for: a pause or a watch. */
  #interrupt: () => void = () => {};

  constructor(options: PartitionRunnerOptions) {
    this.#options = options;
    this.#record = new PartitionRecord({
      ...options,
      now: () => options.clock.now(),
    });
    this.#failures = options.stored.failures;
    this.#watch = new WatchProgress({
      record: this.#record,
      // A partition that is polled all the same is not left to its watch.
      confirms: options.partition.listEvery === 'interval',
      unreadable: options.stored.unreadable,
    });
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
    const spacing = Math.max(hintSpacing, hintShare * this.#listTook);
    this.#due = Math.min(
      this.#due,
      Math.max(this.#options.clock.now() + hintDelay, this.#listedAt + spacing),
    );
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
        versions: this.#versions,
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
    this.#listTook = now - startedAt;
    const held = snapshot.hold.length > 0;
    if (held) {
      // Not the whole period: what is held should not stay in doubt for long.
      this.#due = now + Math.min(this.#period, this.#options.times.poll);
    }
    this.#failures = 0;
    this.#absentUntil = 0;
    this.#watch.listed({
      unreadable: snapshot.unreadable,
      confirmedAt: held ? undefined : now,
    });
    await recordSnapshot(
      this.#record,
      snapshot,
      { startedAt, now, due: this.#due, confirmAfter: guard.confirmAfter },
      source.rateLimit?.(),
    );
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
        onApplied: applied => this.#watch.applied(applied),
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
    this.#absentUntil = 0;
    this.#due = clock.now() + this.#wait(failure.retryAfter);
    await recordFailure(this.#record, failure, {
      failures: this.#failures,
      startedAt,
      due: this.#due,
      rateLimit: source.rateLimit?.(),
      cause,
    });
  }

  /** The source does not serve the kind: where there were objects, that is doubted once like an empty list. */
  async #kindGone(failure: SourceError, startedAt: number) {
    const { clock, times, guard, observations, lease } = this.#options;
    const now = clock.now();
    const judgement = judgeSnapshot({
      known: await observations.stored(lease.partition),
      seen: new Set(),
      unidentified: 0,
      guard,
      now,
    });
    this.#failures = 0;
    this.#due = now + times.poll;
    const nothingNew = judgement.hold.length + judgement.remove.length === 0;
    if (nothingNew && now < this.#absentUntil) {
      return;
    }
    this.#absentUntil = nothingNew ? now + times.completeList : 0;
    await recordKindGone(this.#record, failure, judgement, {
      startedAt,
      now,
      due: this.#due,
    });
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
