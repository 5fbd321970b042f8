import { KubernetesObject, ResourceType } from '../model';
import { ApiRequest } from './ApiRequest';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';

/** What a list or watch is narrowed to. */
export interface ObjectFilter {
  /** Whether a selector narrows the collection. */
  selective: boolean;
  matches(object: KubernetesObject): boolean;
}

/**
 * Reads namespace, name and selectors of a list or watch.
 *
 * @throws StatusError 400 for a selector that cannot be read
 */
export function objectFilterOf(
  type: ResourceType,
  request: ApiRequest,
): ObjectFilter {
  const { query, namespace, name } = request;
  const labelText = query.get('labelSelector') ?? '';
  const fieldText = query.get('fieldSelector') ?? '';
  const labels = parseLabelSelector(labelText);
  const fields = parseFieldSelector(type, fieldText);
  return {
    selective: labelText !== '' || fieldText !== '',
    matches: object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      labels(object.metadata.labels ?? {}) &&
      fields(object),
  };
}

/** The name that a field selector pins, which access rules then look at. */
export function pinnedName(query: URLSearchParams): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(
    query.get('fieldSelector') ?? '',
  )?.[1];
}
