import type { GateParts } from '../requests/GateParts';
import { Attempt } from './carryOut';
import { ClockKeeper } from './ClockKeeper';
import { type Claimed, claimRequest } from './claimRequest';
import {
  defaultExecutionSettings,
  type ExecutionSettings,
} from './ExecutionSettings';
import { Reassessor } from './Reassessor';
import { recoverRequest } from './recoverRequest';

interface DueRow {
  id: string;
  source: string;
  state: 'approved' | 'running' | 'verifying';
  worker: string | null;
  lease_until: number | string | null;
}

/** Most requests that one look takes. */
const batch = 200;

/**
 * Carries approved requests out: writes in a queue a source, so that one that
 * hangs delays no other; looks at what came of them beside. Everything that it
 * knows stands in the database: a killed one's work is taken over by another.
 */
export class Executor {
  readonly #parts: GateParts;
  readonly #settings: ExecutionSettings;
  readonly #worker: string;
  readonly #attempt: Attempt;
  readonly #clocks: ClockKeeper;
  readonly #reassessor: Reassessor;
  /** Sources that this worker is writing to. */
  readonly #writing = new Set<string>();
  /** Requests that this worker is at. */
  readonly #busy = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #looking?: Promise<void>;
  #again = false;
  #timer?: NodeJS.Timeout;
  #stopListening?: () => void;

  constructor(
    parts: GateParts,
    options: { worker: string; settings?: Partial<ExecutionSettings> },
  ) {
    this.#parts = parts;
    this.#settings = { ...defaultExecutionSettings, ...options.settings };
    this.#worker = options.worker;
    this.#attempt = new Attempt(parts, this.#settings, options.worker);
    this.#clocks = new ClockKeeper(parts);
    this.#reassessor = new Reassessor(parts);
  }

  start(): void {
    this.#stopListening = this.#parts.policy.onChange(() => {
      this.#reassessor.hint();
      this.wake();
    });
    this.wake();
  }

  /** Looks at once; a look that is under way looks again. */
  wake(): void {
    if (this.#stopping.signal.aborted) {
      return;
    }
    if (this.#looking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#looking = this.#look()
      .catch(error => {
        this.#parts.logger.warn(
          `The gate could not look for what is due: ${error}`,
        );
      })
      .finally(() => {
        this.#looking = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        } else if (!this.#stopping.signal.aborted) {
          this.#timer = setTimeout(() => this.wake(), this.#settings.poll);
          this.#timer.unref();
        }
      });
  }

  /** Takes nothing new, and waits for what is being written. */
  async stop(): Promise<void> {
    this.#stopListening?.();
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#reassessor.stop();
    await Promise.allSettled(this.#busy.values());
  }

  async #look(): Promise<void> {
    await this.#clocks.look();
    await this.#reassessor.look();
    const now = await this.#parts.now();
    const due: DueRow[] = await this.#parts
      .database('gate_requests')
      .where(query =>
        query.where('due_at', '<=', now).orWhere('lease_until', '<=', now),
      )
      .whereIn('state', ['approved', 'running', 'verifying'])
      .orderBy('urgency')
      .limit(batch)
      .select('id', 'source', 'state', 'worker', 'lease_until');
    for (const row of due) {
      if (!this.#busy.has(row.id) && !this.#stopping.signal.aborted) {
        this.#take(row, now);
      }
    }
  }

  #take(row: DueRow, now: number): void {
    const { id, source, state } = row;
    const lost = Number(row.lease_until ?? 0) <= now;
    const own = row.worker === this.#worker;
    if (state === 'verifying') {
      if (own || lost) {
        this.#hold(id, () => this.#verify(id, own && !lost));
      }
      return;
    }
    if (this.#writing.has(source) || (state === 'running' && !lost)) {
      return;
    }
    this.#writing.add(source);
    this.#hold(id, async () => {
      try {
        const claimed =
          state === 'approved'
            ? await claimRequest(this.#parts, id, this.#claim())
            : await recoverRequest(this.#parts, id, this.#claim());
        if (claimed) {
          // Stopping waits for a write: it is never cut off in the middle.
          await this.#keep(claimed, () =>
            this.#measured('execute', claimed, () =>
              this.#attempt.execute(claimed, new AbortController().signal),
            ),
          );
        }
      } finally {
        this.#writing.delete(source);
      }
    });
  }

  #claim() {
    return { worker: this.#worker, lease: this.#settings.lease };
  }

  async #verify(id: string, own: boolean): Promise<void> {
    let claimed: Claimed | undefined;
    if (own) {
      const { request, work } = await this.#parts.store.read(id);
      claimed =
        request.state === 'verifying' && work.worker === this.#worker
          ? { request, epoch: work.epoch }
          : undefined;
    } else {
      claimed = await recoverRequest(this.#parts, id, this.#claim());
    }
    if (claimed) {
      await this.#keep(claimed, () =>
        this.#measured('verify', claimed, () =>
          this.#attempt.verify(claimed, this.#stopping.signal),
        ),
      );
    }
  }

  #hold(id: string, work: () => Promise<void>): void {
    let failed = false;
    const done = work()
      .catch(error => {
        failed = true;
        this.#parts.logger.warn(
          `Request ${id} could not be moved on: ${error}`,
        );
      })
      // What is still due after all (a halt, a source that is away) waits a while.
      .then(async () => {
        const now = await this.#parts.now();
        await this.#parts.store.postpone(id, {
          now,
          until: now + this.#settings.poll,
          states: failed ? ['approved', 'verifying'] : ['approved'],
        });
      })
      .catch(error => {
        this.#parts.logger.debug(`Request ${id} stays due: ${error}`);
      })
      .finally(() => {
        this.#busy.delete(id);
        this.wake();
      });
    this.#busy.set(id, done);
  }

  #measured(
    name: string,
    { request }: Claimed,
    work: () => Promise<void>,
  ): Promise<void> {
    return this.#parts.telemetry.withSpan(
      name,
      { operation: request.operation.name, queue: request.binding?.source },
      work,
    );
  }

  /** Works while a lease is prolonged. */
  async #keep(
    { request: { id }, epoch }: Claimed,
    work: () => Promise<void>,
  ): Promise<void> {
    const { lease } = this.#settings;
    const renewal = setInterval(() => {
      this.#parts
        .now()
        .then(now => this.#parts.store.renew(id, epoch, now + lease))
        .catch(error =>
          this.#parts.logger.debug(
            `The lease of ${id} stays as it is: ${error}`,
          ),
        );
    }, lease / 3);
    try {
      await work();
    } finally {
      clearInterval(renewal);
    }
  }
}
