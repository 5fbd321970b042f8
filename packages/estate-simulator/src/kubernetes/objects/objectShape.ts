import { KubernetesMetadata, KubernetesObject, ResourceType } from '../model';
import { asList, isObject, jsonEqual } from './json';

/** Whether objects of a type count the changes of their spec. */
export function hasGeneration(type: ResourceType): boolean {
  return !(
    type.group === '' ||
    type.kind === 'HorizontalPodAutoscaler' ||
    type.kind === 'ControllerRevision'
  );
}

function specOf(object: KubernetesObject) {
  const { apiVersion, kind, metadata, status, ...rest } = object;
  return rest;
}

/** Whether two states differ in metadata and status alone. */
export function sameSpec(a: KubernetesObject, b: KubernetesObject): boolean {
  return jsonEqual(specOf(a), specOf(b));
}

/** Whether a write would change nothing but its own time. */
export function sameState(a: KubernetesObject, b: KubernetesObject): boolean {
  const comparable = (object: KubernetesObject) => {
    const { resourceVersion, managedFields, ...metadata } = object.metadata;
    return {
      ...object,
      metadata: {
        ...metadata,
        managedFields: asList(managedFields).map(entry =>
          isObject(entry) ? { ...entry, time: undefined } : entry,
        ),
      },
    };
  };
  return jsonEqual(comparable(a), comparable(b));
}

const metadataOrder = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
];

/** Fields in the order in which the API server writes them. */
export function inFieldOrder(object: KubernetesObject): KubernetesObject {
  const { kind, apiVersion, metadata, spec, status, ...rest } = object;
  const { managedFields, ...others } = metadata;
  const ordered: Record<string, unknown> = {};
  for (const field of metadataOrder) {
    if (others[field] !== undefined) ordered[field] = others[field];
  }
  return {
    kind,
    apiVersion,
    metadata: {
      ...ordered,
      ...others,
      ...(managedFields?.length ? { managedFields } : {}),
    } as KubernetesMetadata,
    ...rest,
    ...(spec === undefined ? {} : { spec }),
    ...(status === undefined ? {} : { status }),
  };
}
