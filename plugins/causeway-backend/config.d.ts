import type { HumanDuration } from '@backstage/types';

export interface Config {
  causeway?: {
    estate?: {
      /** Catalog namespace of all ingested entities. Defaults to `default`. */
      entityNamespace?: string;

      /** The systems that are read. Addresses come from here and from nowhere else. */
      sources?: {
        kubernetes?: Array<{
          /** Id of the source and name of the cluster: lower-case letters, digits and dashes, unique among all sources. */
          id: string;
          title?: string;
          /** Environment of everything in this cluster (origin `platform`), e.g. `production`. */
          environment?: string;
          /** A context of a kubeconfig file. The file is relative to the working directory or absolute. */
          kubeconfig?: { file: string; context?: string };
          /** The service account of the pod that the backend runs in. */
          inCluster?: boolean;
          /** A cluster that Backstage's own `kubernetes.clusterLocatorMethods` names. */
          backstageCluster?: string;
          /** Address of the API server, together with `token` and `caData` or `caFile`. */
          url?: string;
          /** @visibility secret */
          token?: string;
          /** Base64 PEM bundle. */
          caData?: string;
          caFile?: string;
          namespaces?: {
            /** Only these; each becomes a partition scope of its own, so that namespaced rights are enough. */
            include?: string[];
            /** Defaults to kube-system, kube-public and kube-node-lease. */
            exclude?: string[];
          };
          /** Where people look at a workload; `{cluster}`, `{namespace}`, `{kind}` and `{name}` are filled in. */
          dashboardUrl?: string;
        }>;
        argocd?: Array<{
          /** Id of the source and name of the instance, as above. */
          id: string;
          title?: string;
          /** Address of the Argo CD server. */
          url: string;
          /** @visibility secret */
          token: string;
          /** Whether projects are written by the platform's owners only: then they decide ownership. Defaults to false. */
          projectsAreTrusted?: boolean;
          /** Which source each destination is, by server address or name. Names that equal a Kubernetes source's id need no entry. */
          destinations?: { [serverOrName: string]: string };
        }>;
        github?: Array<{
          /** Id of the source. Defaults to `github`. */
          id?: string;
          title?: string;
          /** A host of `integrations.github`. Defaults to github.com. */
          host?: string;
          organization: string;
          /** Whether teams and members become Groups and Users. Defaults to true; turn it off where another organization source is configured. */
          teams?: boolean;
        }>;
      };

      /** Ordered rules that give an environment (origin `platform`), tried before a cluster's own. */
      environments?: Array<{
        environment: string;
        /** Source id of a Kubernetes cluster; `*` stands for any run of characters. */
        cluster?: string;
        /** Namespace; `*` stands for any run of characters. */
        namespace?: string;
      }>;

      ownership?: {
        /** Ordered rules that decide the owner (origin `platform`). */
        rules?: Array<{
          /** Group reference; a bare name is a Group in the entity namespace. */
          owner: string;
          cluster?: string;
          namespace?: string;
          name?: string;
          /** Argo CD project. */
          project?: string;
          /** GitHub repository, `organization/name`. */
          repository?: string;
        }>;
        /** Owner where nothing else decides. */
        default?: string;
      };

      claims?: {
        /**
         * Locations (`type:target`, `*` stands for any run of characters) whose hand-written Components may claim things of the estate.
         * Locations of `catalog.locations` are always trusted; every other claim is contested: shown, without effect.
         */
        trustedLocations?: string[];
        /** How often hand-written Components are read again without a hint. Defaults to 30 seconds. */
        refresh?: HumanDuration;
      };

      /** How often every partition is listed completely, besides its watch. Defaults to 10 minutes. */
      completeList?: HumanDuration;
      /** How often sources without a watch are listed. Defaults to 60 seconds. */
      poll?: HumanDuration;

      guard?: {
        /** A snapshot that would remove more than this share of a partition is held until the next complete one confirms it. Defaults to 0.3. */
        removalShare?: number;
        /** Partitions with fewer objects are not guarded by share. Defaults to 5; an empty answer is always guarded. */
        minimumObjects?: number;
      };
    };
  };
}
