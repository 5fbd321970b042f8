import { createHash } from 'node:crypto';
import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject, ResourceType } from '../model';
import {
  alreadyExists,
  invalid,
  methodNotAllowed,
  notFound,
} from '../objects/StatusError';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest, fieldManagerOf, isDryRun } from './ApiRequest';
import { installDefinedType } from './definedTypes';
import { parseObject } from './requestBody';

const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Five characters as the API server draws them, the same in every run. */
function nameSuffix(cluster: SimulatedCluster, prefix: string): string {
  const bytes = createHash('sha256')
    .update(`${cluster.name}/${prefix}/${cluster.resourceVersion}`)
    .digest();
  return [...bytes.subarray(0, 5)]
    .map(byte => suffixAlphabet[byte % suffixAlphabet.length])
    .join('');
}

/** @throws StatusError 404 when the namespace does not exist */
export function requireNamespace(
  cluster: SimulatedCluster,
  type: ResourceType,
  namespace: string | undefined,
): void {
  if (!type.namespaced || !namespace) return;
  if (!cluster.get('namespaces', namespace)) {
    throw notFound({ group: '', resource: 'namespaces' }, namespace);
  }
}

/** The object as a creator may set it: status belongs to its subresource. */
export function withoutStatus(
  type: ResourceType,
  object: KubernetesObject,
): KubernetesObject {
  if (!type.subresources?.includes('status')) return object;
  const { status, ...rest } = object;
  return rest as KubernetesObject;
}

/** Creates an object; 201 with its new state. */
export function createObject(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const { cluster } = context;
  if (request.name !== undefined) throw methodNotAllowed();
  const object = withoutStatus(type, parseObject(request, type));
  const { generateName } = object.metadata;
  if (!object.metadata.name) {
    if (typeof generateName !== 'string' || !generateName) {
      throw invalid(type, '', [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ]);
    }
    object.metadata.name = generateName + nameSuffix(cluster, generateName);
  }
  const { name, namespace } = object.metadata;
  requireNamespace(cluster, type, namespace);
  const at = type.namespaced ? namespace : undefined;
  if (cluster.entryOf(type, name, at)) throw alreadyExists(type, name);
  // Set by the server, whatever the client says.
  const { uid, resourceVersion, creationTimestamp, generation, ...metadata } =
    object.metadata;
  const dryRun = isDryRun(request.query.getAll('dryRun'));
  const body = cluster.store(
    type,
    { ...object, metadata: metadata as KubernetesObject['metadata'] },
    { manager: fieldManagerOf(request), dryRun },
  );
  if (!dryRun) installDefinedType(cluster, body);
  return { status: 201, body };
}
