import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EstateSource,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import { PartitionRunner, type RunnerTimes } from './PartitionRunner';
import type { PartitionLease, PartitionStore } from './PartitionStore';
import { Semaphore } from './Semaphore';
import type { IngestionClock } from './clock';
import type { GuardSettings } from './judgeSnapshot';
import { partitionId } from './partitionId';

/** What the scheduler works with. */
export interface PartitionSchedulerOptions {
  sources: EstateSource[];
  /** Sources and `undefined` for one that cannot even be named: their rows are never given up. */
  faulty: ReadonlySet<string | undefined>;
  partitions: PartitionStore;
  observations: KnexObservationStore;
  guard: GuardSettings;
  times: RunnerTimes & {
    /** How long a lease lasts without renewal, in milliseconds. */
    lease: number;
  };
  /** Called until it succeeds, before anything else touches the database. */
  prepare?: () => Promise<void>;
  /** Unique among replicas. */
  owner: string;
  clock: IngestionClock;
  logger: LoggerService;
  onChange: (change: { partition: string; observations: boolean }) => void;
}

/** Tombstones are kept so long, for readers that were away. */
const tombstoneAge = 7 * 24 * 60 * 60 * 1000;

const housekeepingPeriod = 60 * 60 * 1000;

/**
 * Holds the leases of this replica and runs a runner for each. A partition
 * whose holder died is taken over when its lease runs out.
 */
export class PartitionScheduler {
  readonly #options: PartitionSchedulerOptions;

  readonly #units = new Map<
    string,
    { source: EstateSource; partition: SourcePartition; lists: Semaphore }
  >();

  readonly #running = new Map<
    string,
    {
      lease: PartitionLease;
      runner: PartitionRunner;
      controller: AbortController;
      ended: Promise<void>;
    }
  >();

  #stopping?: AbortController;

  #loop: Promise<void> = Promise.resolve();

  #housekeptAt = -Infinity;

  #ensured = false;

  constructor(options: PartitionSchedulerOptions) {
    this.#options = options;
    for (const source of options.sources) {
      const lists = new Semaphore(source.concurrency ?? 4);
      for (const partition of source.partitions()) {
        this.#units.set(partitionId(source.id, partition), {
          source,
          partition,
          lists,
        });
      }
    }
  }

  start(): void {
    if (this.#stopping) {
      return;
    }
    this.#stopping = new AbortController();
    this.#loop = this.#run(this.#stopping.signal);
  }

  /** Ends all runners and gives their leases back. */
  async stop(): Promise<void> {
    this.#stopping?.abort();
    await this.#loop;
    this.#stopping = undefined;
    const runs = [...this.#running.values()];
    runs.forEach(run => run.controller.abort());
    await Promise.all(runs.map(run => run.ended));
    this.#running.clear();
    try {
      await this.#options.partitions.release(this.#options.owner);
    } catch (error) {
      // The leases run out by themselves.
      this.#options.logger.debug(
        'Estate: leases could not be given back',
        error as Error,
      );
    }
  }

  /** Lists the partitions of a source again soon, those that this replica holds. */
  hint(source: string): void {
    for (const [id, run] of this.#running) {
      if (this.#units.get(id)?.source.id === source) {
        run.runner.hint();
      }
    }
  }

  async #run(signal: AbortSignal) {
    const { clock, times, logger } = this.#options;
    let healthy = true;
    while (!signal.aborted) {
      try {
        await this.#tick();
        healthy = true;
      } catch (error) {
        if (healthy && !signal.aborted) {
          logger.error(
            'Estate: the database does not answer, leases are tried again',
            error as Error,
          );
        }
        healthy = false;
      }
      await clock.sleep(times.lease / 3, signal);
    }
  }

  async #tick() {
    const { partitions, owner, times, clock } = this.#options;
    if (!this.#ensured) {
      await this.#options.prepare?.();
      await this.#ensure();
      this.#ensured = true;
    }
    if (clock.now() - this.#housekeptAt > housekeepingPeriod) {
      await this.#houseKeep();
      this.#housekeptAt = clock.now();
    }
    const renewed = new Map(
      (await partitions.renew({ owner, duration: times.lease })).map(lease => [
        lease.partition,
        lease.epoch,
      ]),
    );
    for (const [id, run] of this.#running) {
      if (renewed.get(id) !== run.lease.epoch) {
        run.controller.abort();
        this.#running.delete(id);
      }
    }
    const wanted = [...this.#units.keys()].filter(id => !this.#running.has(id));
    if (wanted.length > 0) {
      const leases = await partitions.acquire(wanted, {
        owner,
        duration: times.lease,
      });
      for (const lease of leases) {
        await this.#launch(lease);
      }
    }
  }

  async #launch(lease: PartitionLease) {
    const { partitions, observations, guard, times, clock, logger, onChange } =
      this.#options;
    const unit = this.#units.get(lease.partition)!;
    const stored = await partitions.get(lease.partition);
    if (!stored) {
      return;
    }
    const runner = new PartitionRunner({
      ...unit,
      lease,
      stored,
      observations,
      guard,
      times,
      clock,
      logger,
      onChange,
    });
    const controller = new AbortController();
    this.#running.set(lease.partition, {
      lease,
      runner,
      controller,
      ended: runner.run(controller.signal),
    });
  }

  /** Rows for all configured partitions. */
  async #ensure() {
    const { partitions } = this.#options;
    await partitions.ensure(
      [...this.#units].map(([id, { source, partition }]) => ({
        id,
        source: source.id,
        scope: partition.scope,
        kind: partition.kind,
      })),
    );
  }

  async #houseKeep() {
    const { partitions, observations, faulty, clock, logger, onChange } =
      this.#options;
    await observations.forgetRemoved(clock.now() - tombstoneAge);
    if (faulty.has(undefined)) {
      // Whose rows these are cannot be told, so none is given up.
      return;
    }
    for (const stored of await partitions.list()) {
      if (!this.#units.has(stored.id) && !faulty.has(stored.source)) {
        const removed = await observations.retire(stored.id, clock.now());
        logger.info(
          `Estate ${stored.id}: not configured any more, ${removed} objects given up`,
        );
        onChange({ partition: stored.id, observations: removed > 0 });
      }
    }
  }
}
