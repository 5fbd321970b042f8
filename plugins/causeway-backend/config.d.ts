import type { HumanDuration } from '@backstage/types';

export interface Config {
  causeway?: {
    /** The gate: who gets through which door, and as whom it acts. */
    gate?: {
      /**
       * As whom approved requests are carried out, by the id of a source: apart from the credentials that read it. A source
       * without is only read.
       */
      credentials?: {
        kubernetes?: {
          /** Exactly one of four ways. The address always is that of the source: a kubeconfig that leads to another server is refused. */
          [sourceId: string]: {
            /** A context of a kubeconfig file. The file is relative to the working directory or absolute. */
            kubeconfig?: { file: string; context?: string };
            /** The service account of the pod that the backend runs in. */
            inCluster?: boolean;
            /** @visibility secret */
            token?: string;
            /** A file with a bearer token, read anew for each connection. */
            tokenFile?: string;
          };
        };
        argocd?: {
          [sourceId: string]: {
            /**
             * Of an account that may `sync` applications.
             * @visibility secret
             */
            token: string;
          };
        };
        github?: {
          /** Exactly one of token and app. The address always is that of the integration for the source's host. */
          [sourceId: string]: {
            /**
             * Of an account that may write contents and pull requests of the repositories below, and nothing else.
             * @visibility secret
             */
            token?: string;
            /** A GitHub App that is installed in the organization. */
            app?: {
              appId: number;
              /** @visibility secret */
              privateKey: string;
            };
            /** What the gate may do, repository by repository. Nothing by default, whatever the token may do. */
            repositories?: Array<{
              /** Name without the organization. */
              repository: string;
              /** Folders whose YAML files it may change by pull request; `/` for all of the repository. None by default. */
              paths?: string[];
              /** Names of files in `.github/workflows` that it may dispatch, such as `deploy.yaml`. None by default. */
              workflows?: string[];
            }>;
          };
        };
      };

      /** What computing costs, for the estimates that approvers see and limits are held against. Given together or not at all. */
      prices?: {
        /** Code of ISO 4217. Defaults to USD. */
        currency?: string;
        /** Of one vCPU for an hour. The shipped price is 0.0336. */
        vcpuHour: number;
        /** Of one GiB of memory for an hour. The shipped price is 0.0045. */
        gibHour: number;
      };

      /** Groups whose members may search, verify and export the audit trail, besides the permission `causeway.audit.read`. Nobody by default. */
      auditors?: string[];
      /**
       * Groups whose members may erase texts beside the audit trail, such as reasons, besides the permission
       * `causeway.audit.erase`. Nobody by default.
       */
      erasers?: string[];
      audit?: {
        /**
         * Where the trail ends is signed, and kept where whoever administers the database cannot write. Without it, nothing
         * outside of the database vouches for the trail.
         */
        anchors?: {
          /** The private key that signs (Ed25519, PEM): exactly one of two ways. */
          key: {
            /** The file is relative to the working directory or absolute, and readable by the portal alone. */
            file?: string;
            /** @visibility secret */
            pem?: string;
          };
          /** Files of public keys that signed before the key was changed. */
          publicKeys?: string[];
          /** Longest time between two checkpoints while there are new entries. Defaults to 5 minutes. */
          every?: HumanDuration;
          /** New entries that are signed without waiting for that. Defaults to 1,000. */
          entries?: number;
          /** A file on another volume, shared by all replicas, that checkpoints are appended to. A file or an endpoint is needed. */
          file?: string;
          /** Is told each checkpoint by POST, in order. */
          endpoint?: {
            /** HTTPS; HTTP on loopback only. */
            url: string;
            /**
             * Bearer token.
             * @visibility secret
             */
            token: string;
          };
        };
        /** How long texts beside the trail are kept; at least a day. Hashes stay, and the trail stays whole. For good by default. */
        retention?: HumanDuration;
      };
      /** Groups whose members may halt the gate or one agent, besides the permission `causeway.gate.halt`. Nobody by default. */
      halters?: string[];
      /** Groups whose members may reconcile requests and say that manual tasks are done, besides the permission `causeway.request.reconcile`. Nobody by default. */
      reconcilers?: string[];
      /**
       * Locations (`type:target`, `*` stands for any run of characters) whose Users and Groups count for votes, memberships and
       * doors of the gate, besides `catalog.locations` and the organizations that the estate reads: those of your organization
       * provider. Users and Groups from anywhere else belong to no group and have no members.
       */
      peopleFrom?: string[];
      /** Services that may ask over REST with a static token of their own. Every other static token only reads. */
      subjects?: Array<{
        /** The `subject` of its static token in `backend.auth.externalAccess`. */
        subject: string;
        /** Its name in requests, `subject:<name>`: lower-case letters, digits and dashes. */
        name: string;
        /** Names of the operations that it may ask for. */
        operations: string[];
        /** Environments (origin `platform`) of the targets that it may ask about. */
        environments: string[];
        /** Group or User that answers for it, and so never votes on what it asks. */
        accountable: string;
      }>;
      /** Agents that the platform knows. What such an agent may ask for is narrowed to what stands here; policy can tell registered agents from others. */
      agents?: Array<{
        /** `subject:<name>`, or `user:<namespace>/<name> via plugin:mcp-actions` for an agent that acts for a person. */
        key: string;
        /** Group or User that answers for it. */
        accountable: string;
        operations: string[];
        environments: string[];
      }>;
      /**
       * Operations that other plugins add and that may run without people where policy says so. All others of theirs always
       * wait for an approval: what an operation says of itself is a claim.
       */
      trustedOperations?: string[];
      /** Operations that get a registry action of their own, for templates and the CLI. The generic actions are always there. */
      actions?: string[];
      policy?: {
        /** Files of the policy, put together; relative to the working directory or absolute. Without any, people approve everything. */
        files?: string[];
        /** How often the files and the policy in force are looked at. Defaults to 5 seconds. */
        poll?: HumanDuration;
        /** How long a looser or older policy is announced before it holds. Defaults to 10 minutes in production and to nothing in development. */
        looseningDelay?: HumanDuration;
        /** How long one assessment may take before people review it as critical. Defaults to 500 milliseconds. */
        deadline?: HumanDuration;
      };
    };

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
          /** Address of the Argo CD server. It and the token may be left out where only its custom resources are read: see `runsIn`. */
          url?: string;
          /** @visibility secret */
          token?: string;
          /** Whether projects are written by the platform's owners only: then they decide ownership. Defaults to false. */
          projectsAreTrusted?: boolean;
          /** The cluster and namespace where it runs: its custom resources there and what its API tells are then one. */
          runsIn?: {
            /** Id of a Kubernetes source. */
            cluster: string;
            /** Defaults to `argocd`. */
            namespace?: string;
          };
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

      /**
       * More kinds of Kubernetes objects that become Resources. Of an object its metadata as far as Causeway keeps it
       * anywhere, its conditions and the fields named here are kept. A cluster that does not serve a kind is not asked for it.
       */
      kinds?: Array<{
        /** API group; the core group is the empty string. */
        group: string;
        /** Defaults to the version that the cluster prefers. */
        version?: string;
        /** Plural name, e.g. `featureflags`. Secrets and ConfigMaps are refused. */
        resource: string;
        /** Whether its objects live in namespaces. Defaults to true. */
        namespaced?: boolean;
        /** `spec.type` of the Resources. Defaults to the kind in words: `feature-flag` of `FeatureFlag`. */
        type?: string;
        /** What people call one of them. Defaults to the kind. */
        title?: string;
        /** Owner of all of them (origin `platform`), where no ownership rule says otherwise: a Group reference; a bare name is a Group in the entity namespace. */
        owner?: string;
        /** Whether `status.conditions` are shown and decide the health. Defaults to true. */
        conditions?: boolean;
        /** Scalar fields that are kept and shown: path below `spec` or `status` by name. */
        fields?: { [name: string]: string };
        /** References to other objects of the cluster that become relations. */
        relations?: Array<{
          /** A forward relation type, e.g. `dependsOn`. */
          type: string;
          /** Path below `spec` or `status` of a name, of an object with `name`, `kind`, `apiVersion`, `namespace`, or of a list of them. */
          path: string;
          /** Kind of what is named, where the reference does not say. */
          kind?: string;
          /** API group of what is named, where the reference does not say. */
          group?: string;
        }>;
      }>;

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

      /** What is kept of the past: changes, which are the history of facts too. */
      history?: {
        /** Defaults to 30 days. */
        keepFor?: HumanDuration;
        /** Most changes of the whole estate. Defaults to 100,000. */
        keepAtMost?: number;
        /** Most changes of one fact of one entity. Defaults to 50. */
        valuesPerFact?: number;
      };

      guard?: {
        /** A snapshot that would remove more than this share of a partition is held until the next complete one confirms it. Defaults to 0.3. */
        removalShare?: number;
        /** Partitions with fewer objects are not guarded by share. Defaults to 5; an empty answer is always guarded. */
        minimumObjects?: number;
        /** How long such a removal is held at least, however soon the next complete list comes. Defaults to 5 minutes. */
        confirmAfter?: HumanDuration;
      };
    };
  };
}
