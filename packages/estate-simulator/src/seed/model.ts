import type { PlatformSeed } from './platform/model';

/** A team of the company; its slug is also the name of its Argo CD project. */
export interface TeamSeed {
  slug: string;
  name: string;
  description: string;
  parent?: string;
}

/** A person with a GitHub login. */
export interface PersonSeed {
  login: string;
  name: string;
  title: string;
  /** Slugs of the teams whose immediate member the person is. */
  teams: string[];
  /** Maintains the teams and owns the organization's settings. */
  admin?: boolean;
}

/** Somebody to sign in as while the portal runs on the simulated estate. */
export interface Persona {
  login: string;
  name: string;
  title: string;
  /** One sentence: who this is and what to try in this role. */
  description: string;
  /** Whom one is without choosing. */
  default?: true;
}

/** Stages on the way to production. */
export type Environment = 'development' | 'staging' | 'production';

/** Names of the clusters of the estate. */
export type ClusterName =
  'development' | 'staging' | 'production-eu' | 'production-us';

/** A cluster and the Argo CD that deploys to it. */
export interface ClusterSeed {
  name: ClusterName;
  environment: Environment;
  argocd: ArgoInstanceName;
  /** Part of the host names under which the cluster's services are reached. */
  domain: string;
}

/** Names of the Argo CD installations. */
export type ArgoInstanceName = 'argocd-nonprod' | 'argocd-prod';

/** An Argo CD installation. */
export interface ArgoInstanceSeed {
  name: ArgoInstanceName;
  /** The cluster in whose `namespace` it and its custom resources live. */
  cluster: ClusterName;
  namespace: string;
}

/** A namespace, the same in each of its clusters. */
export interface NamespaceSeed {
  name: string;
  clusters: ClusterName[];
  /** Team slug of the `causeway.dev/owner` annotation. */
  owner?: string;
}

/** How an address is written: each form occurs in real manifests. */
export type AddressForm =
  | 'url'
  | 'short-url'
  | 'local-url'
  | 'svc'
  | 'host-port'
  | 'local-host-port'
  | 'connection';

/** A call of a workload to a service or a datastore. */
export interface CallSeed {
  /** `namespace/name` of the Kubernetes Service. */
  to: string;
  form: AddressForm;
  /** Where the address stands: an environment variable ... */
  variable?: string;
  /** ... or a command line argument such as `--ledger`. */
  argument?: string;
}

/** One Deployment, StatefulSet, DaemonSet, CronJob or Rollout of a service. */
export interface WorkloadSeed {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Rollout';
  name: string;
  /** Path below the service's image, e.g. `/worker`. */
  imageSuffix?: string;
  /** Value of `app.kubernetes.io/component`. */
  role: string;
  /** TCP port; with one, the workload has a Kubernetes Service of its name. */
  port?: number;
  schedule?: string;
  calls?: CallSeed[];
  stores?: CallSeed[];
  /** Plain settings, to be left alone by every inference. */
  settings?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Names of Secrets whose keys become environment variables. */
  secrets?: string[];
  /** Replicas a cluster, where not the usual number of the environment. */
  replicas?: Partial<Record<ClusterName, number>>;
  autoscaled?: { min: number; max: number };
  disruptionBudget?: boolean;
}

/** A service, its code and the places where it runs. */
export interface ServiceSeed {
  /** The service's name: its Component. */
  name: string;
  about: string;
  team: string;
  /** Argo CD project, where it is not the team's. */
  project?: string;
  namespace: string;
  /** Repository of the organization with its code. */
  repository?: string;
  /** Image without path suffix and tag. */
  image: string;
  /** Version (the image's tag) a cluster. */
  versions: Partial<Record<ClusterName, string>>;
  workloads: WorkloadSeed[];
  /** Name in the host; the service's first workload is reached from outside. */
  exposedAs?: string;
  /** Gateways that it brings with it in production. */
  gateways?: string[];
  /** Folder of its manifests and stem of its applications' names; default: name. */
  application?: string;
  manualSync?: boolean;
  /** Replicas belong to the cluster, not to Git. */
  replicasLeftToCluster?: boolean;
  lifecycle?: 'deprecated';
  successor?: string;
  /** Age of its first workload; older services keep a contested name. */
  startedDaysAgo?: number;
}

/** A database, cache or queue in a cluster. */
export interface DatastoreSeed {
  name: string;
  about: string;
  team: string;
  namespace: string;
  engine: 'postgres' | 'redis' | 'rabbitmq' | 'mongo';
  version: string;
  clusters: ClusterName[];
  /** Folder and stem of the application that brings it. */
  application: string;
}

/** A repository of the GitHub organization. */
export interface RepositorySeed {
  name: string;
  description: string;
  /** Teams with their rights, the responsible one first. */
  team: string;
  language?: string;
  topics: string[];
  visibility: 'private' | 'internal' | 'public';
  /** Where CODEOWNERS lies; `false` when there is none. */
  codeowners: 'CODEOWNERS' | '.github/CODEOWNERS' | 'docs/CODEOWNERS' | false;
  release?: string;
  archived?: boolean;
  /** State of the last workflow run on the default branch. */
  workflow?: 'SUCCESS' | 'FAILURE' | 'PENDING';
  /** What guards the default branch; without it a classic rule where there is a CODEOWNERS. */
  protection?: 'classic' | 'ruleset' | 'both' | 'none';
  catalogInfo?: boolean;
  agentsFile?: boolean;
  /** Documentation that TechDocs can build: `mkdocs.yml` and `docs/`. */
  techdocs?: boolean;
  defaultBranch?: string;
}

/** A workload that somebody put into a cluster by hand. */
export interface UnmanagedWorkloadSeed {
  cluster: ClusterName;
  namespace: string;
  workload: WorkloadSeed;
  image: string;
  labels?: Record<string, string>;
  /** The service that it is an instance of. */
  service: string;
  startedDaysAgo: number;
}

/** A datastore that no application brings. */
export interface UnmanagedDatastoreSeed {
  cluster: ClusterName;
  namespace: string;
  name: string;
  image: string;
  port: number;
  startedDaysAgo: number;
}

/** A change made past Git, or a commit that nobody has synced yet. */
export type DriftSeed =
  | {
      what: 'image-edited' | 'replicas-scaled';
      cluster: ClusterName;
      namespace: string;
      workload: string;
      value: string | number;
      by: string;
    }
  | {
      /** A new version waits for somebody to let it go on. */
      what: 'canary-paused';
      cluster: ClusterName;
      namespace: string;
      workload: string;
    }
  | {
      what: 'commit-not-synced';
      service: string;
      cluster: ClusterName;
      version: string;
    }
  | {
      what: 'image-missing';
      cluster: ClusterName;
      image: string;
    };

/** A project of Kargo: the way of one service through its clusters. */
export interface KargoProjectSeed {
  /** Also its namespace. */
  name: string;
  /** Where Kargo runs. */
  cluster: ClusterName;
  /** `namespace/name` of the service that it delivers. */
  service: string;
  /** Clusters in the order in which a version reaches them; those of one step together. */
  steps: ClusterName[][];
}

/** Everything that the world is built from. */
export interface CompanySeed {
  name: string;
  organization: string;
  gitOpsRepository: string;
  teams: TeamSeed[];
  people: PersonSeed[];
  personas: Persona[];
  clusters: ClusterSeed[];
  argocd: ArgoInstanceSeed[];
  namespaces: NamespaceSeed[];
  services: ServiceSeed[];
  datastores: DatastoreSeed[];
  repositories: RepositorySeed[];
  kargo: KargoProjectSeed[];
  unmanaged: UnmanagedWorkloadSeed[];
  unmanagedDatastores: UnmanagedDatastoreSeed[];
  drifts: DriftSeed[];
  /** Crossplane, External Secrets, policies and agents; none of them when absent. */
  platform?: PlatformSeed;
}
