import { KubernetesObject, ResourceType } from '../model';
import { asList, asObject, at } from '../objects/json';
import { badRequest, invalid, methodNotAllowed } from '../objects/StatusError';
import { negativeCount } from '../objects/validation';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest } from './ApiRequest';
import { patchState } from './patchObject';
import { replaceLive, requireLive } from './replaceObject';
import { parseBody } from './requestBody';

function selectorText(object: KubernetesObject): string {
  const selector = at(object, 'spec', 'selector');
  const equal = Object.entries(asObject(at(selector, 'matchLabels'))).map(
    ([key, value]) => `${key}=${value}`,
  );
  const sets = asList(at(selector, 'matchExpressions')).map(expression => {
    const key = at(expression, 'key');
    const values = asList(at(expression, 'values')).join(',');
    switch (at(expression, 'operator')) {
      case 'In':
        return `${key} in (${values})`;
      case 'NotIn':
        return `${key} notin (${values})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return String(key);
    }
  });
  return [...equal, ...sets].join(',');
}

/** The `Scale` of an object. */
function scaleOf(object: KubernetesObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: at(object, 'spec', 'replicas') ?? 0 },
    status: {
      replicas: at(object, 'status', 'replicas') ?? 0,
      selector: selectorText(object),
    },
  };
}

/** Reads or changes how many replicas an object shall have. */
export function handleScale(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const live = requireLive(context, request, type);
  const { name } = live.metadata;
  const current = scaleOf(live);
  let wanted: unknown;
  switch (request.verb) {
    case 'get':
      return { status: 200, body: current };
    case 'update':
      wanted = parseBody(request);
      break;
    case 'patch':
      wanted = patchState(request, current, { kind: 'Scale', custom: false });
      break;
    default:
      throw methodNotAllowed();
  }
  if (at(wanted, 'metadata', 'name') !== name) {
    throw badRequest(
      `the name of the object (${at(
        wanted,
        'metadata',
        'name',
      )}) does not match the name on the URL (${name})`,
    );
  }
  const replicas = at(wanted, 'spec', 'replicas') ?? 0;
  const cause = negativeCount('spec.replicas', replicas);
  if (cause) {
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, name, [cause]);
  }
  const resourceVersion = at(wanted, 'metadata', 'resourceVersion');
  const { body } = replaceLive(context, request, type, live, {
    ...live,
    metadata: {
      ...live.metadata,
      resourceVersion: resourceVersion as string | undefined,
    },
    spec: { ...asObject(live.spec), replicas },
  });
  return { status: 200, body: scaleOf(body as KubernetesObject) };
}
