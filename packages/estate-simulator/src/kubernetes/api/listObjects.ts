import { KubernetesObject, ResourceType } from '../model';
import { lowerBound } from '../objects/objectKeys';
import { badRequest, expired } from '../objects/StatusError';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest } from './ApiRequest';
import { ContinueToken, decodeContinue, encodeContinue } from './continueToken';
import { negotiate } from './mediaTypes';
import { objectFilterOf } from './objectFilter';
import { createPresenter } from './representations';
import { resourceVersionOf, tooLarge } from './resourceVersions';

const continueTooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** The snapshot that a list reads. */
function snapshotOf(
  context: ApiContext,
  query: URLSearchParams,
  token: ContinueToken | undefined,
): number {
  const { cluster } = context;
  const wanted = resourceVersionOf(query);
  if (token) {
    if (wanted) {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
    if (token.resourceVersion < 0) return cluster.resourceVersion;
    if (
      token.resourceVersion < cluster.compactedResourceVersion &&
      token.resourceVersion !== cluster.resourceVersion
    ) {
      throw expired(continueTooOld, {
        continue: encodeContinue({ ...token, resourceVersion: -1 }),
      });
    }
    return token.resourceVersion;
  }
  if (!wanted) return cluster.resourceVersion;
  if (wanted > cluster.resourceVersion) {
    throw tooLarge(wanted, cluster.resourceVersion);
  }
  if (query.get('resourceVersionMatch') !== 'Exact') {
    return cluster.resourceVersion;
  }
  if (wanted < cluster.compactedResourceVersion) {
    throw expired('The resourceVersion for the provided list is too old.');
  }
  return wanted;
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (!text) return Infinity;
  const limit = Number(text);
  if (!Number.isInteger(limit)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  // The watch cache answers "any version will do" with everything it has.
  if (query.get('resourceVersion') === '0') return Infinity;
  return limit > 0 ? limit : Infinity;
}

/**
 * Lists a collection, in chunks that all show the same snapshot.
 *
 * @throws StatusError 410 when the snapshot is gone, 400 for what cannot be read
 */
export function listObjects(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const { query, namespace } = request;
  const representation = negotiate(String(request.headers.accept ?? ''));
  const filter = objectFilterOf(type, request);
  const limit = limitOf(query);
  const continueText = query.get('continue');
  const token = continueText ? decodeContinue(continueText) : undefined;
  const resourceVersion = snapshotOf(context, query, token);

  const entries = context.cluster.entriesAt(type, resourceVersion, namespace);
  const prefix = namespace ? `${namespace}/` : '';
  let index = token
    ? lowerBound(entries, prefix + token.start, ([key]) => key)
    : 0;
  const items: KubernetesObject[] = [];
  let lastKey = '';
  for (; index < entries.length && items.length < limit; index++) {
    const [key, object] = entries[index];
    if (!filter.matches(object)) continue;
    items.push(object);
    lastKey = key;
  }
  const remaining = entries.length - index;
  const presenter = createPresenter({
    type,
    representation,
    query,
    now: context.cluster.now(),
  });
  return {
    status: 200,
    body: presenter.list(items, {
      resourceVersion: String(resourceVersion),
      ...(remaining > 0
        ? {
            continue: encodeContinue({
              resourceVersion,
              start: `${lastKey.slice(prefix.length)}\0`,
            }),
            ...(filter.selective ? {} : { remainingItemCount: remaining }),
          }
        : {}),
    }),
  };
}
