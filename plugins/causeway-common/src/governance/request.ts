import type { JsonObject } from '@backstage/types';
import type { Origin } from '../estate/origin';
import type { Freshness } from '../estate/status';
import type { ApprovalRequirement, Assessment, RiskLevel } from './assessment';
import type { Binding, ChangeClass, CostEstimate, Plan } from './operation';
import type { Recommendation } from './recommendation';

/**
 * State of a request.
 *
 * @public
 */
export const requestStates = [
  'pending',
  'approved',
  'running',
  'verifying',
  'succeeded',
  'refused',
  'manual',
  'denied',
  'expired',
  'withdrawn',
  'lapsed',
  'failed',
  'rolled-back',
  'unknown',
] as const;

/**
 * One of {@link requestStates}.
 *
 * @public
 */
export type RequestState = (typeof requestStates)[number];

/**
 * Through which entrance a request came.
 *
 * @public
 */
export type Entrance = 'rest' | 'mcp' | 'action' | 'template';

/**
 * Who asks.
 *
 * @public
 */
export interface Requester {
  /** `user:default/ada-okafor`, or the name of a configured service subject: `subject:scaler`. */
  ref: string;
  kind: 'user' | 'subject';
  /** Entrance's plugin that acts for the user: `plugin:mcp-actions`. An agent, as far as anybody can tell. */
  actor?: string;
  /** Person or group that answers for a service subject. */
  accountable?: string;
  /** Everybody who may not vote on it: the requester and whoever it acts or answers for. */
  set: string[];
  /** What the agent calls itself; nobody checked it. */
  unverifiedName?: string;
  entrance: Entrance;
}

/**
 * What a request is about, as it was when it was asked.
 *
 * @public
 */
export interface RequestTarget {
  entityRef: string;
  title: string;
  /** `spec.type`. */
  type: string;
  /** Group that decides about it; only of origin `platform`. */
  owner?: string;
  environment?: string;
  /** What others say of owner and environment: shown, and can only make stricter. */
  claims: { attribute: string; value: string; origin: Origin }[];
  source: string;
  freshness: Freshness;
  contested: boolean;
}

/**
 * What the change may touch beyond its target.
 *
 * @public
 */
export interface BlastRadius {
  total: number;
  /** Whether there may be more. */
  atLeast: boolean;
  byKind: Record<string, number>;
  byEnvironment: Record<string, number>;
  byOwner: Record<string, number>;
}

/**
 * One person's word.
 *
 * @public
 */
export interface Vote {
  id: string;
  voter: string;
  decision: 'approve' | 'deny';
  comment?: string;
  /** Epoch milliseconds. */
  at: number;
  /** Digest that the voter saw. */
  digest: string;
  /** `unattested`: the session alone says that it was the person. */
  presence: 'attested' | 'unattested';
  /** Milliseconds between opening the request and voting, as the portal told. */
  lookedFor?: number;
  /** When it was taken back, or ceased to count, and why. */
  withdrawnAt?: number;
  withdrawnWhy?: string;
}

/**
 * How far a request is from being approved.
 *
 * @public
 */
export interface Quorum {
  met: boolean;
  approvals: number;
  needed: number;
  required: { group: string; needed: number; have: number }[];
  /** Whether existing people can still make it; never a queue entry that nobody can finish. */
  feasible: boolean;
  /** In words, what is missing: `1 more, from group:default/security`. */
  missing: string;
}

/**
 * One attempt to carry out an approved request.
 *
 * @public
 */
export interface Execution {
  attempt: number;
  /** Epoch milliseconds. */
  startedAt: number;
  writtenAt?: number;
  finishedAt?: number;
  /** `running`, then what came of it. */
  state:
    | 'running'
    | 'verifying'
    | 'succeeded'
    | 'failed'
    | 'rolled-back'
    | 'unknown';
  message?: string;
  verification?: { checkedAt: number; message: string; soakUntil: number };
  rollback?: {
    at: number;
    done: boolean;
    message: string;
  };
}

/**
 * Whether a recommendation was right, told afterwards by somebody outside the
 * requester set.
 *
 * @public
 */
export interface Feedback {
  by: string;
  at: number;
  verdict: 'right' | 'wrong' | 'unnecessary';
  comment?: string;
  /** Whether it counts for the agent's record; the first of a target and day does. */
  counts: boolean;
}

/**
 * Type of an event of a request.
 *
 * @public
 */
export type RequestEventType =
  | 'Submitted'
  | 'RecommendationGenerated'
  | 'Assessed'
  | 'Refused'
  | 'HandedOver'
  | 'VoteCast'
  | 'VoteWithdrawn'
  | 'VotesVoided'
  | 'Approved'
  | 'Denied'
  | 'Withdrawn'
  | 'Expired'
  | 'Escalated'
  | 'Lapsed'
  | 'ReturnedToPending'
  | 'ExecutionStarted'
  | 'ExecutionWritten'
  | 'ExecutionComplete'
  | 'Verified'
  | 'VerificationFailed'
  | 'RolledBack'
  | 'RollbackSkipped'
  | 'ExecutionFailed'
  | 'OutcomeUnknown'
  | 'Reconciled'
  | 'FeedbackGiven';

/**
 * Something that happened to a request.
 *
 * @public
 */
export interface RequestEvent {
  seq: number;
  type: RequestEventType;
  /** Epoch milliseconds. */
  at: number;
  /** Who did it: a person, a subject, `policy/<rule>` or `gate`. */
  by: string;
  message: string;
}

/**
 * How often an agent was right: n of N with a lower bound at 95 %.
 *
 * @public
 */
export interface AgentRecord {
  agent: string;
  operation: string;
  environment?: string;
  right: number;
  of: number;
  /** 0 to 1; absent below the least number of samples. */
  lowerBound?: number;
  /** Samples that it takes to say anything. */
  minimum: number;
}

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
 * Whether something is possible; the reason where it is not.
 *
 * @public
 */
export interface Choice {
  allowed: boolean;
  why?: string;
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

/**
 * A request in a list.
 *
 * @public
 */
export interface RequestRow {
  id: string;
  state: RequestState;
  revision: number;
  operation: { name: string; title: string };
  /** The plan in one sentence. */
  summary: string;
  target: Pick<RequestTarget, 'entityRef' | 'title' | 'owner' | 'environment'>;
  risk: { name: string; level: RiskLevel };
  tier: 1 | 2 | 3;
  requester: Pick<Requester, 'ref' | 'kind' | 'actor' | 'unverifiedName'>;
  quorum: Pick<Quorum, 'approvals' | 'needed'>;
  /** Per hour; absent where it is not known. */
  cost?: { delta: number; currency: string };
  createdAt: number;
  decideBy?: number;
  executeBy?: number;
  /** Whether the caller can vote on it now. */
  mine: boolean;
}

/**
 * `GET /requests`.
 *
 * @public
 */
export interface RequestPage {
  items: RequestRow[];
  nextCursor?: string;
  /** How many there are, at most 10,000. */
  total: number;
  now: number;
}

/**
 * What lists of requests can be narrowed to.
 *
 * @public
 */
export interface RequestQuery {
  state?: RequestState[];
  operation?: string[];
  environment?: string[];
  owner?: string[];
  /** Entity reference. */
  target?: string;
  requester?: string;
  risk?: RiskLevel[];
  tier?: (1 | 2 | 3)[];
  /** Only what the caller can vote on now. */
  mine?: boolean;
  /** Only what the caller asked for. */
  asked?: boolean;
  /** Words of the summary, target or id. */
  text?: string;
  /** `urgency`: what expires first; `newest`. Defaults to urgency. */
  order?: 'urgency' | 'newest';
  cursor?: string;
  /** 1 to 200; defaults to 50. */
  limit?: number;
}

/**
 * `POST /requests`, and `POST /requests/assess`.
 *
 * @public
 */
export interface RequestSubmission {
  operation: string;
  /** Entity reference. */
  target: string;
  input: JsonObject;
  /** Why, for whoever approves. */
  reason: string;
  recommendation?: Recommendation;
  /** The same key with the same content gives the same request. */
  idempotencyKey?: string;
  /** What an agent calls itself; stored as unverified. */
  agentName?: string;
}

/**
 * What a submission answers within seconds, for agents and templates.
 *
 * @public
 */
export interface RequestReceipt {
  id: string;
  state: RequestState;
  tier: 1 | 2 | 3;
  summary: string;
  /** Which rule decided, and why. */
  decidedBy: string;
  why: string;
  link: string;
  /** Epoch milliseconds. */
  expiresAt?: number;
  /** Groups whose members can decide. */
  deciders: string[];
  refusals: { reason: string; hint: string }[];
}

/**
 * `POST /requests/assess`: what would become of it; nothing is stored.
 *
 * @public
 */
export interface AssessmentPreview {
  assessment: Assessment;
  target: RequestTarget;
  plan?: Plan;
  cost?: CostEstimate;
  blastRadius?: BlastRadius;
  discrepancies: string[];
}
