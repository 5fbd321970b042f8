import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectedFacts } from '../facts/model';
import type { EntityContext, ProjectedEdge, ProjectedEntity } from './model';

/**
 * Takes what a projection finds, each thing once and in no particular order.
 * What it does not keep is gone at once: a large estate is never whole in
 * memory a second time.
 */
export interface ProjectionSink {
  entity(entity: ProjectedEntity): void;
  edge(edge: ProjectedEdge): void;
  context(context: EntityContext): void;
  facts(facts: ProjectedFacts): void;
  problem(problem: EstateProblem): void;
}
