import type { Edge } from './relations';
import type { SourcedValue } from './origin';

/**
 * Kind of system that a source reads.
 *
 * @public
 */
export type SourceKind = 'kubernetes' | 'argocd' | 'github' | 'catalog';

/**
 * State of a partition: `waiting` (no complete list yet), `fresh`, `stale`
 * (the last attempt failed or is overdue: nothing is deleted, what is known
 * stays), `held` (a snapshot would remove too much and waits for the next
 * complete one to confirm it), `absent` (the source does not serve this kind).
 *
 * @public
 */
export type PartitionState = 'waiting' | 'fresh' | 'stale' | 'held' | 'absent';

/**
 * Why a partition is stale, held or absent.
 *
 * @public
 */
export type StalenessReason =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'connection'
  | 'truncated'
  | 'continue-expired'
  | 'suspiciously-empty'
  | 'mass-removal'
  | 'malformed'
  | 'too-large'
  | 'misconfigured'
  | 'overdue'
  | 'not-installed'
  | 'internal';

/**
 * One partition with its freshness.
 *
 * @public
 */
export interface PartitionStatus {
  /** `<source>/<scope>/<kind>`, e.g. `production-eu/-/deployments.apps`. */
  id: string;
  scope: string;
  kind: string;
  state: PartitionState;
  reason?: StalenessReason;
  /** What happened and what to do, for people. */
  message?: string;
  /** Observations held. */
  objects: number;
  /** Observations that could not be read whole (malformed, too large). */
  unreadable: number;
  /**
   * Epoch milliseconds when it was last confirmed: by a complete list or, where
   * a watch is relied on, by its last event or bookmark, to half a minute.
   */
  confirmedAt?: number;
  /** Epoch milliseconds of the last list, whatever came of it. */
  attemptedAt?: number;
  /** Epoch milliseconds when the next attempt is due. */
  nextAttemptAt?: number;
  /** Whether a watch is open, where the source has one. */
  watching: boolean;
  /** Objects that a complete list lacked and that wait for another one, not too soon, to confirm it. */
  held?: {
    objects: number;
    /** Epoch milliseconds since when the first of them waits. */
    since: number;
  };
  /** The last removal that had been held and was then confirmed. */
  removedOnConfirmation?: {
    objects: number;
    /** Epoch milliseconds. */
    at: number;
  };
}

/**
 * One source with its partitions.
 *
 * @public
 */
export interface SourceStatus {
  id: string;
  kind: SourceKind;
  title: string;
  /** Address without credentials. */
  address: string;
  environment?: string;
  partitions: PartitionStatus[];
  /** The last rate limit that the source told, where it has one. */
  rateLimit?: { limit: number; remaining: number; resetAt: number };
}

/**
 * Something that the estate could not represent as it is, or does not apply:
 * - `collision`: two things wanted one name; the loser got a hash
 * - `contested`: a claim from a place that is not trusted for it
 * - `unowned`: what no rule finds an owner for, all of it in one problem
 * - `unrepresented`: an object that became no entity, with the reason
 * - `shortened`: a name that did not fit and got a hash
 *
 * @public
 */
export interface EstateProblem {
  /** Stable id. */
  id: string;
  kind: 'collision' | 'contested' | 'unowned' | 'unrepresented' | 'shortened';
  /** Entity reference concerned, where there is one. */
  entityRef?: string;
  /** Partition that reported it. */
  partition?: string;
  title: string;
  detail: string;
}

/**
 * `GET /estate/status`.
 *
 * @public
 */
export interface EstateStatus {
  sources: SourceStatus[];
  problems: EstateProblem[];
  /** Entities and edges in the projection, by `spec.type` and relation type. */
  counts: {
    entities: number;
    edges: number;
    byType: Record<string, number>;
    byRelation: Record<string, number>;
  };
  /** Epoch milliseconds of the last projection. */
  projectedAt?: number;
  /** Server time, epoch milliseconds: what ages are measured against. */
  now: number;
}

/**
 * Freshness of one entity, joined from the partition that reported it.
 *
 * @public
 */
export interface Freshness {
  source: string;
  partition: string;
  state: PartitionState;
  reason?: StalenessReason;
  message?: string;
  /** As in {@link PartitionStatus}, of the partition that reported it. */
  confirmedAt?: number;
}

/**
 * A place where a service runs.
 *
 * @public
 */
export interface RunningInstance {
  entityRef: string;
  title: string;
  environment?: SourcedValue;
  cluster: string;
  namespace: string;
  /** `Deployment`, `StatefulSet`, ... */
  workloadKind: string;
  /** Image tag or short digest of the main container. */
  version?: string;
  image?: string;
  replicas?: { desired: number; ready: number; min?: number; max?: number };
  health: Health;
  /** For Rollouts. */
  rollout?: RolloutProgress;
  sync?: 'synced' | 'out-of-sync' | 'unknown';
  /** Reference of the Argo CD application that deploys it. */
  applicationRef?: string;
  freshness: Freshness;
}

/**
 * How far a Rollout of Argo Rollouts has come with a new version.
 *
 * @public
 */
export interface RolloutProgress {
  strategy?: 'canary' | 'blueGreen';
  /** As its controller says: `Healthy`, `Paused`, `Progressing`, `Degraded`. */
  phase?: string;
  message?: string;
  paused: boolean;
  aborted: boolean;
  /** Steps of the canary that are done; only while a new version comes in. */
  step?: number;
  /** Steps that the canary has. */
  steps?: number;
  /** Percent of the new version; only while it comes in. */
  weight?: number;
}

/**
 * Health of a workload or application, in one vocabulary. Of a CronJob
 * `healthy` says no more than that it is there and nothing speaks against it.
 *
 * @public
 */
export type Health =
  'healthy' | 'progressing' | 'degraded' | 'suspended' | 'missing' | 'unknown';

/**
 * One condition of an object's status, as its controller wrote it: well-known
 * ones (`Ready`, `Synced`) and those that only it knows. The texts are a
 * tenant's, cut and without invisible characters.
 *
 * @public
 */
export interface EntityCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
}

/**
 * One rule of a policy that something fails, as a policy report says.
 *
 * @public
 */
export interface PolicyFailure {
  policy: string;
  rule?: string;
  result: 'fail' | 'warn' | 'error';
  /** `critical`, `high`, `medium`, `low` or `info`, where the policy says. */
  severity?: string;
}

/**
 * One deployment that Argo CD recorded.
 *
 * @public
 */
export interface Delivery {
  applicationRef: string;
  applicationTitle: string;
  environment?: string;
  /** Git revision (full SHA) or chart version. */
  revision: string;
  /** Link to the revision, where the repository's host is known. */
  revisionUrl?: string;
  /** Epoch milliseconds. */
  deployedAt: number;
  initiatedBy?: string;
  /** First in its application's history, hence what runs now. */
  current: boolean;
}

/**
 * A piece of freight of Kargo: versions that travel together.
 *
 * @public
 */
export interface PromotedFreight {
  /** Kargo's name of it, a hash. */
  name: string;
  /** What people call it. */
  alias?: string;
  warehouse?: string;
  /** With tag or digest: `ghcr.io/meridian/payment-api:2.14.3`. */
  images: string[];
  commits: {
    /** Full SHA. */
    id: string;
    subject?: string;
    /** Link to it, where the repository is known. */
    url?: string;
  }[];
  /** With version. */
  charts: string[];
}

/**
 * One promotion of freight to a stage of Kargo.
 *
 * @public
 */
export interface FreightPromotion {
  name: string;
  /** Name of the freight. */
  freight: string;
  /** What people call the freight. */
  alias?: string;
  /** As Kargo says: `Pending`, `Running`, `Succeeded`, `Failed`, `Errored`, `Aborted`. */
  phase: string;
  message?: string;
  /** Who asked for it, as Kargo notes it. */
  requestedBy?: string;
  /** Epoch milliseconds. */
  startedAt?: number;
  /** Epoch milliseconds. */
  finishedAt?: number;
}

/**
 * A link to a source of truth.
 *
 * @public
 */
export interface SourceLink {
  title: string;
  url: string;
}

/**
 * `GET /estate/entities/:kind/:namespace/:name`: what the estate knows of one
 * entity, ingested or hand-written.
 *
 * @public
 */
export interface EntityEstate {
  entityRef: string;
  /** Whether the entity is ours, a hand-written one that we enrich, or not known to the estate. */
  kind: 'ingested' | 'enriched' | 'unknown';
  freshness?: Freshness;
  owner?: SourcedValue;
  environment?: SourcedValue;
  lifecycle?: SourcedValue;
  successorRef?: string;
  health?: Health;
  sync?: RunningInstance['sync'];
  /** What its source says of its state, at most 16; none where it says nothing. */
  conditions?: EntityCondition[];
  /** Policies that it fails, at most 32; none where no report says so. */
  policyFailures?: PolicyFailure[];
  /** Where it runs; for Components. */
  instances: RunningInstance[];
  /** Newest first, at most 50; for Components and applications. */
  deliveries: Delivery[];
  /** For stages of Kargo what is in them now, for warehouses what came last, newest first. */
  freight?: PromotedFreight[];
  /** For stages of Kargo: the last ones, newest first, at most 10. */
  promotions?: FreightPromotion[];
  links: SourceLink[];
  problems: EstateProblem[];
  now: number;
}

/**
 * One node of a graph answer. Only what the caller may read is in it.
 *
 * @public
 */
export interface GraphNode {
  entityRef: string;
  kind: string;
  type?: string;
  title: string;
  environment?: string;
  owner?: string;
  health?: Health;
  /** Whether it runs on a schedule, not all the time: a CronJob. */
  scheduled?: boolean;
  lifecycle?: string;
  stale: boolean;
  /** Hops from the root. */
  depth: number;
}

/**
 * One edge of a graph answer: inferred ones carry their evidence, hand-written
 * ones only their type.
 *
 * @public
 */
export interface GraphEdge {
  from: string;
  type: string;
  to: string;
  inferred?: Pick<Edge, 'rule' | 'evidence' | 'confidence'> & {
    /** Epoch milliseconds when the partition that proves it last confirmed it. */
    lastSeenAt?: number;
  };
}

/**
 * Which way a graph is walked from its root: along relations (`forward`),
 * against them (`backward`), or both.
 *
 * @public
 */
export type GraphDirection = 'forward' | 'backward' | 'both';

/**
 * `GET /estate/graph?entityRef=&depth=&direction=&limit=`: `direction` is a
 * {@link GraphDirection}, `limit` the most nodes in the answer.
 *
 * @public
 */
export interface EstateGraph {
  rootRef: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Whether the node limit cut the answer: the counts are then "at least". */
  truncated: boolean;
  now: number;
}
