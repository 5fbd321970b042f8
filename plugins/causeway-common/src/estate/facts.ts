import type { Freshness } from './status';
import type { Origin } from './origin';

/**
 * A value of a fact. Times are epoch milliseconds.
 *
 * @public
 */
export type FactValue = boolean | number | string;

/**
 * What kind of value a fact has; `time` is a number, epoch milliseconds.
 *
 * @public
 */
export type FactType = 'boolean' | 'number' | 'string' | 'time';

/**
 * One fact of the catalogue: what it says, of which entities.
 *
 * @public
 */
export interface FactDefinition {
  /** Dotted and stable: `probes.liveness`. */
  name: string;
  type: FactType;
  /** Of numbers: `cores`, `bytes`, `pods`, `instances`, ... */
  unit?: string;
  /** `spec.type` of the entities that it is told of. */
  subjects: readonly string[];
  /** Kinds of workload that it makes no sense for: `CronJob`. */
  notFor?: readonly string[];
  description: string;
  /** Whether the value is an entity reference, told only to those who may read that entity. */
  reference?: boolean;
  /**
   * What it means that an entity lacks the fact: that there is `none` of it
   * (an owner, a release), or that the value is `unknown`.
   */
  absence: 'none' | 'unknown';
  /** Whether a new value is a change of the entity and kept in its history. */
  tracked: boolean;
}

/**
 * One fact of one entity.
 *
 * @public
 */
export interface Fact {
  name: string;
  type: FactType;
  unit?: string;
  value: FactValue;
  origin: Origin;
  /** Id of the source that reported it. */
  source: string;
  /** Epoch milliseconds when this value was first seen; it has not changed since. */
  since: number;
  /** Set where the value is of before the present state: it held then, and nobody says so now. */
  carried?: boolean;
  freshness: Freshness;
}

/**
 * A fact that an entity of this type could have and that is not known, with
 * the state of the partition that would tell it, where that is the cause.
 *
 * @public
 */
export interface UnknownFact {
  name: string;
  freshness?: Freshness;
}

/**
 * `GET /estate/entities/:kind/:namespace/:name/facts`. An entity that the
 * estate does not know has no facts and no unknown ones.
 *
 * @public
 */
export interface EntityFacts {
  entityRef: string;
  facts: Fact[];
  unknown: UnknownFact[];
  now: number;
}

/**
 * A value that a fact had for a while, or that it was absent.
 *
 * @public
 */
export interface PastValue {
  value?: FactValue;
  origin?: Origin;
  /** Epoch milliseconds; absent where it was so before history begins. */
  from?: number;
  /** Epoch milliseconds; absent for the present value. */
  until?: number;
}

/**
 * `GET /estate/entities/:kind/:namespace/:name/facts/:fact/history`: newest
 * first, the present value included.
 *
 * @public
 */
export interface FactHistory {
  entityRef: string;
  fact: FactDefinition;
  values: PastValue[];
  now: number;
}
