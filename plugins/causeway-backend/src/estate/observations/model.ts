import type { RelationType } from '@causeway/backstage-plugin-causeway-common';

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
  /** SHA-256 over the JSON text of `data`, hex. */
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
  GatewayClass: ObservedGatewayClass;
  ReferenceGrant: ObservedReferenceGrant;
  HorizontalPodAutoscaler: ObservedAutoscaler;
  PodDisruptionBudget: ObservedDisruptionBudget;
  NetworkPolicy: ObservedNetworkPolicy;
  CrossplaneDefinition: ObservedCrossplaneDefinition;
  CrossplaneResource: ObservedCrossplaneResource;
  SecretStore: ObservedSecretStore;
  ExternalSecret: ObservedExternalSecret;
  SealedSecret: ObservedSealedSecret;
  PolicyReport: ObservedPolicyReport;
  Agent: ObservedAgent;
  ToolServer: ObservedToolServer;
  ConfiguredObject: ObservedConfiguredObject;
  ArgoApplication: ObservedArgoApplication;
  ArgoProject: ObservedArgoProject;
  ArgoApplicationSet: ObservedArgoApplicationSet;
  KargoProject: ObservedKargoProject;
  KargoWarehouse: ObservedKargoWarehouse;
  KargoStage: ObservedKargoStage;
  KargoFreight: ObservedKargoFreight;
  KargoPromotion: ObservedKargoPromotion;
  Repository: ObservedRepository;
  RepositoryDelivery: ObservedRepositoryDelivery;
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

/** One condition of a status, without its times. */
export interface ObservedCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

export interface ObservedNamespace {
  meta: ObservedMetadata;
  phase?: string;
}

/** Deployment, StatefulSet, DaemonSet, CronJob or Rollout of Argo Rollouts. */
export interface ObservedWorkload {
  meta: ObservedMetadata;
  workloadKind:
    'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Rollout';
  replicas?: {
    desired: number;
    ready: number;
    updated: number;
    available: number;
  };
  /** Whether the controller has seen the newest generation. */
  current: boolean;
  containers: ObservedContainer[];
  podLabels: Record<string, string>;
  /** What looks like a host and port in environment values and arguments; nothing else of them. */
  references: ObservedReference[];
  /** Names of the Secrets that it uses; never what is in them. */
  secrets?: string[];
  conditions?: ObservedCondition[];
  schedule?: string;
  suspended?: boolean;
  /** For Rollouts: how far the change under way has come. */
  rollout?: ObservedRollout;
}

/** The state of a Rollout; `step` and `weight` only while a new version comes in. */
export interface ObservedRollout {
  strategy?: 'canary' | 'blueGreen';
  /** As its controller says: `Healthy`, `Paused`, `Progressing`, `Degraded`. */
  phase?: string;
  message?: string;
  paused: boolean;
  aborted: boolean;
  /** Steps of the canary that are done, and how many there are. */
  step?: number;
  steps?: number;
  /** Percent of the new version. */
  weight?: number;
  /** The workload whose pod template it uses, where it has none of its own. */
  templateOf?: { kind: string; name: string };
}

/** A main container of a workload's pods. */
export interface ObservedContainer {
  name: string;
  image: string;
  ports?: number[];
  /** Which probes it has; absent where they were not looked for. */
  probes?: ('liveness' | 'readiness' | 'startup')[];
  /** What it asks for and may use at most; absent where that was not looked for. */
  requests?: ObservedQuantities;
  limits?: ObservedQuantities;
}

/** Of a container; absent where none is set, or none that can be understood. */
export interface ObservedQuantities {
  /** Cores. */
  cpu?: number;
  /** Bytes. */
  memory?: number;
}

/** Which labels are meant: all of `labels` and all of `expressions`. */
export interface ObservedLabelSelector {
  labels?: Record<string, string>;
  expressions?: { key: string; operator: string; values: string[] }[];
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
  conditions?: ObservedCondition[];
}

/** A route of the Gateway API. */
export interface ObservedRoute {
  meta: ObservedMetadata;
  routeKind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute';
  hostnames: string[];
  parents: { name: string; namespace?: string; section?: string }[];
  backends: ObservedBackend[];
  accepted?: boolean;
  /** What its parents say of it, the worst of each type. */
  conditions?: ObservedCondition[];
}

export interface ObservedGatewayClass {
  meta: ObservedMetadata;
  controller: string;
  description?: string;
  conditions?: ObservedCondition[];
}

/** Which objects of other namespaces may point to which of its own. */
export interface ObservedReferenceGrant {
  meta: ObservedMetadata;
  from: { kind: string; namespace: string }[];
  /** Without a name: all of the kind. */
  to: { kind: string; name?: string }[];
}

export interface ObservedAutoscaler {
  meta: ObservedMetadata;
  target: { kind: string; name: string };
  min?: number;
  max: number;
}

export interface ObservedDisruptionBudget {
  meta: ObservedMetadata;
  /** Absent where it selects nothing; empty where it selects everything. */
  selector?: ObservedLabelSelector;
  minAvailable?: string;
  maxUnavailable?: string;
}

/** Whom a policy is for and what it is about; its rules are counted only. */
export interface ObservedNetworkPolicy {
  meta: ObservedMetadata;
  /** Labels of the pods it is for; absent for all of the namespace. */
  selector?: Record<string, string>;
  /** Whether the selector says more than its labels. */
  selectsByExpression: boolean;
  /** `Ingress`, `Egress`. */
  types: string[];
  ingressRules: number;
  egressRules: number;
}

/** Another object, as an object names it. */
export interface ObservedObjectReference {
  group: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** Crossplane's CompositeResourceDefinition. */
export interface ObservedCrossplaneDefinition {
  meta: ObservedMetadata;
  group: string;
  /** Kind of the composite resources. */
  kind: string;
  /** Kind of the claims, where there are any. */
  claimKind?: string;
  scope?: string;
  conditions?: ObservedCondition[];
}

/** A claim, a composite or a managed resource of Crossplane, of whatever kind. */
export interface ObservedCrossplaneResource {
  meta: ObservedMetadata;
  role: 'claim' | 'composite' | 'managed';
  group: string;
  kind: string;
  /** Name of the Composition. */
  composition?: string;
  /** Of a claim: its composite resource. */
  composite?: ObservedObjectReference;
  /** Of a composite resource: what it is composed of. */
  composed?: ObservedObjectReference[];
  /** Of a composite resource: its claim. */
  claim?: ObservedObjectReference;
  /** Name of the Secret with the connection's details; never what is in it. */
  secret?: { name: string; namespace?: string };
  /** Host under which it is reached, where its status tells one. */
  host?: string;
  /** Engine of a database, where it is given: `postgres`. */
  engine?: string;
  /** Name of the provider's configuration. */
  provider?: string;
  conditions?: ObservedCondition[];
}

/** SecretStore or ClusterSecretStore; neither addresses nor paths are kept. */
export interface ObservedSecretStore {
  meta: ObservedMetadata;
  storeKind: 'SecretStore' | 'ClusterSecretStore';
  /** Name of the provider: `vault`. */
  provider?: string;
  conditions?: ObservedCondition[];
}

/** ExternalSecret or ClusterExternalSecret; remote keys are not kept. */
export interface ObservedExternalSecret {
  meta: ObservedMetadata;
  secretKind: 'ExternalSecret' | 'ClusterExternalSecret';
  store?: { kind: string; name: string };
  /** Name of the Secret that it brings. */
  target?: string;
  /** How many keys and groups of keys it asks for. */
  keys: number;
  conditions?: ObservedCondition[];
}

/** SealedSecret; what it seals is not kept. */
export interface ObservedSealedSecret {
  meta: ObservedMetadata;
  target: string;
  keys: number;
  conditions?: ObservedCondition[];
}

/** PolicyReport or ClusterPolicyReport: counts, and what failed. */
export interface ObservedPolicyReport {
  meta: ObservedMetadata;
  summary: Record<'pass' | 'fail' | 'warn' | 'error' | 'skip', number>;
  /** At most 64. */
  failures: {
    policy: string;
    rule?: string;
    result: 'fail' | 'warn' | 'error';
    severity?: string;
    resource: {
      uid?: string;
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    };
  }[];
}

/** An agent of kagent; neither its prompt nor its environment is kept. */
export interface ObservedAgent {
  meta: ObservedMetadata;
  description?: string;
  /** `Declarative` or `BYO`. */
  agentType?: string;
  /** Name of the model configuration. */
  model?: string;
  /** Tool servers and other agents that it uses. */
  uses: ObservedObjectReference[];
  conditions?: ObservedCondition[];
}

/** RemoteMCPServer, MCPServer or ToolServer of kagent; neither headers nor arguments are kept. */
export interface ObservedToolServer {
  meta: ObservedMetadata;
  serverKind: 'RemoteMCPServer' | 'MCPServer' | 'ToolServer';
  description?: string;
  /** `sse`, `streamable-http`, `stdio`. */
  transport: string;
  /** Where it is reached; without user, query and fragment, and with a path inside clusters only. */
  address?: { scheme: string; host: string; port?: number; path?: string };
  /** Names of the tools that it offers, at most 64. */
  tools: string[];
  conditions?: ObservedCondition[];
}

/** An object of a kind that `causeway.estate.kinds` adds. */
export interface ObservedConfiguredObject {
  meta: ObservedMetadata;
  group: string;
  kind: string;
  /** As configured. */
  type?: string;
  /** As configured. */
  title?: string;
  /** As configured: a full entity reference. */
  owner?: string;
  /** What stands at the configured paths, by their names; texts of at most 253 characters. */
  fields?: Record<string, string | number | boolean>;
  /** What the configured references name, at most 64. */
  references?: (ObservedObjectReference & { relation: RelationType })[];
  conditions?: ObservedCondition[];
}

export interface ObservedArgoApplication {
  /**
   * Name of the Argo CD instance: the source's id. Empty for a custom resource:
   * the configuration says which instance it is of.
   */
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
  uid?: string;
  description?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  sourceRepos: string[];
  destinations: { server?: string; name?: string; namespace?: string }[];
}

export interface ObservedArgoApplicationSet {
  instance: string;
  name: string;
  namespace: string;
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Kinds of its generators: `list`, `git`, `clusters`. */
  generators: string[];
  /** Of its template; it may hold placeholders. */
  project?: string;
  conditions?: ObservedCondition[];
}

export interface ObservedKargoProject {
  meta: ObservedMetadata;
  conditions?: ObservedCondition[];
}

export interface ObservedKargoWarehouse {
  meta: ObservedMetadata;
  shard?: string;
  /** Where its artifacts come from: addresses without credentials. */
  subscriptions: { kind: 'git' | 'image' | 'chart'; address: string }[];
  conditions?: ObservedCondition[];
}

/** What a piece of freight consists of. */
export interface ObservedArtifacts {
  /** Name of the freight. */
  name: string;
  /** Warehouse that it comes from. */
  warehouse?: string;
  images: { address: string; tag?: string; digest?: string }[];
  commits: {
    address: string;
    id: string;
    branch?: string;
    tag?: string;
    /** First line of its message. */
    subject?: string;
  }[];
  charts: { address: string; name?: string; version?: string }[];
}

export interface ObservedKargoStage {
  meta: ObservedMetadata;
  shard?: string;
  /** What it asks for: freight of a warehouse, directly or once it passed other stages. */
  requests: { warehouse: string; direct: boolean; stages: string[] }[];
  /** Argo CD applications that its promotion steps update, as far as their names are plain. */
  applications: { name: string; namespace?: string }[];
  autoPromotion?: boolean;
  /** As Kargo sums it up: `Healthy`, `Unhealthy`, `Progressing`, `Unknown`, `NotApplicable`. */
  health?: string;
  issues?: string[];
  /** What is in it now, one piece a warehouse. */
  freight: ObservedArtifacts[];
  conditions?: ObservedCondition[];
}

export interface ObservedKargoFreight extends ObservedArtifacts {
  meta: ObservedMetadata;
  alias?: string;
}

export interface ObservedKargoPromotion {
  meta: ObservedMetadata;
  stage: string;
  /** Name of the freight. */
  freight: string;
  phase?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  /** Who asked for it, as Kargo notes it: `email:ada@example.com`, `api:admin`. */
  createdBy?: string;
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
  /** Of the last push to any branch. */
  pushedAt?: string;
  /** What guards the default branch; absent where GitHub does not tell us. */
  protection?: ObservedBranchProtection;
  hasCatalogInfo: boolean;
  hasAgentsMd: boolean;
  /** A README at the root. */
  hasReadme: boolean;
  /** `mkdocs.yml` or `mkdocs.yaml` at the root: what TechDocs builds from. */
  hasDocs: boolean;
}

/**
 * What guards a repository's default branch: its classic protection rule and
 * the active rulesets of repository and organization, taken together.
 */
export interface ObservedBranchProtection {
  /**
   * Whether we see all of it. Without administration rights GitHub answers as
   * if there were no classic rule: what is said here is then the least that
   * holds, and what is missing is unknown.
   */
  complete: boolean;
  /** Where it comes from; empty for a branch that nothing guards. At most 20. */
  rules: {
    type: 'branch-protection' | 'ruleset';
    /** The classic rule's pattern or the ruleset's name. */
    name: string;
  }[];
  /** Whether changes come by pull request only. */
  pullRequests: boolean;
  /** Approving reviews that a pull request needs. */
  approvals: number;
  codeOwnerReviews: boolean;
  /** Names of the checks that must pass, in order, at most 50. */
  statusChecks: string[];
  signatures: boolean;
  linearHistory: boolean;
  forcePushes: 'allowed' | 'blocked';
  deletion: 'allowed' | 'blocked';
  /** Whether administrators are held to the classic rule; absent without one, or where GitHub does not tell us. */
  administrators?: boolean;
}

/** What comes out of a repository and how: read apart from it, with other rights and less often. */
export interface ObservedRepositoryDelivery {
  organization: string;
  name: string;
  /** Whether anything at all protects the default branch: said without its details, also to those who may not see them. Absent where GitHub does not tell us. */
  defaultBranchProtected?: boolean;
  /** By name, at most 30; absent where GitHub does not tell us. */
  environments?: ObservedDeploymentEnvironment[];
  /** The latest run of each workflow on the default branch, by name, at most 30; absent where GitHub does not tell us. */
  workflows?: {
    name: string;
    /** GitHub's `queued`, `in_progress`, `completed`, ... */
    status: string;
    /** GitHub's `success`, `failure`, `cancelled`, ... once it is completed. */
    conclusion?: string;
    /** `push`, `schedule`, ... */
    event?: string;
    url?: string;
    startedAt?: string;
  }[];
  /** The newest ones, newest first, at most 5; no drafts. */
  releases: {
    tag: string;
    name?: string;
    publishedAt?: string;
    prerelease: boolean;
    url: string;
  }[];
}

/** A deployment environment of a repository. */
export interface ObservedDeploymentEnvironment {
  name: string;
  /** What a deployment has to pass; absent where GitHub does not tell us. */
  protection?: {
    /** People and teams of whom one has to approve. */
    reviewers: number;
    waitMinutes: number;
    /** Which branches may deploy. */
    branches: 'any' | 'protected' | 'selected';
  };
  /** The latest one. */
  deployment?: {
    /** Full SHA. */
    revision: string;
    /** Branch or tag. */
    ref?: string;
    /** GitHub's state in lower case: `success`, `failure`, `in_progress`, ... */
    state?: string;
    createdAt?: string;
    creator?: string;
  };
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
    /** `backstage.io/source-template`: the template that it was made with. */
    sourceTemplate?: string;
  };
}
