import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignedCheckpoint } from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../../estate/partitions/databaseTime';
import { runSql } from '../../sql/runSql';
import { AnchorMismatch } from './AnchorMismatch';
import type { AnchorSettings } from './AnchorSettings';
import type { AnchorSink } from './AnchorSink';
import { AnchorSteps, type StepState } from './AnchorSteps';
import { CheckpointStore } from './CheckpointStore';
import { EndpointSink } from './EndpointSink';
import { FileSink } from './FileSink';
import { makeCheckpoint } from './makeCheckpoint';

/** Milliseconds between two looks at what there is to sign and to deliver. */
export const anchorPoll = 10_000;

/** Longest wait before a sink that fails is tried again, in milliseconds. */
const longestWait = 10 * 60_000;

/** Sinks of a configuration. */
export function createSinks({ file, endpoint }: AnchorSettings): AnchorSink[] {
  return [
    ...(file === undefined ? [] : [new FileSink(file)]),
    ...(endpoint === undefined ? [] : [new EndpointSink(endpoint)]),
  ];
}

/**
 * Signs where the trail ends, and hands that to sinks outside of the database.
 * Nothing of it ever stops the gate: what fails is on record, told once, and
 * tried again.
 */
export class Anchoring {
  readonly #database: Knex;
  readonly #settings: AnchorSettings;
  readonly #sinks: readonly AnchorSink[];
  readonly #store: CheckpointStore;
  readonly #steps: AnchorSteps;
  readonly #logger: LoggerService;
  readonly #now: () => Promise<number>;
  /** The last checkpoint that this process saw: a database that has fewer was put back. */
  #seen = 0;

  constructor(options: {
    database: Knex;
    settings: AnchorSettings;
    logger: LoggerService;
    sinks?: readonly AnchorSink[];
    /** Epoch milliseconds, database time. */
    now?: () => Promise<number>;
  }) {
    this.#database = options.database;
    this.#settings = options.settings;
    this.#sinks = options.sinks ?? createSinks(options.settings);
    this.#store = new CheckpointStore(options.database);
    this.#steps = new AnchorSteps(options.database);
    this.#logger = options.logger;
    this.#now = options.now ?? (() => readDatabaseTime(options.database));
  }

  /** Signs what is due, and delivers what is there. One replica at a time. */
  async look(signal: AbortSignal): Promise<void> {
    await this.#sign();
    await Promise.all(this.#sinks.map(sink => this.#deliver(sink, signal)));
  }

  async #sign(): Promise<void> {
    const now = await this.#now();
    try {
      const last = await this.#store.last();
      this.#requireSeen(last);
      const made = await makeCheckpoint({
        run: runSql(this.#database),
        settings: this.#settings,
        database: await this.#store.databaseId(),
        last,
        now,
      });
      if (made && (await this.#store.add(made))) {
        this.#seen = made.checkpoint.number;
      }
      const delivered = made?.checkpoint.number ?? this.#seen;
      if (await this.#steps.succeeded('sign', delivered)) {
        this.#logger.info('The audit trail is signed again');
      }
    } catch (error) {
      const { message } = error as Error;
      const before = await this.#steps.failed('sign', {
        why: message,
        now,
        retryAt: now,
      });
      if (isNews(error, before)) {
        this.#logger.error(
          `The audit trail is not signed any more: ${message}. ${
            error instanceof AnchorMismatch
              ? 'Verify it against the checkpoints that are kept elsewhere: causeway audit verify --anchors'
              : 'It is tried again'
          }`,
        );
      }
    }
  }

  #requireSeen(last: SignedCheckpoint | undefined): void {
    const number = last?.checkpoint.number ?? 0;
    if (number < this.#seen) {
      throw new AnchorMismatch(
        `checkpoint ${this.#seen} was signed, and the database has ${number} only: an earlier copy of it was put back`,
      );
    }
    this.#seen = number;
  }

  async #deliver(sink: AnchorSink, signal: AbortSignal): Promise<void> {
    const now = await this.#now();
    const state = await this.#steps.read(sink.kind);
    if (state.retryAt > now) {
      return;
    }
    try {
      let reached = await sink.reached(state.delivered, number =>
        this.#store.get(number),
      );
      requireSigned(reached, await this.#store.last());
      while (!signal.aborted) {
        const next = await this.#store.after(reached, sink.batch);
        if (next.length === 0) {
          break;
        }
        await sink.take(next, signal);
        reached = next[next.length - 1].checkpoint.number;
        await this.#noteDelivered(sink, reached);
      }
      await this.#noteDelivered(sink, reached);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const { message } = error as Error;
      const before = await this.#steps.failed(sink.kind, {
        why: message,
        now,
        retryAt: now + Math.min(anchorPoll * 2 ** state.attempts, longestWait),
      });
      if (isNews(error, before)) {
        this.#logger.warn(
          `Checkpoints of the audit trail are kept back, and delivered later: ${message}`,
        );
      }
    }
  }

  async #noteDelivered(sink: AnchorSink, number: number): Promise<void> {
    if (await this.#steps.succeeded(sink.kind, number)) {
      this.#logger.info(
        `Checkpoints of the audit trail get to ${sink.name} again`,
      );
    }
  }
}

/** Whoever says that later ones were delivered keeps these from getting out. */
function requireSigned(
  reached: number,
  last: SignedCheckpoint | undefined,
): void {
  const signed = last?.checkpoint.number ?? 0;
  if (reached > signed) {
    throw new AnchorMismatch(
      `the database says that checkpoint ${reached} was delivered, and it has ${signed} only: somebody changed it, or an earlier copy was put back`,
    );
  }
}

/**
 * One trouble is told once, however its reason changes; but what does not fit
 * is none that passes by itself.
 */
function isNews(error: unknown, { failing }: StepState): boolean {
  return (
    !failing ||
    (error instanceof AnchorMismatch && failing.why !== error.message)
  );
}
