import { badRequest } from '../objects/StatusError';
import { AccessToken } from './access';

/** A request for a resource, parsed as the API server does. */
export interface ApiRequest {
  /** The verb of access rules: `get`, `list`, `watch`, `create`, ... */
  verb: string;
  group: string;
  version: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
  token: AccessToken;
}

const namespaceSubresources = new Set(['status', 'finalize']);

/** The parts of a resource's path. */
export type ResourcePath = Pick<
  ApiRequest,
  'group' | 'version' | 'resource' | 'subresource' | 'namespace' | 'name'
>;

/** Reads `/api/v1/...` and `/apis/<group>/<version>/...`; `undefined` for other paths. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const base =
    parts[0] === 'api'
      ? { group: '', version: parts[1], rest: parts.slice(2) }
      : { group: parts[1], version: parts[2], rest: parts.slice(3) };
  if (parts[0] !== 'api' && parts[0] !== 'apis') return undefined;
  const { group, version, rest } = base;
  if (version === undefined || rest.length === 0) return undefined;
  if (
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !namespaceSubresources.has(rest[2])
  ) {
    const [, namespace, resource, name, subresource] = rest;
    if (rest.length > 5) return undefined;
    return { group, version, namespace, resource, name, subresource };
  }
  if (rest.length > 3) return undefined;
  const [resource, name, subresource] = rest;
  return { group, version, resource, name, subresource };
}

/** Whether a boolean query parameter is set. */
export function isSet(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== 'false' && value !== '0';
}

/** The verb of a method on a collection or an object. */
export function verbOf(
  method: string,
  path: ResourcePath,
  query: URLSearchParams,
): string | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isSet(query, 'watch')) return 'watch';
      return path.name ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path.name ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** The field manager that a write names, or what its user agent is called. */
export function fieldManagerOf(request: ApiRequest): string {
  const named = request.query.get('fieldManager');
  if (named) return named;
  const agent = String(request.headers['user-agent'] ?? 'unknown');
  return agent.split('/')[0] || 'unknown';
}

/** @throws StatusError 400 for a dry run other than `All` */
export function isDryRun(values: string[]): boolean {
  if (values.length === 0) return false;
  if (values.every(value => value === 'All')) return true;
  throw badRequest(
    `Invalid value for dryRun: ${JSON.stringify(values)}: supported values: "All"`,
  );
}
