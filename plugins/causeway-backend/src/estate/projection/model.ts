import type { Entity } from '@backstage/catalog-model';
import type {
  Delivery,
  Edge,
  EntityCondition,
  EstateProblem,
  FreightPromotion,
  PolicyFailure,
  IngestedType,
  PromotedFreight,
  RunningInstance,
  SourcedValue,
  SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import type { ProjectedFacts } from '../facts/model';
import type { Observation, ObservedKind } from '../observations/model';

/** An edge with what it takes to serve it. */
export interface ProvenEdge extends Edge {
  /** Partition whose observation proves the edge; its freshness is the edge's. */
  partition: string;
}

/** An edge as the projection finds it. */
export interface ProjectedEdge extends ProvenEdge {
  /** See {@link edgeKey}. */
  key: string;
}

/** What tells an edge from all others, as one text: references hold no space. */
export function edgeKey({
  from,
  type,
  to,
}: Pick<Edge, 'from' | 'type' | 'to'>): string {
  return `${from} ${type} ${to}`;
}

/**
 * An entity as the catalog gets it. It holds nothing volatile: see
 * {@link EntityContext}.
 */
export interface ProjectedEntity {
  ref: string;
  /** `spec.type`; `team` and `user` for Groups and Users. */
  type: IngestedType | 'team' | 'user';
  entity: Entity;
  /** Absent for inferred Components, so that a hand-written one can take over. */
  locationKey?: string;
}

/** An instance as the projection knows it; freshness is joined when it is shown. */
export type ProjectedInstance = Omit<RunningInstance, 'freshness'>;

/**
 * What the estate knows of one entity besides its catalog form: the volatile
 * part, and what enriches a hand-written Component.
 */
export interface EntityContext {
  ref: string;
  /** Whether the entity is ours, or a hand-written one that we enrich. */
  kind: 'ingested' | 'enriched';
  source: string;
  partition: string;
  /** For workloads, applications and repositories: key of the observation in the partition. */
  objectKey?: string;
  owner?: SourcedValue;
  environment?: SourcedValue;
  lifecycle?: SourcedValue;
  successorRef?: string;
  /** For workloads and datastores: where they run and how they are. */
  instance?: ProjectedInstance;
  /** For Components: references of the workloads that are part of it. */
  instanceRefs?: string[];
  /** For applications: what Argo CD recorded, newest first. */
  deliveries?: Delivery[];
  /** For stages and warehouses of Kargo. */
  freight?: PromotedFreight[];
  /** For stages of Kargo, newest first. */
  promotions?: FreightPromotion[];
  /** For Components: the applications whose deliveries count. */
  applicationRefs?: string[];
  health?: RunningInstance['health'];
  sync?: RunningInstance['sync'];
  /** What the source says of its state, as far as it says anything. */
  conditions?: EntityCondition[];
  /** Policies that it fails, at most 32. */
  policyFailures?: PolicyFailure[];
  links: SourceLink[];
}

/** All that follows from a set of observations. */
export interface Projection {
  entities: ProjectedEntity[];
  edges: ProjectedEdge[];
  contexts: EntityContext[];
  facts: ProjectedFacts[];
  problems: EstateProblem[];
}

/** An observation of one kind. */
export type Observed<K extends ObservedKind> = Observation<K>;
