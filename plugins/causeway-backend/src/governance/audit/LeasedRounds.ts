import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../estate/partitions/databaseTime';

/** For how long a replica that died keeps the others from it, in milliseconds. */
const lease = 60_000;

/** What is left of the lease when a round that takes long is told to stop. */
const patience = lease / 2;

/**
 * Does something again and again, on one replica at a time: that of the lease.
 * What fails is logged, and tried again in the next round.
 */
export class LeasedRounds {
  readonly #database: Knex;
  readonly #name: 'anchors' | 'retention';
  readonly #every: number;
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #worker: string;
  #stopped = false;
  #current?: AbortController;
  #timer?: NodeJS.Timeout;
  #round?: Promise<void>;
  #failing = false;

  constructor(options: {
    database: Knex;
    name: 'anchors' | 'retention';
    /** Milliseconds between two rounds. */
    every: number;
    work: (signal: AbortSignal) => Promise<void>;
    logger: LoggerService;
    worker?: string;
  }) {
    this.#database = options.database;
    this.#name = options.name;
    this.#every = options.every;
    this.#work = options.work;
    this.#logger = options.logger;
    this.#worker = options.worker ?? randomUUID();
  }

  start(): void {
    this.#round = this.run()
      .then(() => {
        this.#failing = false;
      })
      .catch(error => {
        // The database is away, mostly: once is enough to say so.
        if (!this.#failing && !this.#stopped) {
          this.#failing = true;
          this.#logger.warn(
            `A round of ${this.#name} of the audit trail failed, and is tried again: ${stringifyError(error)}`,
          );
        }
      })
      .finally(() => {
        if (!this.#stopped) {
          this.#timer = setTimeout(() => this.start(), this.#every);
          this.#timer.unref();
        }
      });
  }

  /** One round, unless another replica has the lease. */
  async run(): Promise<void> {
    if (this.#stopped || !(await this.#claim())) {
      return;
    }
    const controller = new AbortController();
    this.#current = controller;
    const timer = setTimeout(() => controller.abort(), patience);
    try {
      await this.#work(controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for a round that is under way, and leaves the lease to others. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#current?.abort();
    clearTimeout(this.#timer);
    await this.#round;
    await this.#database('gate_audit_leases')
      .where({ name: this.#name, worker: this.#worker })
      .update({ until: 0 })
      .catch(() => {
        // It runs out by itself.
      });
  }

  async #claim(): Promise<boolean> {
    const now = await readDatabaseTime(this.#database);
    const claimed = await this.#database('gate_audit_leases')
      .where({ name: this.#name })
      .where(query =>
        query
          .where({ worker: this.#worker })
          .orWhere('until', '<=', now)
          // No replica takes it for longer: somebody keeps all of them from it.
          .orWhere('until', '>', now + 2 * lease),
      )
      .update({ worker: this.#worker, until: now + lease });
    return claimed === 1;
  }
}
