import { randomUUID } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ObservationReader } from '../observations/ObservationStore';
import type { ProjectionConfig } from '../projection/config';
import { projectInto } from '../projection/project';
import { projectStates } from '../projection/projectStates';
import type { World } from '../projection/World';
import { ObservationIndex } from './ObservationIndex';
import type {
  ProjectionChanges,
  ProjectionLease,
  ProjectionStore,
  StoredHashes,
} from './ProjectionStore';
import { RowComparison } from './RowComparison';
import { projectedTables, type EstateCounts } from './rows';

/** What the projector needs, and how patient it is. */
export interface ProjectorOptions {
  observations: ObservationReader;
  store: ProjectionStore;
  config: ProjectionConfig;
  logger: LoggerService;
  /**
   * Whether every partition has been tried once. Asked before the very first
   * projection only: a catalog should not take half an estate and then the rest.
   */
  isSettled?: () => Promise<boolean>;
  /** Called after a commit that changed entities; must not throw. */
  onFeed?: (news: number) => void;
  /** Milliseconds that changes are collected before they are projected. Defaults to 250. */
  debounce?: number;
  /** Milliseconds between looks at the database without a hint: other replicas read sources too. Defaults to 2000. */
  poll?: number;
  /** Milliseconds that a lease holds without renewal. Defaults to 20000. */
  lease?: number;
  /** Milliseconds to wait for the sources before the very first projection. Defaults to 15000. */
  patience?: number;
  /** Milliseconds after which all is projected, even where only states of workloads change. Defaults to 60000. */
  completeProjection?: number;
}

interface Tenure {
  lease: ProjectionLease;
  index: ObservationIndex;
  stored: StoredHashes;
  /** What the last whole projection came to. */
  projected?: { world: World; counts: EstateCounts; at: number };
  /** Whether only states of workloads were projected since. */
  partial: boolean;
  /** Whether every source has been read once: what is found from then on is a change. */
  settled: boolean;
  /** Whether it has been projected since then: changes are logged from there on. */
  begun: boolean;
}

async function drain<T>(pieces: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) {
      return piece.value;
    }
    await pause();
  }
}

/**
 * Projects what changes. One projector works at a time across replicas; the
 * one that holds the lease keeps the observations and the stored hashes in
 * memory, rebuilt from the database whenever it takes the lease.
 */
export class Projector {
  readonly #options: Required<Omit<ProjectorOptions, 'isSettled' | 'onFeed'>> &
    Pick<ProjectorOptions, 'isSettled' | 'onFeed'>;
  readonly #holder = randomUUID();
  #tenure?: Tenure;
  #timer?: NodeJS.Timeout;
  #due = Infinity;
  #running?: Promise<void>;
  #stopped = true;
  #startedAt = 0;
  #failures = 0;

  constructor(options: ProjectorOptions) {
    this.#options = {
      debounce: 250,
      poll: 2_000,
      lease: 20_000,
      patience: 15_000,
      completeProjection: 60_000,
      ...options,
    };
  }

  /** Begins to follow the observations. */
  start(): void {
    this.#stopped = false;
    this.#startedAt = Date.now();
    this.#schedule(0);
  }

  /** Something changed: look soon. Further hints until then cost nothing. */
  hint(): void {
    this.#schedule(this.#options.debounce);
  }

  /** Ends the work in progress and gives the lease back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    const tenure = this.#tenure;
    this.#tenure = undefined;
    if (tenure) {
      await this.#options.store.release(tenure.lease).catch(() => {});
    }
  }

  /** Projects what there is, now. Used by `start`'s loop and by tests. */
  async run(): Promise<void> {
    const { store, logger, lease: duration } = this.#options;
    const lease = await store.acquire(this.#holder, duration);
    if (!lease) {
      this.#tenure = undefined;
      return;
    }
    if (this.#tenure?.lease.fence !== lease.fence) {
      this.#tenure = {
        lease,
        index: new ObservationIndex(this.#options.observations),
        stored: await store.hashes(),
        partial: false,
        settled: false,
        begun: false,
      };
    }
    const tenure = this.#tenure;
    // Before the look at the observations: what comes between the two is no change.
    tenure.settled ||= (await this.#options.isSettled?.()) ?? true;
    await tenure.index.follow();
    const whole = !this.#mayDoPart(tenure);
    if (
      tenure.projected &&
      !tenure.index.changed &&
      tenure.begun === tenure.settled &&
      !(whole && tenure.partial)
    ) {
      return;
    }
    if (!tenure.projected && !(await this.#mayBegin())) {
      return;
    }
    try {
      await this.#project(tenure, whole);
      tenure.begun = tenure.settled;
    } catch (error) {
      // What is in memory may differ from what is stored: begin again.
      this.#tenure = undefined;
      throw error;
    }
    logger.debug(`Projected ${tenure.index.size} observations`);
  }

  async #project(tenure: Tenure, whole: boolean): Promise<void> {
    const { store, logger, onFeed } = this.#options;
    const first = !tenure.projected;
    const comparison = new RowComparison(tenure.stored);
    const part = !whole && this.#projectPart(tenure, comparison);
    if (!part) {
      await this.#projectWhole(tenure, comparison);
    }
    tenure.partial = part;
    const { counts } = tenure.projected!;
    const news = await this.#write(tenure, comparison.finish(part), counts);
    tenure.index.settle();
    if (first) {
      await store.forgetTombstones();
      logger.info(
        `The estate is projected: ${counts.entities} entities and ${counts.edges} relations from ${tenure.index.size} observations, ${news} of them new or changed`,
      );
    }
    if (news > 0) {
      onFeed?.(news);
    }
  }

  async #projectWhole(tenure: Tenure, comparison: RowComparison) {
    const { config } = this.#options;
    // Two of these at a time would be one too many.
    tenure.projected = undefined;
    const at = Date.now();
    const world = await drain(
      projectInto(comparison, tenure.index.all(), config),
    );
    tenure.projected = { world, counts: comparison.counts, at };
  }

  /** Projects what follows from changed states; false when that is not all. */
  #projectPart({ index, projected }: Tenure, comparison: RowComparison) {
    const { changes } = index;
    return (
      projected !== undefined &&
      changes !== undefined &&
      projectStates(comparison, projected.world, changes)
    );
  }

  /** Now and then all is projected, whatever changed: parts rest on what rules read, and rules are code. */
  #mayDoPart({ projected }: Tenure): boolean {
    return (
      projected !== undefined &&
      Date.now() - projected.at < this.#options.completeProjection
    );
  }

  async #write(
    tenure: Tenure,
    changes: ProjectionChanges,
    counts: EstateCounts,
  ): Promise<number> {
    const { store } = this.#options;
    // Long projections outlive a lease: this is the last moment to notice.
    const news = await store.apply(changes, counts, tenure.lease, tenure);
    for (const table of projectedTables) {
      const stored = tenure.stored[table];
      changes[table].upsert.forEach(({ key, hash }) => stored.set(key, hash));
      changes[table].remove.forEach(key => stored.delete(key));
    }
    return news;
  }

  async #mayBegin(): Promise<boolean> {
    const { isSettled, patience, store } = this.#options;
    return (
      !isSettled ||
      (await store.isProjected()) ||
      Date.now() - this.#startedAt >= patience ||
      isSettled()
    );
  }

  #schedule(delay: number): void {
    const due = Date.now() + delay;
    if (this.#stopped || this.#running || due >= this.#due) {
      // A hint while running is found by the look that follows at once.
      if (this.#running) {
        this.#due = Math.min(this.#due, due);
      }
      return;
    }
    this.#due = due;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), delay);
    this.#timer.unref();
  }

  #tick(): void {
    this.#due = Infinity;
    this.#running = this.run()
      .then(() => {
        this.#failures = 0;
      })
      .catch(error => {
        this.#failures += 1;
        this.#options.logger.warn(
          `Could not project the estate, what is served stays as it was and the next try follows: ${error}`,
        );
      })
      .finally(() => {
        this.#running = undefined;
        const hinted = this.#due;
        this.#due = Infinity;
        const { poll } = this.#options;
        const next = this.#failures
          ? Math.min(60_000, poll * 2 ** Math.min(this.#failures, 5))
          : Math.min(poll, Math.max(0, hinted - Date.now()));
        this.#schedule(next);
      });
  }
}
