import { StoreOptions } from '../SimulatedCluster';
import { KubernetesObject, ResourceType } from '../model';
import { conflict, notFound } from '../objects/StatusError';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest, fieldManagerOf, isDryRun } from './ApiRequest';
import { parseObject } from './requestBody';

/** @throws StatusError 404 when there is nothing at the request's place */
export function requireLive(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): KubernetesObject {
  const name = request.name as string;
  const live = context.cluster.entryOf(type, name, request.namespace);
  if (!live) throw notFound(type, name);
  return live;
}

/**
 * Stores the wanted state of an existing object, as far as the request's
 * subresource may touch it.
 *
 * @throws StatusError 409 when the wanted state was made from an older one
 */
export function replaceLive(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
  live: KubernetesObject,
  wanted: KubernetesObject,
  options: Partial<StoreOptions> = {},
): ApiResponse {
  const { cluster } = context;
  const { name } = live.metadata;
  const { resourceVersion, uid } = wanted.metadata;
  if (uid && uid !== live.metadata.uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) {
    throw conflict(type, name);
  }
  const kept = {
    creationTimestamp: live.metadata.creationTimestamp,
    deletionTimestamp: live.metadata.deletionTimestamp,
  };
  let next: KubernetesObject = {
    ...wanted,
    metadata: { ...wanted.metadata, ...kept },
  };
  if (request.subresource === 'status') {
    next = { ...live, status: wanted.status };
  } else if (type.subresources?.includes('status')) {
    next.status = live.status;
  }
  const dryRun = isDryRun(request.query.getAll('dryRun'));
  const body = cluster.store(type, next, {
    manager: fieldManagerOf(request),
    subresource: request.subresource,
    dryRun,
    ...options,
  });
  const released = body.metadata.deletionTimestamp && !body.metadata.finalizers;
  if (released && !dryRun) cluster.remove(type, name, request.namespace);
  return { status: 200, body };
}

/** Replaces an object (PUT). */
export function updateObject(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const wanted = parseObject(request, type);
  const live = requireLive(context, request, type);
  return replaceLive(context, request, type, live, wanted);
}
