import type { ClusterName } from '../model';

/** What is wrong with something that a controller brings about. */
export interface FailureSeed {
  reason: string;
  message: string;
}

/** A kind that a CompositeResourceDefinition defines. */
export interface DefinitionSeed {
  /** Kind and plural of the composite resource. */
  kind: string;
  plural: string;
  /** With them it is a definition of version 1, whose instances are claimed. */
  claim?: { kind: string; plural: string };
  /** The managed resources that its Composition makes of one instance. */
  composes: ComposedSeed[];
}

/** A managed resource of a provider. */
export interface ComposedSeed {
  group: string;
  kind: string;
  plural: string;
  /** Ending of its name. */
  suffix: string;
  /** With it the resource has a host to connect to. */
  endpoint?: boolean;
}

/** One instance of a definition: a claim, or a composite resource in a namespace. */
export interface InstanceSeed {
  definition: string;
  name: string;
  namespace: string;
  clusters: ClusterName[];
  /** Name of the Secret with the connection's details. */
  connectionSecret?: string;
  /** Where it is not as it should be, and why. */
  failures?: Partial<Record<ClusterName, FailureSeed>>;
  /** Conditions besides those of Crossplane, as a Composition's function sets them. */
  conditions?: { type: string; status: string; reason: string }[];
}

/** Crossplane with what a company defines and claims. */
export interface CrossplaneSeed {
  clusters: ClusterName[];
  group: string;
  definitions: DefinitionSeed[];
  instances: InstanceSeed[];
}

/** Where External Secrets come from. */
export interface SecretStoreSeed {
  name: string;
  /** With one it serves that namespace only. */
  namespace?: string;
  provider: string;
  clusters: ClusterName[];
  failure?: FailureSeed;
}

/** An ExternalSecret and the Secret that it brings. */
export interface ExternalSecretSeed {
  name: string;
  namespace: string;
  /** Name of the Secret, where not its own. */
  target?: string;
  store: string;
  keys: string[];
  clusters: ClusterName[];
  failures?: Partial<Record<ClusterName, FailureSeed>>;
  /** Name of the ClusterExternalSecret that spreads it. */
  spreadBy?: string;
}

/** A SealedSecret; its Secret has its name. */
export interface SealedSecretSeed {
  name: string;
  namespace: string;
  keys: string[];
  clusters: ClusterName[];
}

/** All that brings Secrets into the clusters. */
export interface SecretsSeed {
  stores: SecretStoreSeed[];
  external: ExternalSecretSeed[];
  sealed: SealedSecretSeed[];
}

/** One result of a policy that something fails. */
export interface PolicyResultSeed {
  cluster: ClusterName;
  /** Group, kind, namespace and name of what fails it. */
  type: string;
  namespace: string;
  name: string;
  policy: string;
  rule: string;
  result: 'fail' | 'warn';
  severity: 'critical' | 'high' | 'medium' | 'low';
}

/** Something that serves tools to agents. */
export interface ToolServerSeed {
  kind: 'RemoteMCPServer' | 'MCPServer' | 'ToolServer';
  name: string;
  description: string;
  /** Of a remote one. */
  url?: string;
  tools: string[];
  clusters: ClusterName[];
  failure?: FailureSeed;
}

/** An agent of kagent. */
export interface AgentSeed {
  name: string;
  namespace: string;
  description: string;
  model: string;
  /** Names of tool servers in the namespace of kagent. */
  tools: string[];
  /** `namespace/name` of other agents that it asks. */
  agents?: string[];
  clusters: ClusterName[];
  failure?: FailureSeed;
}

/** kagent with its agents. */
export interface KagentSeed {
  namespace: string;
  owner: string;
  toolServers: ToolServerSeed[];
  agents: AgentSeed[];
}

/** What the platform adds to Kubernetes itself. */
export interface PlatformSeed {
  crossplane: CrossplaneSeed;
  secrets: SecretsSeed;
  kagent: KagentSeed;
  policyResults: PolicyResultSeed[];
}
