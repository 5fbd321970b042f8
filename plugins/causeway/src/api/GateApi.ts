import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AssessmentPreview,
  AuditAnchors,
  AuditPage,
  AuditQuery,
  AuditVerification,
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

/**
 * A vote as the portal casts it.
 *
 * @public
 */
export interface CastVote {
  decision: 'approve' | 'deny';
  /** Digest of what was on the screen; another one is refused with 409. */
  digest: string;
  comment?: string;
  /** Milliseconds between opening the request and voting. */
  lookedFor?: number;
}

/**
 * A call that can be given up.
 *
 * @public
 */
export interface CallOptions {
  signal?: AbortSignal;
}

/**
 * What the pages ask of the gate. Every method throws a `ResponseError` with
 * the gate's own words where it refuses.
 *
 * @public
 */
export interface GateApi {
  /** Whether anything can be asked for, what is halted and frozen, and how much waits. */
  getStatus(options?: CallOptions): Promise<GateStatus>;
  /** Operations, narrowed to those for a type of entity or for one entity. */
  listOperations(
    query?: { type?: string; target?: string },
    options?: CallOptions,
  ): Promise<OperationDescription[]>;
  /** What would become of a request; nothing is stored. */
  assess(
    submission: RequestSubmission,
    options?: CallOptions,
  ): Promise<AssessmentPreview>;
  submit(submission: RequestSubmission): Promise<RequestReceipt>;
  listRequests(
    query: RequestQuery,
    options?: CallOptions,
  ): Promise<RequestPage>;
  getRequest(id: string, options?: CallOptions): Promise<GateRequest>;
  vote(id: string, vote: CastVote): Promise<GateRequest>;
  withdrawVote(id: string): Promise<GateRequest>;
  withdraw(id: string, comment?: string): Promise<GateRequest>;
  reconcile(
    id: string,
    found: { outcome: 'succeeded' | 'failed'; comment: string },
  ): Promise<GateRequest>;
  /** Marks a manual task as done. */
  complete(id: string, comment?: string): Promise<GateRequest>;
  giveFeedback(
    id: string,
    feedback: Pick<Feedback, 'verdict' | 'comment'>,
  ): Promise<GateRequest>;
  getPolicy(options?: CallOptions): Promise<PolicyView>;
  searchAudit(query: AuditQuery, options?: CallOptions): Promise<AuditPage>;
  verifyAudit(options?: CallOptions): Promise<AuditVerification>;
  /** What outside of the database vouches for the trail. */
  getAuditAnchors(options?: CallOptions): Promise<AuditAnchors>;
  /** The narrowed trail as JSON Lines. */
  exportAudit(query: AuditQuery): Promise<Blob>;
  halt(halt: Pick<Halt, 'scope' | 'reason'>): Promise<Halt[]>;
  resume(halt: Pick<Halt, 'scope' | 'reason'>): Promise<Halt[]>;
}

/**
 * Reference of {@link GateApi}.
 *
 * @public
 */
export const gateApiRef = createApiRef<GateApi>().with({
  id: 'plugin.causeway.gate',
  pluginId: 'causeway',
});
