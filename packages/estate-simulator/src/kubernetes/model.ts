/** A Kubernetes object as the API server keeps it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: KubernetesMetadata;
  [field: string]: unknown;
}

/** Object metadata, the fields that the simulator knows by name. */
export interface KubernetesMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
  [field: string]: unknown;
}

/** One entry of `metadata.ownerReferences`. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** One entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: Record<string, unknown>;
  subresource?: string;
}

/** One served resource type, as discovery reports it. */
export interface ResourceType {
  /** API group; the core group is the empty string. */
  group: string;
  version: string;
  /** Plural, e.g. `deployments`. */
  resource: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  categories?: string[];
  subresources?: ('status' | 'scale')[];
}

/** `resource.group`, the core group without a dot: `deployments.apps`, `services`. */
export type ResourceTypeName = string;

/** Who writes, as `managedFields` will tell. */
export interface WriteOptions {
  manager: string;
  operation?: 'Apply' | 'Update';
  subresource?: string;
}

/** What a cluster's state reports to watchers, in order of resourceVersion. */
export interface ObjectEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resourceType: ResourceType;
  object: KubernetesObject;
  resourceVersion: number;
}

/**
 * One simulated cluster's state: what a seed fills, Argo CD syncs into, the
 * Kubernetes API serves and controllers (rollouts) drive.
 */
export interface ClusterState {
  readonly name: string;
  /** The types served; a seed installs custom ones with `installType`. */
  resourceTypes(): ResourceType[];
  installType(type: ResourceType): void;
  get(
    type: ResourceTypeName,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined;
  list(type: ResourceTypeName, namespace?: string): KubernetesObject[];
  /**
   * Creates the object, or merges it over the live one (JSON merge of the
   * given fields) as the manager named; nothing happens when nothing changes.
   */
  apply(object: KubernetesObject, options: WriteOptions): KubernetesObject;
  /** Merges a partial status without touching generation. */
  updateStatus(
    type: ResourceTypeName,
    name: string,
    namespace: string | undefined,
    status: Record<string, unknown>,
  ): KubernetesObject;
  /** Removes the object and what it owns; `false` when it was not there. */
  delete(type: ResourceTypeName, name: string, namespace?: string): boolean;
  /** Called synchronously with every event; returns the way to stop. */
  subscribe(listener: (event: ObjectEvent) => void): () => void;
}
