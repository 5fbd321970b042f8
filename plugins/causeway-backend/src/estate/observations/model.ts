/**
 * What sources report, reduced to the fields that the estate uses. This file
 * is the one list of every field that is kept; all else is dropped at reading.
 */

/** One object as a source reported it. */
export interface Observation<K extends ObservedKind = ObservedKind> {
  /** Id of the partition, `<source>/<scope>/<kind>`. */
  partition: string;
  /** Id of the source. */
  source: string;
  /** Stable within the partition: `namespace/name` or a repository's full name. */
  key: string;
  kind: K;
  data: ObservedData[K];
  /** SHA-256 over the canonical form of `data`, hex. */
  hash: string;
  /** Epoch milliseconds when this content was first seen. */
  observedAt: number;
}

/** Reduced shapes by kind. */
export interface ObservedData {
  Cluster: ObservedCluster;
  Namespace: ObservedNamespace;
  Workload: ObservedWorkload;
  Service: ObservedService;
  Ingress: ObservedIngress;
  Gateway: ObservedGateway;
  Route: ObservedRoute;
  HorizontalPodAutoscaler: ObservedAutoscaler;
  PodDisruptionBudget: ObservedDisruptionBudget;
  ArgoApplication: ObservedArgoApplication;
  ArgoProject: ObservedArgoProject;
  Repository: ObservedRepository;
  Team: ObservedTeam;
  Claim: ObservedClaim;
}

export type ObservedKind = keyof ObservedData;

/** The cluster itself: one synthetic observation a Kubernetes source, from `/version`. */
export interface ObservedCluster {
  name: string;
  version?: string;
}

/** Metadata that every Kubernetes observation keeps. */
export interface ObservedMetadata {
  uid: string;
  name: string;
  namespace?: string;
  createdAt?: string;
  /** Labels of an allow-list (recommended ones, `app`, configured ones). */
  labels?: Record<string, string>;
  /** Annotations of an allow-list (`causeway.dev/*`, Argo CD tracking, Backstage ids). */
  annotations?: Record<string, string>;
  /** Controllers that own the object. */
  owners?: { kind: string; name: string; uid: string }[];
  /** Field managers but status writers: who wrote which paths. */
  managers?: { manager: string; operation: string; paths: string[] }[];
}

export interface ObservedNamespace {
  meta: ObservedMetadata;
  phase?: string;
}

/** Deployment, StatefulSet, DaemonSet or CronJob. */
export interface ObservedWorkload {
  meta: ObservedMetadata;
  workloadKind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob';
  replicas?: {
    desired: number;
    ready: number;
    updated: number;
    available: number;
  };
  /** Whether the controller has seen the newest generation. */
  current: boolean;
  containers: { name: string; image: string; ports?: number[] }[];
  podLabels: Record<string, string>;
  /** What looks like a host and port in environment values and arguments; nothing else of them. */
  references: ObservedReference[];
  conditions?: {
    type: string;
    status: string;
    reason?: string;
    message?: string;
  }[];
  schedule?: string;
  suspended?: boolean;
}

/** A host that a workload talks to, as far as its configuration tells. */
export interface ObservedReference {
  host: string;
  port?: number;
  /** `container web, env LEDGER_URL` or `container web, argument 2`. */
  where: string;
}

export interface ObservedService {
  meta: ObservedMetadata;
  type: string;
  selector?: Record<string, string>;
  ports: { name?: string; port: number; targetPort?: string }[];
}

/** A backend of an ingress or route: a Service, by port. */
export interface ObservedBackend {
  service: string;
  /** Where it is not the route's own. */
  namespace?: string;
  port?: number | string;
  weight?: number;
}

export interface ObservedIngress {
  meta: ObservedMetadata;
  className?: string;
  hosts: string[];
  paths: string[];
  backends: ObservedBackend[];
  tls: boolean;
}

export interface ObservedGateway {
  meta: ObservedMetadata;
  className?: string;
  listeners: {
    name: string;
    protocol: string;
    port: number;
    hostname?: string;
  }[];
  addresses?: string[];
  conditions?: ObservedWorkload['conditions'];
}

/** HTTPRoute or GRPCRoute. */
export interface ObservedRoute {
  meta: ObservedMetadata;
  routeKind: 'HTTPRoute' | 'GRPCRoute';
  hostnames: string[];
  parents: { name: string; namespace?: string; section?: string }[];
  backends: ObservedBackend[];
  accepted?: boolean;
}

export interface ObservedAutoscaler {
  meta: ObservedMetadata;
  target: { kind: string; name: string };
  min?: number;
  max: number;
}

export interface ObservedDisruptionBudget {
  meta: ObservedMetadata;
  selector?: Record<string, string>;
  minAvailable?: string;
  maxUnavailable?: string;
}

export interface ObservedArgoApplication {
  /** Name of the Argo CD instance: the source's id. */
  instance: string;
  name: string;
  namespace: string;
  uid?: string;
  createdAt?: string;
  project: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** The ApplicationSet that owns it. */
  applicationSet?: string;
  sources: {
    repoURL: string;
    path?: string;
    chart?: string;
    targetRevision?: string;
  }[];
  destination: { server?: string; name?: string; namespace?: string };
  automated: boolean;
  sync: { status: string; revision?: string };
  health: { status: string; message?: string };
  operation?: { phase: string; message?: string; finishedAt?: string };
  resources: {
    group?: string;
    kind: string;
    namespace?: string;
    name: string;
    sync?: string;
    health?: string;
  }[];
  images: string[];
  externalUrls: string[];
  /** Newest last, as Argo CD keeps it. */
  history: {
    id: number;
    revision: string;
    deployedAt: string;
    initiatedBy?: string;
  }[];
  conditions?: { type: string; message: string }[];
}

export interface ObservedArgoProject {
  instance: string;
  name: string;
  namespace: string;
  description?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  sourceRepos: string[];
  destinations: { server?: string; name?: string; namespace?: string }[];
}

export interface ObservedRepository {
  organization: string;
  name: string;
  /** GitHub's node id: stable over renames. */
  nodeId: string;
  url: string;
  description?: string;
  defaultBranch?: string;
  visibility: string;
  archived: boolean;
  fork: boolean;
  topics: string[];
  languages: string[];
  /** Rules of the first CODEOWNERS file found, in order, at most 200. */
  codeowners?: { pattern: string; owners: string[] }[];
  latestRelease?: { tag: string; publishedAt?: string; url: string };
  /** Rolled up check state of the default branch's head. */
  checks?: 'success' | 'failure' | 'pending' | 'error' | 'expected';
  hasCatalogInfo: boolean;
  hasAgentsMd: boolean;
}

export interface ObservedTeam {
  organization: string;
  slug: string;
  name: string;
  description?: string;
  parent?: string;
  url?: string;
  /** Direct members. */
  members: {
    login: string;
    name?: string;
    avatarUrl?: string;
    url?: string;
  }[];
}

/** A hand-written Component of the catalog, as far as it claims things of the estate. */
export interface ObservedClaim {
  entityRef: string;
  title?: string;
  owner?: string;
  lifecycle?: string;
  /** `backstage.io/managed-by-location`. */
  location: string;
  /** `backstage.io/managed-by-origin-location`. */
  originLocation: string;
  annotations: {
    kubernetesId?: string;
    argocdAppName?: string;
    githubSlug?: string;
  };
}
