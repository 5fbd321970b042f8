/**
 * How much is at stake, strictest first.
 *
 * @public
 */
export const riskLevels = ['critical', 'high', 'medium', 'low'] as const;

/**
 * One of {@link riskLevels}.
 *
 * @public
 */
export type RiskLevel = (typeof riskLevels)[number];

/**
 * 1: autonomous within bounds; 2: people review a recommendation; 3: people
 * only, the gate never executes it.
 *
 * @public
 */
export type DecisionTier = 1 | 2 | 3;

/**
 * What policy made of a request: `run` at once, `review` by people, hand over
 * as `manual` task, or `refuse`.
 *
 * @public
 */
export type AssessmentOutcome = 'run' | 'review' | 'manual' | 'refuse';

/**
 * A rule of the policy that had a say.
 *
 * @public
 */
export interface MatchedRule {
  /** `riskTiers/core-bank`, `decisions/scale-within-half`, `freezes/quarter-end`. */
  rule: string;
  /** What it did: `tier-1`, `tier-2`, `refuse`, `bound-exceeded`, `freeze`, `limit`, ... */
  effect: string;
  /** In the policy's words, or worked out: `6 is 2 times the baseline of 3; up to 1.5 times runs by itself`. */
  reason: string;
}

/**
 * Something that is not known or not trusted, and that made the decision stricter.
 *
 * @public
 */
export interface Doubt {
  /** `baseline-unknown`, `cost-unknown`, `target-stale`, `target-contested`, `rule-failed`, `evidence-missing`, ... */
  code: string;
  message: string;
}

/**
 * A limit that was held against the request.
 *
 * @public
 */
export interface HeldLimit {
  rule: string;
  /** `cost-per-hour`, `cost-per-decision`, a quantity. */
  what: string;
  action: 'alert' | 'hard' | 'auto-stop';
  limit: number;
  /** With this request; absent where it is not known. */
  value?: number;
  unit?: string;
  exceeded: boolean;
}

/**
 * Who has to approve, and by when.
 *
 * @public
 */
export interface ApprovalRequirement {
  /** Distinct people in all. */
  count: number;
  /** Groups of which so many of the approvers must be; one person fills one slot. */
  required: { group: string; count: number }[];
  /** Groups whose members may vote; the owner of the target where policy says so. */
  approvers: string[];
  /** Whether a vote needs proof that a person was there. */
  presence: boolean;
  /** Milliseconds to decide, from submission. */
  decideWithin: number;
  /** Milliseconds to begin, from approval. */
  executeWithin: number;
  /** More people are told, and may vote, after a while; count and separation stay. */
  escalation?: { after: number; groups: string[] };
  /** Groups that may vote where the approvers cannot make the quorum. */
  fallback?: string[];
  /** Whether a denial needs a comment. */
  commentOnDeny: boolean;
}

/**
 * What policy made of a request.
 *
 * @public
 */
export interface Assessment {
  /** Epoch milliseconds. */
  at: number;
  outcome: AssessmentOutcome;
  tier: DecisionTier;
  risk: { name: string; title: string; level: RiskLevel };
  /** `policy/decisions/scale-within-half`; `policy/default` where no rule spoke. */
  decidedBy: string;
  /** In one sentence, why it came out so. */
  summary: string;
  /** SHA-256, hex, of the normalized policy. */
  policyHash: string;
  rules: MatchedRule[];
  doubts: Doubt[];
  limits: HeldLimit[];
  /** With `review`, and with `run` the one that would hold if it had not run by itself. */
  approval: ApprovalRequirement;
  /** Why it is refused and what to do instead; empty otherwise. */
  refusals: { reason: string; hint: string }[];
  /** For `manual`. */
  manual?: { runbook?: string; checklist: string[]; doneBy: string[] };
  /** What is held after the change was made. */
  verification: { soakMs: number; autoRollback: boolean };
}
