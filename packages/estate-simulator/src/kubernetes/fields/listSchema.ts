import { isObject } from '../objects/json';

/**
 * How the API merges the value of a field. The real server reads this from its
 * OpenAPI schema; here are the rules for the types that the simulator serves.
 */
export interface FieldSchemaContext {
  kind: string;
  /** Served from a CustomResourceDefinition. */
  custom: boolean;
}

/** Lists keyed by fields, lists that are sets, and lists replaced as a whole. */
export type ListType = { keys: string[] } | 'set' | 'atomic';

const keyedLists: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  conditions: ['type'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

const keyedListsOfKind: Record<string, Record<string, string[]>> = {
  ServiceAccount: { secrets: ['name'] },
  Gateway: { listeners: ['name'], conditions: ['type'] },
  GatewayClass: { conditions: ['type'] },
  ApplicationSet: {},
};

const atomicMaps = new Set([
  'selector',
  'nodeSelector',
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
]);

/** The list type of the field at a path (field names without list keys). */
export function listTypeOf(
  path: readonly string[],
  items: readonly unknown[],
  context: FieldSchemaContext,
): ListType {
  const field = path[path.length - 1];
  if (path.length === 2 && path[0] === 'metadata') {
    if (field === 'ownerReferences') return { keys: ['uid'] };
    if (field === 'finalizers') return 'set';
  }
  let keys = keyedListsOfKind[context.kind]?.[field];
  if (!keys && !context.custom) {
    keys = keyedLists[field];
    if (field === 'ports') {
      const inContainer = path[path.length - 2]?.endsWith('ontainers');
      if (inContainer) keys = ['containerPort', 'protocol'];
      else if (context.kind === 'Service') keys = ['port', 'protocol'];
    }
  }
  if (!keys) return 'atomic';
  const [first] = keys;
  return items.every(item => isObject(item) && item[first] !== undefined)
    ? { keys }
    : 'atomic';
}

/** Whether the map at a path is owned and replaced as a whole. */
export function isAtomicMap(
  path: readonly string[],
  context: FieldSchemaContext,
): boolean {
  return !context.custom && atomicMaps.has(path[path.length - 1]);
}

/** The value of a list key in an item, with the API's default for `protocol`. */
export function listKeyValue(item: unknown, key: string): unknown {
  const value = isObject(item) ? item[key] : undefined;
  return value ?? (key === 'protocol' ? 'TCP' : undefined);
}

/** An item's key as `managedFields` writes it: `k:{"name":"web"}`. */
export function listItemKey(item: unknown, keys: readonly string[]): string {
  const entries = [...keys]
    .sort()
    .map(key => [key, listKeyValue(item, key)] as const)
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(entries))}`;
}

const skeletonFields = new Set([
  'metadata',
  'spec',
  'status',
  'strategy',
  'updateStrategy',
  'template',
  'jobTemplate',
]);

/**
 * Whether a compiled type has this parent even when nothing is set in it, so
 * that nobody comes to own the parent itself.
 */
export function isSkeleton(
  path: readonly string[],
  context: FieldSchemaContext,
): boolean {
  if (path.length === 1 && path[0] === 'metadata') return true;
  if (context.custom) return false;
  const field = path[path.length - 1];
  if (field === 'containers') return true;
  return (
    skeletonFields.has(field) &&
    path.every(step => skeletonFields.has(step)) &&
    !(field === 'status' && path.length > 1)
  );
}
