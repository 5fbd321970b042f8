import type { FactType, FactValue } from './facts';
import type { Origin } from './origin';

/**
 * What happened to an entity: it `appeared` in the estate, was `removed` from
 * it, a fact of it `changed`, or it got or lost a relation to another entity
 * (`related`, `unrelated`).
 *
 * @public
 */
export const changeTypes = [
  'appeared',
  'removed',
  'changed',
  'related',
  'unrelated',
] as const;

/**
 * One of {@link changeTypes}.
 *
 * @public
 */
export type ChangeType = (typeof changeTypes)[number];

/**
 * One change of one entity.
 *
 * @public
 */
export interface EstateChange {
  /** Epoch milliseconds of the projection that found it, by the database's clock. */
  at: number;
  entityRef: string;
  what: ChangeType;
  /** Of `changed`: name of the fact. Of `related` and `unrelated`: type of the relation. */
  attribute?: string;
  /** Of `related` and `unrelated`: the other end. */
  otherRef?: string;
  /** What kind of value a `changed` fact has; `time` is a number, epoch milliseconds. */
  type?: FactType;
  /** Unit of a `changed` number: `cores`, `bytes`, `pods`, ... */
  unit?: string;
  /** Value before, of `changed`; absent where there was none. */
  before?: FactValue;
  /** Value after, of `changed`; absent where there is none any more. */
  after?: FactValue;
  /** Origin of the value after, or of the one before where there is none any more. */
  origin?: Origin;
  /** Id of the source that reported it. */
  source?: string;
}

/**
 * `GET /estate/entities/:kind/:namespace/:name/changes?since=&until=&limit=&cursor=&parts=`:
 * newest first; with `parts`, those of the workloads that are part of it too.
 *
 * @public
 */
export interface EntityChanges {
  entityRef: string;
  changes: EstateChange[];
  /** Where to go on from; absent on the last page. */
  cursor?: string;
  now: number;
}
