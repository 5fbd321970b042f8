import type { JsonObject } from '@backstage/types';
import type { ApprovalRequirement, Assessment } from './assessment';
import type { AgentRecord, Execution, Feedback } from './execution';
import type { Binding, ChangeClass, CostEstimate, Plan } from './operation';
import type { Recommendation } from './recommendation';
import type { RequestEvent, RequestState } from './requestState';
import type { Requester } from './requester';
import type { BlastRadius, RequestTarget } from './target';
import type { Choice, Quorum, Vote } from './vote';

/**
 * What the caller may do with a request, and why not.
 *
 * @public
 */
export interface RequestChoices {
  vote: Choice;
  withdrawVote: Choice;
  withdraw: Choice;
  reconcile: Choice;
  feedback: Choice;
  /** Marks a manual task as done. */
  complete: Choice;
}

/**
 * `GET /requests/:id`: a request with everything that belongs to it. The audit
 * export holds the same document, without `choices`.
 *
 * @public
 */
export interface GateRequest {
  id: string;
  state: RequestState;
  /** Why it is in this state, for people. */
  stateReason?: string;
  /** Increases with every change of it. */
  revision: number;
  operation: {
    name: string;
    version: string;
    title: string;
    class: ChangeClass;
    capability: string;
    /** SHA-256, hex, of what the operation is declared to be. */
    hash: string;
    idempotent: boolean;
    reversible: boolean;
  };
  target: RequestTarget;
  input: JsonObject;
  reason: string;
  requester: Requester;
  recommendation?: Recommendation;
  /** Values of the recommendation that the plan does not bear out. */
  discrepancies: string[];
  assessment: Assessment;
  binding?: Binding;
  plan?: Plan;
  cost?: CostEstimate;
  blastRadius?: BlastRadius;
  /** Requests about the same target that failed lately. */
  recentFailures: {
    id: string;
    at: number;
    title: string;
    state: RequestState;
  }[];
  /** SHA-256, hex: what is approved is what runs. */
  digest: string;
  approval: ApprovalRequirement;
  votes: Vote[];
  quorum: Quorum;
  /** Epoch milliseconds. */
  createdAt: number;
  updatedAt: number;
  decideBy?: number;
  approvedAt?: number;
  executeBy?: number;
  finishedAt?: number;
  /** Who or which rule let it pass. */
  decidedBy?: string;
  execution?: Execution;
  feedback: Feedback[];
  events: RequestEvent[];
  agentRecord?: AgentRecord;
  choices?: RequestChoices;
  /** Where people look at it. */
  link: string;
  /** Epoch milliseconds on the database's clock when this was told. */
  now: number;
}
