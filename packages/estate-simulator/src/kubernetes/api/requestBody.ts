import { parse as parseYaml } from 'yaml';
import { KubernetesObject, ResourceType } from '../model';
import { apiVersionOf } from '../objects/builtInTypes';
import { isObject, JsonObject } from '../objects/json';
import { badRequest, unsupportedMediaType } from '../objects/StatusError';
import { ApiRequest } from './ApiRequest';

/** The media type of a request's body, without parameters. */
export function contentTypeOf(request: ApiRequest): string {
  return String(request.headers['content-type'] ?? 'application/json')
    .split(';')[0]
    .trim()
    .toLocaleLowerCase('en-US');
}

/**
 * Reads the body as JSON, or as YAML where its type says so.
 *
 * @throws StatusError 400 when it cannot be read, 415 for protobuf
 */
export function parseBody(request: ApiRequest): unknown {
  // Some of kubectl's commands send protobuf, which the simulator cannot read.
  if (contentTypeOf(request).includes('protobuf')) {
    throw unsupportedMediaType(['application/json', 'application/yaml']);
  }
  try {
    return contentTypeOf(request).endsWith('yaml')
      ? parseYaml(request.body, { maxAliasCount: 0 })
      : JSON.parse(request.body);
  } catch (error) {
    throw badRequest(
      `error decoding the request body: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}

/** @throws StatusError 400 when the value is no JSON object */
export function requireObject(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw badRequest('the request body must be a JSON object');
}

/**
 * Reads an object that is to be stored at the request's place.
 *
 * @throws StatusError 400 when kind, name or namespace do not fit the URL
 */
export function parseObject(
  request: ApiRequest,
  type: ResourceType,
): KubernetesObject {
  const body = requireObject(parseBody(request));
  return placedObject(request, type, body);
}

/** Puts a decoded body into its place: see {@link parseObject}. */
export function placedObject(
  request: ApiRequest,
  type: ResourceType,
  body: JsonObject,
): KubernetesObject {
  const expected = apiVersionOf(type);
  if (body.apiVersion !== expected || body.kind !== type.kind) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${type.kind}): got apiVersion ${JSON.stringify(
        body.apiVersion ?? '',
      )} and kind ${JSON.stringify(body.kind ?? '')}, want ${expected}`,
    );
  }
  const metadata = isObject(body.metadata) ? { ...body.metadata } : {};
  if (type.namespaced) {
    metadata.namespace ??= request.namespace;
    if (metadata.namespace !== request.namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
  }
  if (request.name !== undefined) {
    metadata.name ??= request.name;
    if (metadata.name !== request.name) {
      throw badRequest(
        `the name of the object (${metadata.name}) does not match the name on the URL (${request.name})`,
      );
    }
  }
  return { ...body, metadata } as KubernetesObject;
}
