import { SimulatedCluster, StoreOptions } from './SimulatedCluster';
import { updateManagedFields } from './fields/managedFields';
import {
  KubernetesMetadata,
  KubernetesObject,
  ObjectEvent,
  ResourceType,
  ResourceTypeName,
  WriteOptions,
} from './model';
import {
  apiVersionOf,
  builtInTypes,
  isCustomGroup,
  typeName,
} from './objects/builtInTypes';
import {
  allocateServiceAddress,
  applyDefaults,
  statusAtCreation,
} from './objects/defaults';
import { EventDelivery } from './objects/EventDelivery';
import { EventHistory, RecordedEvent } from './objects/EventHistory';
import { asList, at, cloneJson, deepFreeze, mergePatch } from './objects/json';
import { objectKey } from './objects/objectKeys';
import { inFieldOrder, sameState } from './objects/objectShape';
import { badRequest, expired, notFound } from './objects/StatusError';
import { OwnerIndex } from './objects/OwnerIndex';
import { loadedObject } from './objects/loadedObject';
import { apiTime, stampedMetadata } from './objects/stamp';
import { TypeStore } from './objects/TypeStore';
import { validateObject } from './objects/validation';

export type { SimulatedCluster, StoreOptions } from './SimulatedCluster';

/** Options of {@link createClusterState}. */
export interface ClusterStateOptions {
  name: string;
  now?: () => Date;
  /** How many events are kept for watches and chunked lists; 20,000 by default. */
  historyLimit?: number;
  /** API groups that this cluster does not serve, e.g. `gateway.networking.k8s.io`. */
  withoutGroups?: string[];
}

class InMemoryClusterState implements SimulatedCluster {
  readonly name: string;
  readonly #now: () => Date;
  readonly #history: EventHistory;
  readonly #types = new Map<ResourceTypeName, ResourceType>();
  readonly #stores = new Map<ResourceTypeName, TypeStore>();
  readonly #owners = new OwnerIndex();
  readonly #delivery = new EventDelivery();
  #resourceVersion = 0;
  #snapshot:
    { of: string; entries: readonly [string, KubernetesObject][] } | undefined;

  constructor(options: ClusterStateOptions) {
    this.name = options.name;
    this.#now = options.now ?? (() => new Date());
    this.#history = new EventHistory(options.historyLimit ?? 20_000);
    builtInTypes
      .filter(type => !options.withoutGroups?.includes(type.group))
      .forEach(type => this.installType(type));
    for (const name of [
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]) {
      this.apply(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
        { manager: 'kube-apiserver' },
      );
    }
  }

  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  get compactedResourceVersion(): number {
    return this.#history.compactedResourceVersion;
  }

  now(): Date {
    return this.#now();
  }

  compact(): void {
    this.#history.clear();
    this.#snapshot = undefined;
  }

  resourceTypes(): ResourceType[] {
    return [...this.#types.values()];
  }

  installType(type: ResourceType): void {
    const name = typeName(type);
    this.#types.set(name, type);
    if (!this.#stores.has(name)) this.#stores.set(name, new TypeStore());
  }

  typeOf(name: ResourceTypeName): ResourceType | undefined {
    return this.#types.get(name);
  }

  entryOf(type: ResourceType, name: string, namespace?: string) {
    return this.#storeOf(type).get(objectKey(name, namespace));
  }

  get(name: ResourceTypeName, object: string, namespace?: string) {
    return this.#storeOf(this.#type(name)).get(objectKey(object, namespace));
  }

  list(name: ResourceTypeName, namespace?: string): KubernetesObject[] {
    return this.#storeOf(this.#type(name))
      .entries(namespace)
      .map(([, object]) => object);
  }

  apply(object: KubernetesObject, options: WriteOptions): KubernetesObject {
    const type = this.#typeOfObject(object);
    const { name, namespace } = object.metadata;
    const live = this.#storeOf(type).get(objectKey(name, namespace));
    const merged = live
      ? (mergePatch(live, object) as KubernetesObject)
      : object;
    return this.store(type, merged, {
      ...options,
      ...(options.operation === 'Apply' ? { applied: object } : {}),
    });
  }

  updateStatus(
    name: ResourceTypeName,
    object: string,
    namespace: string | undefined,
    status: Record<string, unknown>,
  ): KubernetesObject {
    const type = this.#type(name);
    const live = this.get(name, object, namespace);
    if (!live) throw notFound(type, object);
    return this.store(
      type,
      { ...live, status: mergePatch(live.status, cloneJson(status)) },
      { manager: 'kube-controller-manager', subresource: 'status' },
    );
  }

  delete(name: ResourceTypeName, object: string, namespace?: string): boolean {
    return this.remove(this.#type(name), object, namespace) !== undefined;
  }

  subscribe(listener: (event: ObjectEvent) => void): () => void {
    return this.#delivery.subscribe(listener);
  }

  store(
    type: ResourceType,
    object: KubernetesObject,
    options: StoreOptions,
  ): KubernetesObject {
    const { name } = object.metadata;
    const namespace = type.namespaced ? object.metadata.namespace : undefined;
    if (type.namespaced && !namespace) {
      throw badRequest(
        `${type.kind} "${name}" needs metadata.namespace: ${typeName(
          type,
        )} are namespaced`,
      );
    }
    const key = objectKey(name, namespace);
    const live = this.#storeOf(type).get(key);
    const custom = isCustomGroup(type.group);
    const next = cloneJson(object);
    next.apiVersion = apiVersionOf(type);
    next.kind = type.kind;
    next.metadata = { ...next.metadata, name };
    if (namespace) next.metadata.namespace = namespace;
    else delete next.metadata.namespace;
    delete next.metadata.managedFields;
    applyDefaults(type, next);
    if (!live && !custom && type.subresources?.includes('status')) {
      next.status ??= statusAtCreation(type);
    }
    validateObject(type, next, live);

    const time = apiTime(this.#now());
    const managedFields = updateManagedFields({
      before: live,
      after: next,
      writer: {
        manager: options.manager,
        operation: options.operation ?? 'Update',
        subresource: options.subresource,
        apiVersion: apiVersionOf(type),
        time,
        applied: options.applied,
      },
      context: { kind: type.kind, custom },
    });
    if (type.kind === 'Service' && type.group === '') {
      allocateServiceAddress(next, live, this.#resourceVersion + 1);
    }
    const version = this.#resourceVersion + 1;
    next.metadata = stampedMetadata({
      cluster: this.name,
      type,
      next,
      live,
      version,
      time,
    });
    next.metadata.managedFields = managedFields;
    if (live && sameState(live, next)) return live;

    const result = inFieldOrder(next);
    if (options.dryRun) {
      if (live) {
        result.metadata.resourceVersion = live.metadata.resourceVersion;
      } else {
        delete result.metadata.resourceVersion;
      }
      return deepFreeze(result);
    }
    deepFreeze(result);
    this.#resourceVersion = version;
    this.#storeOf(type).set(key, result);
    this.#owners.update(type, live, result);
    this.#emit({
      type: live ? 'MODIFIED' : 'ADDED',
      resourceType: type,
      object: result,
      resourceVersion: version,
      key,
      previous: live,
    });
    return result;
  }

  load(objects: Iterable<KubernetesObject>, manager: string): void {
    const types = new Map<string, ResourceType>();
    const time = apiTime(this.#now());
    for (const object of objects) {
      const id = `${object.apiVersion} ${object.kind}`;
      const type = types.get(id) ?? this.#typeOfObject(object);
      types.set(id, type);
      const { name, namespace } = object.metadata;
      this.#resourceVersion++;
      const result = loadedObject(object, {
        cluster: this.name,
        type,
        manager,
        time,
        version: this.#resourceVersion,
      });
      this.#storeOf(type).set(objectKey(name, namespace), result);
      this.#owners.update(type, undefined, result);
    }
    // Nobody can list at or watch from a version that never was.
    this.#history.clear(this.#resourceVersion);
  }

  remove(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    options: { orphanDependents?: boolean } = {},
  ): KubernetesObject | undefined {
    const key = objectKey(name, namespace);
    const store = this.#storeOf(type);
    const live = store.get(key);
    if (!live) return undefined;
    if (type.kind === 'Namespace' && type.group === '') {
      this.#emptyNamespace(name);
    }
    store.delete(key);
    this.#owners.update(type, live, undefined);
    this.#resourceVersion++;
    const object = deepFreeze({
      ...live,
      metadata: {
        ...live.metadata,
        resourceVersion: String(this.#resourceVersion),
      },
    });
    this.#emit({
      type: 'DELETED',
      resourceType: type,
      object,
      resourceVersion: this.#resourceVersion,
      key,
      previous: live,
    });
    this.#collectDependents(live, options.orphanDependents ?? false);
    return object;
  }

  entriesAt(type: ResourceType, resourceVersion: number, namespace?: string) {
    if (resourceVersion === this.#resourceVersion) {
      return this.#storeOf(type).entries(namespace);
    }
    if (resourceVersion < this.compactedResourceVersion) {
      throw expired(
        `too old resource version: ${resourceVersion} (${this.compactedResourceVersion})`,
      );
    }
    const of = `${typeName(type)}@${resourceVersion}`;
    if (this.#snapshot?.of !== of) {
      const objects = new Map(this.#storeOf(type).entries());
      for (const event of this.eventsSince(type, resourceVersion).reverse()) {
        if (event.previous) objects.set(event.key, event.previous);
        else objects.delete(event.key);
      }
      const entries = [...objects].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#snapshot = { of, entries };
    }
    const { entries } = this.#snapshot;
    return namespace
      ? entries.filter(([key]) => key.startsWith(`${namespace}/`))
      : entries;
  }

  eventsSince(type: ResourceType, resourceVersion: number): RecordedEvent[] {
    const name = typeName(type);
    return this.#history
      .since(resourceVersion)
      .filter(event => typeName(event.resourceType) === name);
  }

  #type(name: ResourceTypeName): ResourceType {
    const type = this.#types.get(name);
    if (!type) {
      throw badRequest(
        `cluster ${this.name} has no type ${name}: install it with installType`,
      );
    }
    return type;
  }

  #typeOfObject(object: KubernetesObject): ResourceType {
    for (const type of this.#types.values()) {
      if (
        type.kind === object.kind &&
        apiVersionOf(type) === object.apiVersion
      ) {
        return type;
      }
    }
    throw badRequest(
      `cluster ${this.name} has no type for ${object.apiVersion} ${object.kind}: install it with installType`,
    );
  }

  #storeOf(type: ResourceType): TypeStore {
    return this.#stores.get(typeName(type)) as TypeStore;
  }

  #collectDependents(owner: KubernetesObject, orphan: boolean): void {
    const uid = owner.metadata.uid as string;
    for (const dependent of this.#owners.dependentsOf(uid)) {
      const { type, name, namespace } = dependent;
      const object = this.#storeOf(type).get(objectKey(name, namespace));
      if (!object) continue;
      const left = asList(object.metadata.ownerReferences).filter(
        reference => at(reference, 'uid') !== uid,
      );
      if (left.length === 0 && !orphan) {
        this.remove(type, name, namespace);
      } else {
        const { ownerReferences, ...metadata } = object.metadata;
        this.store(
          type,
          {
            ...object,
            metadata: {
              ...metadata,
              ...(left.length > 0 ? { ownerReferences: left } : {}),
            } as KubernetesMetadata,
          },
          { manager: 'kube-controller-manager' },
        );
      }
    }
  }

  #emptyNamespace(namespace: string): void {
    for (const type of this.#types.values()) {
      if (!type.namespaced) continue;
      for (const [, object] of this.#storeOf(type).entries(namespace)) {
        this.remove(type, object.metadata.name, namespace);
      }
    }
  }

  #emit(event: RecordedEvent): void {
    this.#history.add(event);
    this.#delivery.deliver(event);
  }
}

/**
 * Creates the in-memory state of one simulated cluster: the built-in types and
 * the four namespaces that every cluster has.
 *
 * Objects handed out are frozen: change a copy and write it back.
 */
export function createClusterState(
  options: ClusterStateOptions,
): SimulatedCluster {
  return new InMemoryClusterState(options);
}
