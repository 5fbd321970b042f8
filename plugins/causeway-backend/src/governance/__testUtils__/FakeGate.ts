import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  AssessmentPreview,
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
import type { Ballot, Gate, MayAsk, Reconciliation } from '../Gate';
import type { Caller } from '../principals/Principal';
import type {
  RequestAttributes,
  RequestColumnFilter,
  RequestFilter,
} from '../requests/RequestFilter';
import { gateRequest, operations, toRow } from './requests';

/** What the fake gate was asked, in order. */
export interface Asked {
  method: string;
  caller: Caller;
  args: unknown[];
}

/** What conditions look at. */
export function attributesOf(request: GateRequest): RequestAttributes {
  return {
    owner: request.target.owner,
    environment: request.target.environment,
    operation: request.operation.name,
    tier: request.assessment.tier,
    requester: request.requester.ref,
  };
}

/** A filter in memory, as SQL would hold it. */
export function passes(
  attributes: RequestAttributes,
  filter: RequestFilter | undefined,
): boolean {
  if (filter === undefined) {
    return true;
  }
  if ('allOf' in filter) {
    return filter.allOf.every(one => passes(attributes, one));
  }
  if ('anyOf' in filter && !('column' in filter)) {
    return filter.anyOf.some(one => passes(attributes, one));
  }
  if ('not' in filter) {
    return !passes(attributes, filter.not);
  }
  const { column, anyOf } = filter as RequestColumnFilter;
  const value = attributes[column];
  return value !== undefined && anyOf.includes(value);
}

/** A gate in memory: keeps what it was asked, and knows the requests that a test gives it. */
export class FakeGate implements Gate {
  requests: GateRequest[] = [gateRequest()];
  readonly asked: Asked[] = [];
  /** People whom the configuration's groups hold. */
  auditors: string[] = [];
  erasers: string[] = [];
  halters: string[] = [];

  #note(method: string, caller: Caller, ...args: unknown[]): void {
    this.asked.push({ method, caller, args });
  }

  /** What changed anything. */
  get writes(): Asked[] {
    return this.asked.filter(
      ({ method }) => !['assess', 'list', 'get', 'status'].includes(method),
    );
  }

  operations(): readonly OperationDescription[] {
    return operations;
  }

  async #ask(
    { operation, target }: RequestSubmission,
    mayAsk: MayAsk,
  ): Promise<GateRequest> {
    if (!operations.some(({ name }) => name === operation)) {
      throw new NotFoundError(`There is no operation ${operation}`);
    }
    const request = gateRequest({
      id: `r${this.requests.length + 1}`,
      operation: { ...gateRequest().operation, name: operation },
      target: { ...gateRequest().target, entityRef: target },
    });
    if (!(await mayAsk(attributesOf(request)))) {
      throw new NotAllowedError('You may not ask for that');
    }
    return request;
  }

  async assess(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<AssessmentPreview> {
    const { assessment, target, blastRadius, discrepancies } = await this.#ask(
      submission,
      mayAsk,
    );
    this.#note('assess', caller, submission);
    return { assessment, target, blastRadius, discrepancies };
  }

  async submit(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<RequestReceipt> {
    const request = await this.#ask(submission, mayAsk);
    this.#note('submit', caller, submission);
    this.requests.push({
      ...request,
      input: submission.input,
      reason: submission.reason,
      recommendation: submission.recommendation,
    });
    return {
      id: request.id,
      state: 'pending',
      tier: 2,
      summary: 'Scale workload',
      decidedBy: request.assessment.decidedBy,
      why: request.assessment.summary,
      link: `/approvals/${request.id}`,
      expiresAt: request.decideBy,
      deciders: ['group:default/payments'],
      refusals: [],
    };
  }

  #matching(query: RequestQuery, filter?: RequestFilter): GateRequest[] {
    return this.requests.filter(
      request =>
        passes(attributesOf(request), filter) &&
        (!query.state || query.state.includes(request.state)) &&
        (!query.operation || query.operation.includes(request.operation.name)),
    );
  }

  async list(
    query: RequestQuery,
    caller: Caller,
    filter?: RequestFilter,
    targets?: readonly string[],
  ): Promise<RequestPage> {
    this.#note('list', caller, query, filter);
    const { limit = 50, cursor } = query;
    const matching = this.#matching(query, filter).filter(
      ({ target }) => targets?.includes(target.entityRef) ?? true,
    );
    const start = cursor
      ? matching.findIndex(({ id }) => `after-${id}` === cursor) + 1
      : 0;
    const items = matching.slice(start, start + limit);
    return {
      items: items.map(toRow),
      nextCursor:
        start + limit < matching.length
          ? `after-${items.at(-1)!.id}`
          : undefined,
      total: matching.length,
      now: 2_000,
    };
  }

  async targets(
    query: RequestQuery,
    _caller: Caller,
    filter?: RequestFilter,
  ): Promise<string[]> {
    return [
      ...new Set(
        this.#matching(query, filter).map(({ target }) => target.entityRef),
      ),
    ];
  }

  #find(id: string, filter?: RequestFilter): GateRequest {
    const request = this.requests.find(one => one.id === id);
    if (!request || !passes(attributesOf(request), filter)) {
      throw new NotFoundError(`No request ${id}`);
    }
    return request;
  }

  async get(
    id: string,
    caller: Caller,
    filter?: RequestFilter,
  ): Promise<GateRequest> {
    this.#note('get', caller, id, filter);
    return this.#find(id, filter);
  }

  async attributes(
    ids: readonly string[],
  ): Promise<(RequestAttributes | undefined)[]> {
    return ids.map(id => {
      const request = this.requests.find(one => one.id === id);
      return request && attributesOf(request);
    });
  }

  async vote(id: string, ballot: Ballot, caller: Caller): Promise<GateRequest> {
    const request = this.#find(id);
    if (request.requester.set.includes(caller.principal.ref)) {
      throw new NotAllowedError('You asked for it: somebody else votes');
    }
    if (ballot.digest !== request.digest) {
      throw new ConflictError('It changed since you looked at it');
    }
    this.#note('vote', caller, id, ballot);
    return request;
  }

  async withdrawVote(id: string, caller: Caller): Promise<GateRequest> {
    this.#note('withdrawVote', caller, id);
    return this.#find(id);
  }

  async withdraw(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest> {
    const request = this.#find(id);
    if (request.requester.ref !== caller.principal.ref) {
      throw new NotAllowedError('Only who asked takes it back');
    }
    this.#note('withdraw', caller, id, comment);
    return { ...request, state: 'withdrawn' };
  }

  async reconcile(
    id: string,
    reconciliation: Reconciliation,
    caller: Caller,
  ): Promise<GateRequest> {
    this.#note('reconcile', caller, id, reconciliation);
    return this.#find(id);
  }

  async complete(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest> {
    this.#note('complete', caller, id, comment);
    return this.#find(id);
  }

  async giveFeedback(
    id: string,
    feedback: { verdict: string; comment?: string },
    caller: Caller,
  ): Promise<GateRequest> {
    this.#note('giveFeedback', caller, id, feedback);
    return this.#find(id);
  }

  async policy(): Promise<PolicyView> {
    return {
      hash: 'b0'.repeat(32),
      origin: 'built in',
      since: 1,
      document: {},
      faults: [],
    };
  }

  async status(caller: Caller, filter?: RequestFilter): Promise<GateStatus> {
    this.#note('status', caller, filter);
    return {
      open: true,
      halts: [],
      freezes: [],
      pending: this.#matching({ state: ['pending'] }, filter).length,
      mine: 0,
      policy: { hash: 'b0'.repeat(32), origin: 'built in', invalid: false },
      choices: {
        halt: { allowed: this.halters.includes(caller.principal.ref) },
        readAudit: { allowed: this.auditors.includes(caller.principal.ref) },
      },
      now: 2_000,
    };
  }

  #requireHalter({ principal }: Caller): void {
    if (!this.halters.includes(principal.ref)) {
      throw new NotAllowedError('causeway.gate.halters names none of yours');
    }
  }

  async halt(
    halt: Pick<Halt, 'scope' | 'reason'>,
    caller: Caller,
  ): Promise<Halt[]> {
    this.#requireHalter(caller);
    this.#note('halt', caller, halt);
    return [{ ...halt, by: caller.principal.ref, since: 2_000 }];
  }

  async resume(scope: string, reason: string, caller: Caller): Promise<Halt[]> {
    this.#requireHalter(caller);
    this.#note('resume', caller, scope, reason);
    return [];
  }

  async requireAuditor({ principal }: Caller): Promise<void> {
    if (!this.auditors.includes(principal.ref)) {
      throw new NotAllowedError('causeway.gate.auditors names none of yours');
    }
  }

  async requireEraser({ principal }: Caller): Promise<void> {
    if (!this.erasers.includes(principal.ref)) {
      throw new NotAllowedError('causeway.gate.erasers names none of yours');
    }
  }
}
