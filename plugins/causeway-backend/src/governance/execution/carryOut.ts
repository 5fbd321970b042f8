import type {
  RequestEventType,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import {
  declaresNothingWritten,
  type ExecutionStep,
  type Operation,
  type Verification,
  type Written,
} from '@causeway/backstage-plugin-causeway-node';
import { become } from '../requests/evolve';
import type { GateParts } from '../requests/GateParts';
import type { StoredRequest } from '../requests/StoredRequest';
import type { Claimed } from './claimRequest';
import type { ExecutionSettings } from './ExecutionSettings';
import { tellFailure } from './tellFailure';

/** What is written when an attempt comes a step further. */
interface Step {
  state: RequestState;
  type: RequestEventType;
  message: string;
  execution: Parameters<GateParts['store']['updateExecution']>[2];
  /** When to look again; absent: never. */
  dueAt?: number;
}

/** Milliseconds that nobody looks, at most: what waits for people is no less finished for it. */
const longestPause = 10 * 60_000;

/** Steps of one attempt, each written under the epoch of its worker (DECISIONS 18). */
export class Attempt {
  readonly #parts: GateParts;
  readonly #settings: ExecutionSettings;
  readonly #worker: string;

  constructor(parts: GateParts, settings: ExecutionSettings, worker: string) {
    this.#parts = parts;
    this.#settings = settings;
    this.#worker = worker;
  }

  /** Writes, once; what becomes of it is on the request afterwards. */
  async execute(
    { request, epoch }: Claimed,
    signal: AbortSignal,
  ): Promise<void> {
    const operation = this.#operation(request);
    let written: Written;
    try {
      written = await operation.execute(
        this.#step(request, signal, this.#settings.writeWithin),
      );
    } catch (error) {
      const message = tellFailure(error);
      this.#log(request, 'could not be carried out', error);
      // Only an operation that declares it knows that it wrote nothing; a fault of it may have come after a write.
      // And it knows of its own attempt only: what the one before it sent may have arrived since.
      const unknown =
        !declaresNothingWritten(error) || (await this.#isRepeated(request.id));
      await this.#record(request.id, epoch, {
        state: unknown ? 'unknown' : 'failed',
        type: unknown ? 'OutcomeUnknown' : 'ExecutionFailed',
        message,
        execution: { state: unknown ? 'unknown' : 'failed', message },
      });
      return;
    }
    const now = await this.#parts.now();
    const soakUntil = now + request.assessment.verification.soakMs;
    await this.#record(request.id, epoch, {
      state: 'verifying',
      type: 'ExecutionWritten',
      message: written.message,
      execution: {
        state: 'verifying',
        message: written.message,
        writtenAt: now,
        written,
        verification: {
          checkedAt: now,
          message: 'Not looked at yet',
          soakUntil,
        },
      },
      dueAt: now,
    });
  }

  /** Whether an attempt before this one was lost, and nobody knows what is still on its way. */
  async #isRepeated(id: string): Promise<boolean> {
    const { execution } = await this.#parts.store.read(id);
    return (execution?.attempt ?? 1) > 1;
  }

  /** Looks once whether the change worked. */
  async verify(
    { request, epoch }: Claimed,
    signal: AbortSignal,
  ): Promise<void> {
    const { store } = this.#parts;
    const { execution } = await store.read(request.id);
    const written = (await store.readWritten(request.id)) as
      Written | undefined;
    if (!execution || !written) {
      await this.#end(
        request,
        epoch,
        'unknown',
        'OutcomeUnknown',
        'There is no record of what was written',
      );
      return;
    }
    if (execution.rollback && !execution.rollback.done) {
      await this.#end(
        request,
        epoch,
        'unknown',
        'OutcomeUnknown',
        'It was being undone when the gate lost hold of it; look whether that happened',
      );
      return;
    }
    const operation = this.#operation(request);
    const known = execution.verification;
    let verification: Verification;
    let seen = true;
    try {
      verification = await operation.verify({
        ...this.#step(request, signal, this.#settings.lease / 2),
        written,
      });
    } catch (error) {
      // The source cannot be read now: that says nothing of the change.
      this.#log(request, 'could not be looked at', error);
      seen = false;
      verification = {
        state: 'progressing',
        message: `It cannot be looked at: ${tellFailure(error)}`,
      };
    }
    const now = await this.#parts.now();
    const { state, message, phase } = verification;
    const before = known?.phases ?? [];
    // A phase that may begin days later has a soak time of its own.
    const reached =
      phase !== undefined && !before.some(({ name }) => name === phase);
    const phases = reached ? [...before, { name: phase, at: now }] : before;
    const soakUntil = reached
      ? now + request.assessment.verification.soakMs
      : (known?.soakUntil ?? now);
    const { settleWithin = this.#settings.settleWithin } = verification;
    // A source that is away for an hour takes nothing from the days that a review may last.
    const settleBy =
      (seen ? undefined : known?.settleBy) ?? soakUntil + settleWithin;
    if (state === 'healthy' && now >= soakUntil) {
      await this.#end(request, epoch, 'succeeded', 'Verified', message);
    } else if (
      state === 'failed' ||
      (state === 'progressing' && now >= settleBy)
    ) {
      await this.#fail({ request, epoch }, operation, written, message, signal);
    } else {
      await this.#record(request.id, epoch, {
        state: 'verifying',
        type: 'PhaseReached',
        message: reached ? message : '',
        execution: {
          verification: {
            checkedAt: now,
            message,
            soakUntil,
            settleBy,
            ...(phases.length > 0 && { phases }),
          },
        },
        dueAt: now + this.#pace(verification),
      });
    }
  }

  /** Milliseconds until the next look; a failed look at a long way waits no longer than any other. */
  #pace({ lookAgainIn = 0 }: Verification): number {
    return Math.min(
      Math.max(this.#settings.verifyEvery, lookAgainIn),
      longestPause,
    );
  }

  /** What did not work is undone where policy says so: once, and only if nobody else touched it (THREATS H13). */
  async #fail(
    { request, epoch }: Claimed,
    operation: Operation,
    written: Written,
    message: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (
      !request.assessment.verification.autoRollback ||
      !operation.rollback ||
      !request.plan?.rollback
    ) {
      await this.#end(request, epoch, 'failed', 'VerificationFailed', message);
      return;
    }
    const begun = await this.#parts.now();
    await this.#record(request.id, epoch, {
      state: 'verifying',
      type: 'VerificationFailed',
      message,
      execution: {
        rollback: { at: begun, done: false, message: 'Being undone' },
      },
    });
    try {
      const undone = await operation.rollback({
        ...this.#step(request, signal, this.#settings.writeWithin),
        written,
      });
      await this.#record(request.id, epoch, {
        state: 'rolled-back',
        type: 'RolledBack',
        message: undone.message,
        execution: {
          state: 'rolled-back',
          rollback: { at: begun, done: true, message: undone.message },
        },
      });
    } catch (error) {
      const why = tellFailure(error);
      this.#log(request, 'could not be undone', error);
      const unknown = !declaresNothingWritten(error);
      await this.#record(request.id, epoch, {
        state: unknown ? 'unknown' : 'failed',
        type: unknown ? 'OutcomeUnknown' : 'RollbackSkipped',
        message: why,
        execution: {
          state: unknown ? 'unknown' : 'failed',
          rollback: { at: begun, done: !unknown, message: why },
        },
      });
    }
  }

  async #end(
    request: StoredRequest,
    epoch: number,
    state: 'succeeded' | 'failed' | 'unknown',
    type: RequestEventType,
    message: string,
  ): Promise<void> {
    await this.#record(request.id, epoch, {
      state,
      type,
      message,
      execution: { state, message },
    });
  }

  /** All of a failure, of which people are told a sentence. */
  #log({ id }: StoredRequest, what: string, error: unknown): void {
    this.#parts.logger.warn(`Request ${id} ${what}: ${error}`);
  }

  #operation(request: StoredRequest): Operation {
    const operation = this.#parts.operations.get(request.operation.name);
    if (!operation) {
      throw new Error(`There is no operation ${request.operation.name} here`);
    }
    return operation;
  }

  #step(
    request: StoredRequest,
    signal: AbortSignal,
    within: number,
  ): ExecutionStep<StoredRequest['input']> {
    return {
      signal: AbortSignal.any([signal, AbortSignal.timeout(within)]),
      input: request.input,
      binding: request.binding!,
      plan: request.plan!,
      requestId: request.id,
      requester: request.requester.ref,
    };
  }

  async #record(id: string, epoch: number, step: Step): Promise<void> {
    const { database, store, journal, budget, records, announcer } =
      this.#parts;
    const now = await this.#parts.now();
    const saved = await database.transaction(async trx => {
      const locked = await store.lock(trx, id);
      if (locked.work.epoch !== epoch) {
        // Somebody else took it over, and answers for it.
        return undefined;
      }
      const { request } = locked;
      const over = !['running', 'verifying'].includes(step.state);
      const outcome =
        step.state === 'succeeded' ||
        step.state === 'failed' ||
        step.state === 'rolled-back' ||
        step.state === 'unknown'
          ? step.state
          : undefined;
      await store.updateExecution(trx, id, {
        ...step.execution,
        ...(over && { finishedAt: now }),
      });
      if (step.state === 'failed' || step.state === 'rolled-back') {
        // What took effect costs from now on: it counts until its hour is over.
        await budget.release(trx, id, now, 'outcome');
      }
      if (outcome && request.agentKey) {
        await records.addOutcome(trx, {
          agent: request.agentKey,
          operation: request.operation.name,
          environment: request.target.environment,
          requestId: id,
          target: request.target.entityRef,
          risk: request.assessment.risk.name,
          outcome,
          at: request.createdAt,
        });
      }
      const work = {
        dueAt: step.dueAt,
        // Nobody is silent who has said when to look again.
        leaseUntil: over
          ? undefined
          : Math.max(now, step.dueAt ?? now) + this.#settings.lease,
        worker: over ? undefined : this.#worker,
      };
      // A look that found nothing new is no event.
      const events = step.message
        ? [{ type: step.type, by: 'gate', message: step.message }]
        : [];
      return journal.write(
        trx,
        locked,
        step.message
          ? become(request, step.state, { at: now, why: step.message })
          : request,
        { events, work },
      );
    });
    if (saved && step.message) {
      announcer.changed(saved, step.type);
    }
  }
}
