import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PartitionState } from '@causeway/backstage-plugin-causeway-common';
import type {
  KnexObservationStore,
  ObservationWrite,
} from '../observations/KnexObservationStore';
import type {
  PartitionLease,
  PartitionProgress,
  StoredPartition,
} from './PartitionStore';

/** What a runner tells of one step, for the log. */
export interface StepReport {
  counts?: string;
  /** Whether observations changed. */
  changed?: boolean;
  message?: string;
  cause?: unknown;
}

/**
 * What a runner leaves behind of a partition: progress in the database, a line
 * in the log where something changed, a call to whoever listens.
 */
export class PartitionRecord {
  readonly #lease: PartitionLease;

  readonly #source: string;

  readonly #observations: KnexObservationStore;

  readonly #now: () => number;

  readonly #logger: LoggerService;

  readonly #onChange: (change: {
    partition: string;
    observations: boolean;
  }) => void;

  #state: PartitionState;

  /** Whether this holder of the lease has said anything yet. */
  #reported = false;

  constructor(options: {
    lease: PartitionLease;
    stored: StoredPartition;
    observations: KnexObservationStore;
    now: () => number;
    logger: LoggerService;
    onChange: (change: { partition: string; observations: boolean }) => void;
  }) {
    this.#lease = options.lease;
    this.#source = options.stored.source;
    this.#state = options.stored.state;
    this.#observations = options.observations;
    this.#now = options.now;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  /** Writes progress, and observations in the same transaction. */
  write(
    progress: Partial<PartitionProgress>,
    observations?: Pick<ObservationWrite, 'remove' | 'missing'>,
  ): Promise<{ removed: number }> {
    return this.#observations.write(
      this.#lease,
      this.#source,
      { ...observations, progress },
      this.#now(),
    );
  }

  /** Tells listeners that observations changed, or only what is known of the partition. */
  changed(observations: boolean): void {
    this.#onChange({ partition: this.#lease.partition, observations });
  }

  info(message: string): void {
    this.#logger.info(this.#line(message));
  }

  error(message: string, error: unknown): void {
    this.#logger.error(this.#line(message), error as Error);
  }

  /** One line where the state or the content changed; a quiet estate logs nothing. */
  report(state: PartitionState, step: StepReport): void {
    const before = this.#state;
    this.#state = state;
    const line = this.#line(
      [state, step.counts, step.message].filter(Boolean).join(', '),
    );
    const doubtful = state === 'stale' || state === 'held';
    // A start says what it finds in doubt, also where that is not news to the database.
    if (doubtful && (before !== state || !this.#reported)) {
      this.#logger.warn(line);
    } else if (!doubtful && (before !== state || step.changed)) {
      this.#logger.info(line);
    }
    this.#reported = true;
    if (doubtful && step.cause) {
      this.#logger.debug(this.#line('cause'), step.cause as Error);
    }
  }

  #line(text: string) {
    return `Estate ${this.#lease.partition}: ${text}`;
  }
}
