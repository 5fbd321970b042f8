import type { ProjectedEdge } from '../model';
import type { World } from '../World';

/** An edge and the Resource on which it travels to the catalog. */
export interface CarriedEdge extends ProjectedEdge {
  /** Reference of the Resource that proves it. */
  carrier: string;
}

/** An edge as a rule finds it. */
export type InferredEdge = Omit<CarriedEdge, 'rule' | 'key'>;

/** A rule of relations: pure, one kind of evidence each. */
export interface RelationRule {
  id: string;
  infer(world: World): Iterable<InferredEdge>;
}
