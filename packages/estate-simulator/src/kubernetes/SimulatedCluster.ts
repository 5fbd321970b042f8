import {
  ClusterState,
  KubernetesObject,
  ResourceType,
  ResourceTypeName,
  WriteOptions,
} from './model';
import { RecordedEvent } from './objects/EventHistory';

/** How an object is stored: see {@link SimulatedCluster.store}. */
export interface StoreOptions extends WriteOptions {
  /** The configuration given to a server-side apply. */
  applied?: unknown;
  /** Answer as if, and keep nothing. */
  dryRun?: boolean;
}

/** A {@link ClusterState} with what the API and the controllers need beyond it. */
export interface SimulatedCluster extends ClusterState {
  /** The resourceVersion of the last write. */
  readonly resourceVersion: number;
  /** Lists and watches at or before this version answer 410, unless it is the current one. */
  readonly compactedResourceVersion: number;
  now(): Date;
  /** Forgets the event history, as etcd's compaction does. */
  compact(): void;
  typeOf(name: ResourceTypeName): ResourceType | undefined;
  /** Like `get`, by the type itself. */
  entryOf(
    type: ResourceType,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined;
  /** Stores the whole new state of an object, existing or not, as a client sent it. */
  store(
    type: ResourceType,
    object: KubernetesObject,
    options: StoreOptions,
  ): KubernetesObject;
  /**
   * Takes in many new objects at once, complete with their status, before
   * anybody looks: nothing is compared or checked, and no event tells of them.
   */
  load(objects: Iterable<KubernetesObject>, manager: string): void;
  /** Like `delete`; the last state, or `undefined` when it was not there. */
  remove(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    options?: { orphanDependents?: boolean },
  ): KubernetesObject | undefined;
  /** Keys and objects of a type as they were at a resourceVersion, in order. */
  entriesAt(
    type: ResourceType,
    resourceVersion: number,
    namespace?: string,
  ): readonly [key: string, object: KubernetesObject][];
  /** Events of a type after a resourceVersion, oldest first. */
  eventsSince(type: ResourceType, resourceVersion: number): RecordedEvent[];
}
