import type { JsonObject } from '@backstage/types';
import type { Assessment } from './assessment';
import type { CostEstimate, Plan } from './operation';
import type { Recommendation } from './recommendation';
import type { RequestState } from './requestState';
import type { BlastRadius, RequestTarget } from './target';

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
