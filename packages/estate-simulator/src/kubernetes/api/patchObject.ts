import { applyPatch, JsonPatchError, Operation } from 'fast-json-patch';
import { FieldSchemaContext } from '../fields/listSchema';
import { serverSideApply } from '../fields/serverSideApply';
import { strategicMerge } from '../fields/strategicMerge';
import { KubernetesObject, ResourceType } from '../model';
import { isCustomGroup } from '../objects/builtInTypes';
import { cloneJson, mergePatch } from '../objects/json';
import {
  badRequest,
  invalid,
  notFound,
  StatusError,
  unsupportedMediaType,
} from '../objects/StatusError';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest, fieldManagerOf, isDryRun, isSet } from './ApiRequest';
import { requireNamespace, withoutStatus } from './createObject';
import { installDefinedType } from './definedTypes';
import { replaceLive, requireLive } from './replaceObject';
import {
  contentTypeOf,
  parseBody,
  placedObject,
  requireObject,
} from './requestBody';

const jsonPatchType = 'application/json-patch+json';
const mergePatchType = 'application/merge-patch+json';
const strategicType = 'application/strategic-merge-patch+json';
const applyType = 'application/apply-patch+yaml';

/**
 * Applies a patch of one of the three client-side kinds to a state.
 *
 * @throws StatusError 415 for another type, 422 for a JSON patch that does not fit
 */
export function patchState(
  request: ApiRequest,
  state: unknown,
  context: FieldSchemaContext,
): unknown {
  const contentType = contentTypeOf(request);
  const accepted = [
    jsonPatchType,
    mergePatchType,
    ...(context.custom ? [] : [strategicType]),
    applyType,
  ];
  if (!accepted.includes(contentType) || contentType === applyType) {
    throw unsupportedMediaType(accepted);
  }
  const patch = parseBody(request);
  if (contentType === mergePatchType) {
    return mergePatch(state, requireObject(patch));
  }
  if (contentType === strategicType) {
    return strategicMerge(state, requireObject(patch), context);
  }
  if (!Array.isArray(patch)) {
    throw badRequest('error decoding patch: a JSON patch must be an array');
  }
  try {
    return applyPatch(cloneJson(state), patch as Operation[], true).newDocument;
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw new StatusError({
      code: 422,
      reason: 'Invalid',
      message: `the server rejected our request due to an error in our request: ${
        error.message.split('\n')[0]
      }`,
      details: {},
    });
  }
}

function applyConfiguration(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
  schema: FieldSchemaContext,
): ApiResponse {
  const { cluster } = context;
  if (!request.query.get('fieldManager')) {
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: is required for apply patch',
        field: 'fieldManager',
      },
    ]);
  }
  const manager = fieldManagerOf(request);
  const config = placedObject(request, type, requireObject(parseBody(request)));
  if (config.metadata.managedFields?.length) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const live = cluster.entryOf(type, config.metadata.name, request.namespace);
  if (!live) {
    if (request.subresource) throw notFound(type, config.metadata.name);
    requireNamespace(cluster, type, request.namespace);
    const dryRun = isDryRun(request.query.getAll('dryRun'));
    const body = cluster.store(type, withoutStatus(type, config), {
      manager,
      operation: 'Apply',
      applied: config,
      dryRun,
    });
    if (!dryRun) installDefinedType(cluster, body);
    return { status: 201, body };
  }
  const { resourceVersion } = config.metadata;
  const merged = serverSideApply({
    live,
    config,
    manager,
    subresource: request.subresource,
    force: isSet(request.query, 'force'),
    context: schema,
  });
  const wanted = {
    ...merged,
    metadata: {
      ...merged.metadata,
      resourceVersion: resourceVersion ?? live.metadata.resourceVersion,
    },
  };
  return replaceLive(context, request, type, live, wanted, {
    operation: 'Apply',
    applied: config,
  });
}

/** Patches an object with any of the four patch types. */
export function patchObject(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const schema = { kind: type.kind, custom: isCustomGroup(type.group) };
  if (contentTypeOf(request) === applyType) {
    return applyConfiguration(context, request, type, schema);
  }
  const live = requireLive(context, request, type);
  const patched = requireObject(patchState(request, live, schema));
  const wanted = placedObject(request, type, patched) as KubernetesObject;
  return replaceLive(context, request, type, live, wanted);
}
