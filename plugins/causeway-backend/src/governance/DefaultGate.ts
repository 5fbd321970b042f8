import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  AssessmentPreview,
  Feedback,
  GateRequest,
  GateStatus,
  Halt,
  OperationDescription,
  PolicyView,
  RequestPage,
  RequestQuery,
  RequestReceipt,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { Ballot, Gate, MayAsk, Reconciliation } from './Gate';
import { mayEraseAudit } from './audit/mayEraseAudit';
import { mayReadAudit } from './audit/mayReadAudit';
import { haltGate, resumeGate } from './agents/haltGate';
import type { Caller } from './principals/Principal';
import { completeTask, reconcileRequest } from './requests/closeByHand';
import { describeRequest } from './requests/describeRequest';
import type { GateParts } from './requests/GateParts';
import { giveFeedback } from './requests/giveFeedback';
import {
  applyFilter,
  listRequests,
  listTargets,
} from './requests/listRequests';
import { readAttributes } from './requests/readAttributes';
import type {
  RequestAttributes,
  RequestFilter,
} from './requests/RequestFilter';
import { assessRequest } from './requests/assessRequest';
import { submitRequest } from './requests/submitRequest';
import { withdrawRequest } from './requests/withdrawRequest';
import { readPolicy } from './policy/readPolicy';
import { readGateStatus } from './requests/readGateStatus';
import { castVote } from './votes/castVote';
import { isPerson } from './votes/eligibility';
import { withdrawVote } from './votes/withdrawVote';

/** The gate on a database. Every command is a file of its own; this says what there is. */
export class DefaultGate implements Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  operations(): readonly OperationDescription[] {
    return this.#parts.operations.describe();
  }

  assess(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<AssessmentPreview> {
    return this.#measured('assess', submission, () =>
      assessRequest(this.#parts, submission, caller, mayAsk),
    );
  }

  submit(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<RequestReceipt> {
    return this.#measured('submit', submission, () =>
      submitRequest(this.#parts, submission, caller, mayAsk),
    );
  }

  async list(
    query: RequestQuery,
    caller: Caller,
    filter?: RequestFilter,
    targets?: readonly string[],
  ): Promise<RequestPage> {
    return listRequests(this.#parts.database, query, {
      viewer: await this.#viewer(caller),
      filter,
      targets,
      now: await this.#parts.now(),
    });
  }

  async targets(
    query: RequestQuery,
    caller: Caller,
    filter?: RequestFilter,
  ): Promise<string[]> {
    return listTargets(this.#parts.database, query, {
      viewer: await this.#viewer(caller),
      filter,
    });
  }

  async get(
    id: string,
    caller: Caller,
    filter?: RequestFilter,
  ): Promise<GateRequest> {
    if (filter && !(await this.#isVisible(id, filter))) {
      throw new NotFoundError(
        `There is no request ${id}, or it is not for you`,
      );
    }
    return describeRequest(
      this.#parts,
      await this.#parts.store.read(id),
      caller,
      filter,
    );
  }

  attributes(
    ids: readonly string[],
  ): Promise<(RequestAttributes | undefined)[]> {
    return readAttributes(this.#parts.database, ids);
  }

  async vote(id: string, ballot: Ballot, caller: Caller): Promise<GateRequest> {
    this.#requireOpen();
    await castVote(this.#parts, id, ballot, caller);
    return this.get(id, caller);
  }

  async withdrawVote(id: string, caller: Caller): Promise<GateRequest> {
    await withdrawVote(this.#parts, id, caller);
    return this.get(id, caller);
  }

  async withdraw(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest> {
    await withdrawRequest(this.#parts, id, comment, caller);
    return this.get(id, caller);
  }

  async reconcile(
    id: string,
    reconciliation: Reconciliation,
    caller: Caller,
  ): Promise<GateRequest> {
    this.#requireOpen();
    await reconcileRequest(this.#parts, id, reconciliation, caller);
    return this.get(id, caller);
  }

  async complete(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest> {
    this.#requireOpen();
    await completeTask(this.#parts, id, comment, caller);
    return this.get(id, caller);
  }

  async giveFeedback(
    id: string,
    feedback: Pick<Feedback, 'verdict' | 'comment'>,
    caller: Caller,
  ): Promise<GateRequest> {
    this.#requireOpen();
    await giveFeedback(this.#parts, id, feedback, caller);
    return this.get(id, caller);
  }

  policy(): Promise<PolicyView> {
    return readPolicy(this.#parts);
  }

  async status(caller: Caller, filter?: RequestFilter): Promise<GateStatus> {
    return readGateStatus(this.#parts, await this.#viewer(caller), filter);
  }

  halt(halt: Pick<Halt, 'scope' | 'reason'>, caller: Caller): Promise<Halt[]> {
    return haltGate(this.#parts, halt, caller);
  }

  resume(scope: string, reason: string, caller: Caller): Promise<Halt[]> {
    return resumeGate(this.#parts, { scope, reason }, caller);
  }

  async requireAuditor(caller: Caller): Promise<void> {
    const viewer = await this.#viewer(caller);
    const choice = mayReadAudit(this.#parts.settings, viewer);
    if (!choice.allowed) {
      throw new NotAllowedError(choice.why);
    }
  }

  async requireEraser(caller: Caller): Promise<void> {
    const viewer = await this.#viewer(caller);
    const choice = mayEraseAudit(this.#parts.settings, viewer);
    if (!choice.allowed) {
      throw new NotAllowedError(choice.why);
    }
  }

  /** In a span that names the operation, if there is one of that name. */
  #measured<T>(
    name: string,
    { operation }: RequestSubmission,
    run: () => Promise<T>,
  ): Promise<T> {
    const known = this.#parts.operations.get(operation) !== undefined;
    return this.#parts.telemetry.withSpan(
      name,
      known ? { operation } : {},
      run,
    );
  }

  #requireOpen(): void {
    const { closed } = this.#parts.settings;
    if (closed) {
      throw new NotAllowedError(closed);
    }
  }

  async #viewer({ principal }: Caller) {
    const person =
      principal.kind === 'user'
        ? await this.#parts.membership.person(principal.ref)
        : undefined;
    const groups = isPerson({ principal }).allowed
      ? (person?.groups ?? [])
      : [];
    const { reconcilers } = this.#parts.settings;
    return {
      principal,
      ref: principal.ref,
      groups,
      reconciles: reconcilers.some(group => groups.includes(group)),
    };
  }

  async #isVisible(id: string, filter: RequestFilter): Promise<boolean> {
    const row = await this.#parts
      .database('gate_requests')
      .where({ id })
      .andWhere(query => applyFilter(query, filter))
      .first('id');
    return row !== undefined;
  }
}
