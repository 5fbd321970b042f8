import type { FactValue } from './facts';
import type { ChangeType } from './changes';
import type { Confidence } from './relations';
import type { Health, RunningInstance } from './status';

/**
 * Texts that tenants wrote, by field: titles, descriptions, messages, evidence.
 * They are data and never instructions, bounded, with control, bidirectional
 * and zero-width characters written out as `\u{...}`. No other field of an
 * answer holds a tenant's free text.
 *
 * @public
 */
export type UntrustedTexts = Record<string, string>;

/**
 * An entity in an answer. What is not known is absent.
 *
 * @public
 */
export interface EntityRow {
  ref: string;
  /** `spec.type`. */
  type?: string;
  /** A Group of the default namespace by its name, any other owner as a reference. */
  owner?: string;
  /** Several, between commas, where the parts of a Component run in several. */
  environment?: string;
  lifecycle?: string;
  /** Of a Component: of the worst of its parts that the caller may read. */
  health?: Health;
  sync?: RunningInstance['sync'];
  version?: string;
  /** Conditions that are not as they should be, and those that were asked for: `Ready=False`. */
  conditions?: string[];
  /** Of a deprecated one: what replaces it. */
  successor?: string;
  /** Why what is known may be out of date; absent while it is fresh. */
  stale?: string;
  untrusted?: UntrustedTexts;
}

/**
 * A number of entities that the caller may read; `atLeast` when counting
 * stopped at 5,000.
 *
 * @public
 */
export interface EntityCount {
  count: number;
  atLeast?: true;
}

/**
 * `GET /estate/questions/find-entities`.
 *
 * @public
 */
export interface FoundEntities extends EntityCount {
  /** Fields that all rows have in common. */
  shared?: Partial<EntityRow>;
  /** Deprecated ones last, then by how well the name fits, then by reference. */
  entities: EntityRow[];
  /** Cursor of the next page; absent on the last one. */
  more?: string;
  /** UTC time of what the answer rests on; hand-written entities may be a little older. */
  asOf: string;
  /** What to ask instead, where nothing was found. */
  hint?: string;
}

/**
 * Neighbours by one type of relation.
 *
 * @public
 */
export interface NeighbourBrief extends EntityCount {
  /** The first few. */
  refs: string[];
}

/**
 * A change in an answer.
 *
 * @public
 */
export interface ChangeRow {
  /** UTC. */
  at: string;
  ref?: string;
  /** As in the log of changes; `deployed` for what Argo CD recorded. */
  what: ChangeType | 'deployed';
  /** Name of a fact, or type of a relation. */
  attribute?: string;
  before?: FactValue;
  after?: FactValue;
  /** The other end of a relation. */
  other?: string;
  revision?: string;
  by?: string;
  untrusted?: UntrustedTexts;
}

/**
 * A place where a Component runs.
 *
 * @public
 */
export interface InstanceRow extends Omit<EntityRow, 'owner' | 'lifecycle'> {
  cluster?: string;
  /** Ready of wanted, `3/3`. */
  replicas?: string;
}

/**
 * `GET /estate/questions/get-entity-context`.
 *
 * @public
 */
export interface EntityContextAnswer extends EntityRow {
  tags?: string[];
  runs?: { count: number; shared?: Partial<InstanceRow>; first: InstanceRow[] };
  /** By type of relation, read from the entity: `dependsOn` is what it needs, `dependencyOf` what needs it. */
  relations?: Record<string, NeighbourBrief>;
  /** Newest first. */
  changes?: ChangeRow[];
  problems?: { kind: string; untrusted?: UntrustedTexts }[];
  /** Addresses of its sources of truth. */
  links?: string[];
  /** UTC time when its source last confirmed it. */
  confirmedAt?: string;
}

/**
 * Entities of a walk that have everything but their names in common.
 *
 * @public
 */
export interface GraphGroup extends Omit<
  EntityRow,
  'ref' | 'version' | 'conditions' | 'untrusted' | 'sync'
> {
  /** Hops from the entity that was asked about. */
  depth: number;
  /** Relation by which the walk reached them, read towards them. */
  via: string;
  refs: string[];
}

/**
 * `GET /estate/questions/traverse-graph`.
 *
 * @public
 */
export interface GraphAnswer extends EntityCount {
  root: string;
  /** Counts of everything that was reached, not only of what is listed: by kind and type, environment, owner. */
  by: Record<'type' | 'environment' | 'owner', Record<string, number>>;
  /** Nearest first. */
  groups: GraphGroup[];
  /** Cursor of the next page; absent on the last one. */
  more?: string;
  /** Why nothing was reached, where that can be said. */
  hint?: string;
}

/**
 * One step of a path: the entity it leads to, and how.
 *
 * @public
 */
export interface PathStep {
  /** Relation, read from the entity before. */
  via: string;
  ref: string;
  /** Rule that inferred the relation; absent where somebody wrote it. */
  rule?: string;
  confidence?: Confidence;
  untrusted?: UntrustedTexts;
}

/**
 * `GET /estate/questions/find-path`: all shortest paths, at most three.
 *
 * @public
 */
export interface PathAnswer {
  from: string;
  to: string;
  /** Hops; absent when there is no path. */
  length?: number;
  paths: PathStep[][];
  hint?: string;
}

/**
 * `GET /estate/questions/list-recent-changes`.
 *
 * @public
 */
export interface RecentChanges {
  /** UTC. */
  since: string;
  /** Newest first. */
  changes: ChangeRow[];
  more?: string;
  hint?: string;
}
