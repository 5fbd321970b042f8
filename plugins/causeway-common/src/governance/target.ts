import type { Origin } from '../estate/origin';
import type { Freshness } from '../estate/status';

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
  /** What the counts are of: the target, or the service that it runs. */
  of?: string;
  total: number;
  /** Whether there may be more. */
  atLeast: boolean;
  byKind: Record<string, number>;
  /** Who runs in several counts in each. */
  byEnvironment: Record<string, number>;
  byOwner: Record<string, number>;
}
