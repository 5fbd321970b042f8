/** How a Kubernetes source finds its API server. */
export type ClusterAccess =
  | { type: 'kubeconfig'; file: string; context?: string }
  | { type: 'inCluster' }
  | {
      type: 'address';
      url: string;
      token?: string;
      caData?: string;
      caFile?: string;
      skipTLSVerify?: boolean;
    };

interface SourceConfigBase {
  id: string;
  title: string;
  /** Where it stands in the configuration, for messages. */
  key: string;
}

/** One cluster. */
export interface KubernetesSourceConfig extends SourceConfigBase {
  kind: 'kubernetes';
  environment?: string;
  access: ClusterAccess;
  /** Only these, each a scope of its own; all when absent. */
  includeNamespaces?: string[];
  excludeNamespaces: string[];
}

/** One Argo CD. */
export interface ArgocdSourceConfig extends SourceConfigBase {
  kind: 'argocd';
  url: string;
  token: string;
}

/** One GitHub organization. */
export interface GithubSourceConfig extends SourceConfigBase {
  kind: 'github';
  host: string;
  organization: string;
  teams: boolean;
}

/** A configured source. */
export type SourceConfig =
  KubernetesSourceConfig | ArgocdSourceConfig | GithubSourceConfig;

/** A source whose configuration cannot be used. */
export interface SourceFault {
  kind: SourceConfig['kind'];
  /** Absent where not even the id can be read or it belongs to another source. */
  id?: string;
  key: string;
  /** Names the key, what was expected and what to do. */
  message: string;
}
