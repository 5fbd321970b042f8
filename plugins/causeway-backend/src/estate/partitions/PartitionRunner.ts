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
import type {
  PartitionLease,
  PartitionProgress,
  StoredPartition,
} from './PartitionStore';
import type { Semaphore } from './Semaphore';
import { applyEvents } from './applyEvents';
import { backOff } from './backOff';
import { linkedController } from './cancelable';
import type { IngestionClock } from './clock';
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

  readonly #id: string;

  /** When the next complete list is due, epoch milliseconds. */
  #due: number;

  #failures: number;

  #unreadable: number;

  #state: StoredPartition['state'];

  #listedAt = 0;

  /** Ends what the runner waits for: a pause or a watch. */
  #interrupt: () => void = () => {};

  constructor(options: PartitionRunnerOptions) {
    this.#options = options;
    this.#id = options.lease.partition;
    this.#failures = options.stored.failures;
    this.#unreadable = options.stored.unreadable;
    this.#state = options.stored.state;
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
    const { clock, logger } = this.#options;
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
          logger.info(`Estate ${this.#id}: ${error.message}`);
          return;
        }
        // Only the database is left to fail here: what was read is read again.
        this.#failures += 1;
        this.#due = clock.now() + this.#wait();
        logger.error(
          `Estate ${this.#id}: the database refused a write`,
          error as Error,
        );
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
        guard,
        signal,
        now: () => clock.now(),
        onWritten: () => this.#changed(true),
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
    const message = held
      ? `A complete list lacks ${snapshot.hold.length} of ${snapshot.hold.length + snapshot.reported} objects; they stay until the next complete list confirms that they are gone`
      : undefined;
    const { removed } = await this.#write(
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
    this.#report(held ? 'held' : 'fresh', {
      counts: `${snapshot.reported} objects, ${snapshot.written} written, ${removed} removed in ${now - startedAt} ms`,
      changed: snapshot.written + removed > 0,
      message,
    });
    this.#changed(removed > 0);
    return snapshot.version;
  }

  /** Watches until the next complete list is due or the watch fails. */
  async #follow(version: string, signal: AbortSignal): Promise<void> {
    const { source, partition, clock } = this.#options;
    let from = version;
    while (!signal.aborted && clock.now() < this.#due) {
      const openedAt = clock.now();
      const { controller, dispose } = linkedController(signal);
      this.#interrupt = () => controller.abort();
      const timer = linkedController(controller.signal);
      clock
        .sleep(this.#due - openedAt, timer.controller.signal)
        .then(() => controller.abort());
      try {
        let open = false;
        for await (const events of source.watch!(
          partition,
          from,
          controller.signal,
        )) {
          if (!open) {
            open = true;
            await this.#write({ watching: true });
            this.#changed(false);
          }
          from = (await this.#apply(events)) ?? from;
        }
      } catch (error) {
        this.#rethrowOurs(error, signal);
        if (!controller.signal.aborted) {
          await this.#watchFailed(toSourceError(error, source.id), error);
          return;
        }
      } finally {
        this.#interrupt = () => {};
        timer.controller.abort();
        timer.dispose();
        dispose();
      }
      if (clock.now() - openedAt < shortWatch && clock.now() < this.#due) {
        await this.#pause(
          Math.min(shortWatch, this.#due - clock.now()),
          signal,
        );
      }
    }
  }

  async #apply(events: Parameters<typeof applyEvents>[0]['events']) {
    const { source, lease, observations, clock } = this.#options;
    const applied = await applyEvents({
      source,
      lease,
      observations,
      events,
      now: clock.now(),
    });
    if (applied.unreadable > 0) {
      this.#unreadable += applied.unreadable;
      await this.#write({ unreadable: this.#unreadable });
    }
    if (applied.changed) {
      this.#changed(true);
    }
    return applied.version;
  }

  /** Too old a starting point and no right to watch are no reason to call a partition stale. */
  async #watchFailed(failure: SourceError, cause: unknown): Promise<void> {
    const { clock, times, logger } = this.#options;
    const now = clock.now();
    if (failure.expired) {
      logger.info(`Estate ${this.#id}: the watch expired, listing again`);
      this.#due = now;
      await this.#write({ watching: false, nextAttemptAt: now });
    } else if (['forbidden', 'not-found'].includes(failure.reason)) {
      this.#due = Math.min(this.#due, now + times.poll);
      await this.#write({
        watching: false,
        message: failure.message,
        nextAttemptAt: this.#due,
      });
      this.#changed(false);
    } else {
      await this.#fail(failure, now, cause);
    }
  }

  async #fail(failure: SourceError, startedAt: number, cause: unknown) {
    const { clock, source } = this.#options;
    this.#failures += 1;
    this.#due = clock.now() + this.#wait(failure.retryAfter);
    await this.#write({
      state: 'stale',
      reason: failure.reason,
      message: failure.message,
      failures: this.#failures,
      watching: false,
      rateLimit: source.rateLimit?.(),
      attemptedAt: startedAt,
      nextAttemptAt: this.#due,
    });
    this.#report('stale', { message: failure.message, cause });
    this.#changed(false);
  }

  /** The source does not serve the kind: where there were objects, that is doubted once like an empty list. */
  async #kindGone(failure: SourceError, startedAt: number) {
    const { clock, times, guard, observations } = this.#options;
    const { remove, hold } = judgeSnapshot({
      known: await observations.keys(this.#id),
      seen: new Set(),
      unidentified: 0,
      guard,
    });
    const state = hold.length > 0 ? 'held' : 'absent';
    const now = clock.now();
    this.#failures = 0;
    this.#due = now + times.poll;
    await this.#write(
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
    this.#report(state, { message: failure.message });
    this.#changed(remove.length > 0);
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

  async #write(
    progress: Partial<PartitionProgress>,
    observations?: { remove: string[]; missing: string[] },
  ) {
    const { source, lease, clock } = this.#options;
    return this.#options.observations.write(
      lease,
      source.id,
      { ...observations, progress },
      clock.now(),
    );
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

  #changed(observations: boolean) {
    this.#options.onChange({ partition: this.#id, observations });
  }

  /** One line where the state or the content changed; a quiet estate logs nothing. */
  #report(
    state: StoredPartition['state'],
    detail: {
      counts?: string;
      changed?: boolean;
      message?: string;
      cause?: unknown;
    },
  ) {
    const { logger } = this.#options;
    const before = this.#state;
    this.#state = state;
    const line = `Estate ${this.#id}: ${[state, detail.counts, detail.message].filter(Boolean).join(', ')}`;
    if (state === 'stale' || state === 'held') {
      if (before !== state) {
        logger.warn(line);
      }
      if (detail.cause) {
        logger.debug(`Estate ${this.#id}: cause`, detail.cause as Error);
      }
    } else if (before !== state || detail.changed) {
      logger.info(line);
    }
  }

  /** What the database or the end of the run threw is not the source's failure. */
  #rethrowOurs(error: unknown, signal: AbortSignal) {
    if (signal.aborted || error instanceof LeaseLostError) {
      throw error;
    }
  }
}
