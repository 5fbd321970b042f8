import type { Origin } from '@causeway/backstage-plugin-causeway-common';
import type { FactValues } from './catalogue';

/** Where facts come from, and how far they can be trusted. */
export interface FactSource {
  origin: Origin;
  source: string;
  /** Its freshness is the facts' freshness; where it was never read, they are not known. */
  partition: string;
}

/** Facts of one entity that come from one place. */
export interface FactGroup extends FactSource {
  values: FactValues;
}

/** All facts of one entity, as the projection knows them: without time. */
export interface ProjectedFacts {
  ref: string;
  /** `spec.type`; absent for what is neither a Component nor a Resource. */
  type?: string;
  /** Changes when the thing is another one of the same name. */
  identity?: string;
  groups: FactGroup[];
}
