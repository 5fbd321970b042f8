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
import type { Caller } from './principals/Principal';
import type {
  RequestAttributes,
  RequestFilter,
} from './requests/RequestFilter';

/** A vote as it is cast. */
export interface Ballot {
  decision: 'approve' | 'deny';
  /** Digest that the voter saw: another one is refused. */
  digest: string;
  comment?: string;
  /** Milliseconds between opening the request and voting, as the portal tells. */
  lookedFor?: number;
}

/** What somebody found out about a request whose outcome was unknown. */
export interface Reconciliation {
  outcome: 'succeeded' | 'failed';
  comment: string;
}

/** What one decides about a caller before the request is made. */
export type MayAsk = (attributes: RequestAttributes) => Promise<boolean>;

/**
 * The gate: the one way to run a governed operation. Permissions are not its
 * business: `AuthorizedGate` stands before it. It holds everything else
 * against the caller by itself: who may vote, who asked, what policy says.
 */
export interface Gate {
  /** Operations that can be asked for. */
  operations(): readonly OperationDescription[];
  /** What would become of it; nothing is stored. */
  assess(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<AssessmentPreview>;
  /** Makes a request; runs it, where policy lets it. */
  submit(
    submission: RequestSubmission,
    caller: Caller,
    mayAsk: MayAsk,
  ): Promise<RequestReceipt>;
  /** @param targets - requests about these only; all where it is absent */
  list(
    query: RequestQuery,
    caller: Caller,
    filter?: RequestFilter,
    targets?: readonly string[],
  ): Promise<RequestPage>;
  /** What the requests of a list are about, each once. */
  targets(
    query: RequestQuery,
    caller: Caller,
    filter?: RequestFilter,
  ): Promise<string[]>;
  /** @throws NotFoundError for what is not there and what the filter hides, alike */
  get(id: string, caller: Caller, filter?: RequestFilter): Promise<GateRequest>;
  /** What conditions look at; in the order of the ids, `undefined` for what is missing. */
  attributes(
    ids: readonly string[],
  ): Promise<(RequestAttributes | undefined)[]>;
  vote(id: string, ballot: Ballot, caller: Caller): Promise<GateRequest>;
  withdrawVote(id: string, caller: Caller): Promise<GateRequest>;
  withdraw(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest>;
  reconcile(
    id: string,
    reconciliation: Reconciliation,
    caller: Caller,
  ): Promise<GateRequest>;
  /** A person says that a manual task is done. */
  complete(
    id: string,
    comment: string | undefined,
    caller: Caller,
  ): Promise<GateRequest>;
  giveFeedback(
    id: string,
    feedback: Pick<Feedback, 'verdict' | 'comment'>,
    caller: Caller,
  ): Promise<GateRequest>;
  policy(): Promise<PolicyView>;
  status(caller: Caller, filter?: RequestFilter): Promise<GateStatus>;
  halt(halt: Pick<Halt, 'scope' | 'reason'>, caller: Caller): Promise<Halt[]>;
  resume(scope: string, reason: string, caller: Caller): Promise<Halt[]>;
  /** Groups of configuration that a caller needs to read or export the audit trail. */
  requireAuditor(caller: Caller): Promise<void>;
  /** Groups of configuration that a caller needs to erase texts beside the trail. */
  requireEraser(caller: Caller): Promise<void>;
}
