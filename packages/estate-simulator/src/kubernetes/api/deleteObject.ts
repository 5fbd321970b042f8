import { KubernetesObject, ResourceType } from '../model';
import { apiTime } from '../objects/stamp';
import { asList, at } from '../objects/json';
import { conflict } from '../objects/StatusError';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest, isDryRun } from './ApiRequest';
import { objectFilterOf } from './objectFilter';
import { requireLive } from './replaceObject';
import { createPresenter } from './representations';
import { parseBody } from './requestBody';

interface DeleteOptions {
  orphanDependents: boolean;
  dryRun: boolean;
  uid?: unknown;
  resourceVersion?: unknown;
}

function deleteOptionsOf(request: ApiRequest): DeleteOptions {
  const body = request.body ? parseBody(request) : {};
  const policy =
    at(body, 'propagationPolicy') ?? request.query.get('propagationPolicy');
  return {
    orphanDependents:
      policy === 'Orphan' || at(body, 'orphanDependents') === true,
    dryRun: isDryRun([
      ...asList(at(body, 'dryRun')).map(String),
      ...request.query.getAll('dryRun'),
    ]),
    uid: at(body, 'preconditions', 'uid'),
    resourceVersion: at(body, 'preconditions', 'resourceVersion'),
  };
}

/** Deletes, or marks an object that finalizers hold; its state when it stays or is a Pod. */
function deleteOne(
  context: ApiContext,
  type: ResourceType,
  live: KubernetesObject,
  options: DeleteOptions,
): KubernetesObject | undefined {
  const { cluster } = context;
  const { name, namespace, finalizers } = live.metadata;
  if (asList(finalizers).length > 0) {
    const deletionTimestamp =
      live.metadata.deletionTimestamp ?? apiTime(cluster.now());
    return cluster.store(
      type,
      { ...live, metadata: { ...live.metadata, deletionTimestamp } },
      { manager: 'kube-apiserver', dryRun: options.dryRun },
    );
  }
  if (!options.dryRun) {
    cluster.remove(type, name, namespace, {
      orphanDependents: options.orphanDependents,
    });
  }
  return type.kind === 'Pod' ? live : undefined;
}

/** Deletes one object, under the preconditions that its options name. */
export function deleteObject(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const live = requireLive(context, request, type);
  const { name, uid, resourceVersion } = live.metadata;
  const options = deleteOptionsOf(request);
  for (const [what, wanted, actual] of [
    ['UID', options.uid, uid],
    ['ResourceVersion', options.resourceVersion, resourceVersion],
  ]) {
    if (wanted !== undefined && wanted !== actual) {
      throw conflict(
        type,
        name,
        `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${actual}`,
      );
    }
  }
  const left = deleteOne(context, type, live, options);
  return {
    status: 200,
    body: left ?? {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(type.group ? { group: type.group } : {}),
        kind: type.resource,
        uid,
      },
    },
  };
}

/** Deletes all objects that the selectors match; the list of them as they were. */
export function deleteCollection(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const { cluster } = context;
  const filter = objectFilterOf(type, request);
  const options = deleteOptionsOf(request);
  const objects = cluster
    .entriesAt(type, cluster.resourceVersion, request.namespace)
    .map(([, object]) => object)
    .filter(object => filter.matches(object));
  for (const object of objects) deleteOne(context, type, object, options);
  return {
    status: 200,
    body: createPresenter({
      type,
      representation: 'object',
      query: request.query,
      now: cluster.now(),
    }).list(objects, { resourceVersion: String(cluster.resourceVersion) }),
  };
}
