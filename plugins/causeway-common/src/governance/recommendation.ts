import type { JsonValue } from '@backstage/types';

/**
 * A measurement that an agent looked at.
 *
 * @public
 */
export interface Measurement {
  name: string;
  value: number;
  unit?: string;
  /** ISO 8601 duration: `PT15M`. */
  window?: string;
  samples?: number;
  /** Where it was read: `prometheus`. A name, never fetched. */
  source?: string;
}

/**
 * The decision record: an agent's evidence on a request. All of it is text that
 * its writer chose: it is shown as such, and what is missing makes the decision
 * stricter.
 *
 * @public
 */
export interface Recommendation {
  /** What the agent was asked, in the person's words. */
  asked?: string;
  /** `scaling`, `remediation`, `rollback`, ... */
  decisionType?: string;
  observed: Measurement[];
  constraints: string[];
  decided: RecommendedValue[];
  /** Why this, in the agent's words. */
  rationale?: string;
  rejected: { alternative: string; why: string }[];
  /** 0 to 1, as the agent says. */
  confidence?: number;
  model?: string;
  traceId?: string;
  usage?: { tokens?: number; cost?: number; durationMs?: number };
}

/**
 * A value that the agent proposes; the plan is held against it.
 *
 * @public
 */
export interface RecommendedValue {
  /** Path as in the plan: `spec.replicas`. */
  path: string;
  current?: JsonValue;
  proposed?: JsonValue;
}
