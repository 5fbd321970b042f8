import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EstateSource,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import { PartitionRunner, type RunnerTimes } from './PartitionRunner';
import type {
  PartitionLease,
  PartitionStore,
  StoredPartition,
} from './PartitionStore';
import type { ReplicaStore } from './ReplicaStore';
import { Semaphore } from './Semaphore';
import type { IngestionClock } from './clock';
import type { GuardSettings } from './judgeSnapshot';
import { partitionId } from './partitionId';
import { shareOf } from './shareOf';

/** What the scheduler works with. */
export interface PartitionSchedulerOptions {
  sources: EstateSource[];
  /** Sources and `undefined` for one that cannot even be named: their rows are never given up. */
  faulty: ReadonlySet<string | undefined>;
  partitions: PartitionStore;
  replicas: ReplicaStore;
  observations: KnexObservationStore;
  guard: GuardSettings;
  times: RunnerTimes & {
    /** How long after a replica fell silent the others have its partitions, in milliseconds. */
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

/** Share of `times.lease` between two looks at the leases. */
const tickShare = 0.2;

/**
 * Share of `times.lease` that a lease lasts: what is left is for the others to
 * notice, and two renewals in a row may fail.
 */
const leaseShare = 0.6;

const housekeepingPeriod = 60 * 60 * 1000;

/**
 * Holds this replica's share of the leases and runs a runner for each. A
 * replica that comes gets its share from the others; a partition whose holder
 * died is taken over when its lease runs out.
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

  #prepared = false;

  /** Ids of the units that have a row. */
  readonly #ensured = new Set<string>();

  readonly #lists = new Map<string, Semaphore>();

  constructor(options: PartitionSchedulerOptions) {
    this.#options = options;
    for (const source of options.sources) {
      this.#lists.set(source.id, new Semaphore(source.concurrency ?? 4));
      source.partitions().forEach(partition => this.#add(source, partition));
    }
  }

  #add(source: EstateSource, partition: SourcePartition) {
    const id = partitionId(source.id, partition);
    if (!this.#units.has(id)) {
      const lists = this.#lists.get(source.id)!;
      this.#units.set(id, { source, partition, lists });
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
      await this.#options.replicas.leave(this.#options.owner);
    } catch (error) {
      // The leases run out by themselves.
      this.#options.logger.debug(
        'Estate: leases could not be given back',
        error as Error,
      );
    }
  }

  /** Lists the partitions of a source again soon, those that this replica holds; all kinds when none are named. */
  hint(source: string, kinds?: readonly string[]): void {
    for (const [id, run] of this.#running) {
      const unit = this.#units.get(id);
      if (
        unit?.source.id === source &&
        (kinds?.includes(unit.partition.kind) ?? true)
      ) {
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
      await clock.sleep(times.lease * tickShare, signal);
    }
  }

  async #tick() {
    const { partitions, replicas, owner, times, clock } = this.#options;
    if (!this.#prepared) {
      await this.#options.prepare?.();
      this.#prepared = true;
    }
    await this.#find();
    await this.#ensure();
    if (clock.now() - this.#housekeptAt > housekeepingPeriod) {
      await this.#houseKeep();
      this.#housekeptAt = clock.now();
    }
    const duration = times.lease * leaseShare;
    const living = await replicas.beat({ owner, duration });
    const renewed = new Map(
      (await partitions.renew({ owner, duration })).map(lease => [
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
    const share = shareOf({ owner, living, total: this.#units.size });
    const lacking = share - this.#running.size;
    if (lacking < 0) {
      await this.#giveBack(-lacking);
    }
    const wanted = [...this.#units.keys()].filter(id => !this.#running.has(id));
    if (wanted.length > 0 && lacking > 0) {
      const leases = await partitions.acquire(wanted, {
        owner,
        duration,
        limit: lacking,
      });
      if (leases.length > 0) {
        const stored = await partitions.list();
        const byId = new Map(stored.map(one => [one.id, one]));
        leases.forEach(lease => this.#launch(lease, byId.get(lease.partition)));
      }
    }
  }

  /** Ends runners and gives their leases to other replicas, the latest ones first: they have the least to lose. */
  async #giveBack(count: number) {
    const { partitions, owner, times, clock, logger } = this.#options;
    const given = [...this.#running].slice(-count);
    for (const [id, run] of given) {
      run.controller.abort();
      this.#running.delete(id);
    }
    // One that does not end writes nothing any more: its lease is fenced.
    const patience = new AbortController();
    await Promise.race([
      Promise.all(given.map(([, run]) => run.ended)),
      clock.sleep(times.lease * tickShare, patience.signal),
    ]);
    patience.abort();
    await partitions.release(
      owner,
      given.map(([id]) => id),
    );
    logger.info(`Estate: ${given.length} partitions go to other replicas`);
  }

  #launch(lease: PartitionLease, stored: StoredPartition | undefined) {
    const { observations, guard, times, clock, logger, onChange } =
      this.#options;
    const unit = this.#units.get(lease.partition)!;
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

  /** Units for what sources have found since, here or on another replica. */
  async #find() {
    const finders = this.#options.sources.filter(source => source.recognize);
    if (finders.length === 0) {
      return;
    }
    const told = new Set<string>();
    for (const source of finders) {
      for (const partition of source.partitions()) {
        this.#add(source, partition);
        told.add(partitionId(source.id, partition));
      }
    }
    const byId = new Map(finders.map(source => [source.id, source]));
    const rows = await this.#options.partitions.identities();
    for (const { id, source, scope, kind } of rows) {
      const finder = byId.get(source);
      const partition =
        finder && !this.#units.has(id) && finder.recognize!(scope, kind);
      if (partition) {
        this.#add(finder, partition);
        this.#ensured.add(id);
      }
    }
    // What another replica gave up is forgotten, or gets a row again where it is back.
    const there = new Set(rows.map(({ id }) => id));
    for (const [id, { source }] of this.#units) {
      if (byId.has(source.id) && !there.has(id)) {
        this.#ensured.delete(id);
        if (!told.has(id)) {
          this.#units.delete(id);
        }
      }
    }
  }

  /** Rows for all partitions. */
  async #ensure() {
    const missing = [...this.#units].filter(([id]) => !this.#ensured.has(id));
    if (missing.length === 0) {
      return;
    }
    await this.#options.partitions.ensure(
      missing.map(([id, { source, partition }]) => ({
        id,
        source: source.id,
        scope: partition.scope,
        kind: partition.kind,
      })),
    );
    missing.forEach(([id]) => this.#ensured.add(id));
  }

  async #houseKeep() {
    const { partitions, observations, faulty, clock, logger, onChange } =
      this.#options;
    await observations.forgetRemoved(clock.now() - tombstoneAge);
    if (faulty.has(undefined)) {
      // Whose rows these are cannot be told, so none is given up.
      return;
    }
    const stands = new Set(
      this.#options.sources.flatMap(source =>
        source.partitions().map(partition => partitionId(source.id, partition)),
      ),
    );
    for (const stored of await partitions.list()) {
      // What was found once is given up when nothing of it is left.
      if (
        !stands.has(stored.id) &&
        stored.state === 'absent' &&
        stored.objects === 0
      ) {
        this.#running.get(stored.id)?.controller.abort();
        this.#running.delete(stored.id);
        this.#units.delete(stored.id);
        this.#ensured.delete(stored.id);
      }
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
