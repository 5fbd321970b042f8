import type { JsonObject, JsonValue } from '@backstage/types';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { parseQuantity } from '../../../estate/sources/kubernetes/reduce/quantity';
import { readPath } from '../shared/FieldPath';

/** Where a kind of workload is served. */
const served = {
  Deployment: { group: 'apps', version: 'v1', resource: 'deployments' },
  StatefulSet: { group: 'apps', version: 'v1', resource: 'statefulsets' },
  DaemonSet: { group: 'apps', version: 'v1', resource: 'daemonsets' },
  Rollout: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
} as const;

/** A kind of workload that operations work on. */
export type WorkloadKind = keyof typeof served;

export function isWorkloadKind(kind: string): kind is WorkloadKind {
  return Object.hasOwn(served, kind);
}

export function groupOf(kind: WorkloadKind): string {
  return served[kind].group;
}

export function apiVersionOf(kind: WorkloadKind): string {
  const { group, version } = served[kind];
  return `${group}/${version}`;
}

const encode = encodeURIComponent;

/** Path of a workload; names come from a cluster, and are encoded all the same. */
export function workloadPath(place: {
  kind: WorkloadKind;
  namespace: string;
  name: string;
}): string {
  const { group, version, resource } = served[place.kind];
  return `/apis/${group}/${version}/namespaces/${encode(place.namespace)}/${resource}/${encode(place.name)}`;
}

/** Path of a list of a namespace. */
export function listPath(api: string, namespace: string, resource: string) {
  return `/apis/${api}/namespaces/${encode(namespace)}/${resource}`;
}

export function uidOf(object: JsonRecord): string {
  return text(record(object.metadata)?.uid, 64) ?? '';
}

export function versionOf(object: JsonRecord): string {
  return text(record(object.metadata)?.resourceVersion, 128) ?? '';
}

export function annotationOf(
  object: JsonRecord,
  name: string,
): string | undefined {
  return text(readPath(object, ['metadata', 'annotations', name]), 512);
}

/** Pods that are asked for; the API server takes 1 where nothing is said. */
export function replicasOf(object: JsonRecord): number {
  return integer(record(object.spec)?.replicas) ?? 1;
}

/** Main containers of the pod template. */
export function containersOf(object: JsonRecord): readonly JsonRecord[] {
  return records(
    readPath(object, ['spec', 'template', 'spec', 'containers']),
    64,
  );
}

/** Names and resources of the containers, as they are written. */
export function resourcesOf(object: JsonRecord): JsonObject[] {
  return containersOf(object).map(({ name, resources }) => ({
    name: text(name, 63) ?? '',
    resources: (record(resources) ?? {}) as JsonObject,
  }));
}

/** What a container requests of something: its limit counts where it says nothing, as in Kubernetes. */
export function requestOf(
  container: JsonRecord,
  what: 'cpu' | 'memory',
): number | undefined {
  const resources = record(container.resources);
  return (
    parseQuantity(record(resources?.requests)?.[what]) ??
    parseQuantity(record(resources?.limits)?.[what])
  );
}

/** What one pod requests; `undefined` where a container says nothing. */
export function podRequestOf(
  containers: readonly JsonRecord[],
  what: 'cpu' | 'memory',
): number | undefined {
  let total = 0;
  for (const container of containers) {
    const own = requestOf(container, what);
    if (own === undefined) {
      return undefined;
    }
    total += own;
  }
  return containers.length ? Number(total.toPrecision(15)) : undefined;
}

/** A value of a foreign object as JSON, for plans and hashes; `undefined` where there is none. */
export function jsonOf(value: unknown): JsonValue | undefined {
  return value === undefined ? undefined : (value as JsonValue);
}
