import { ResourceType } from '../model';
import { typeName } from './builtInTypes';

/** One entry of `details.causes` in a Kubernetes `Status`. */
export interface StatusCause {
  reason: string;
  message: string;
  field: string;
}

/** The `Status` object that the API server answers failures with. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

/** A failure as the Kubernetes API words it. */
export class StatusError extends Error {
  readonly status: Status & { code: number };

  constructor(options: {
    code: number;
    reason: string;
    message: string;
    details?: Status['details'];
    metadata?: Status['metadata'];
  }) {
    super(options.message);
    this.name = 'StatusError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: options.metadata ?? {},
      status: 'Failure',
      message: options.message,
      reason: options.reason,
      ...(options.details ? { details: options.details } : {}),
      code: options.code,
    };
  }
}

type Target = Pick<ResourceType, 'group' | 'resource'>;

function detailsOf(type: Target, name?: string): Status['details'] {
  return {
    ...(name ? { name } : {}),
    ...(type.group ? { group: type.group } : {}),
    kind: type.resource,
  };
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

export function unauthorized(): StatusError {
  return new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

export function forbidden(options: {
  type: Target;
  subresource?: string;
  name?: string;
  namespace?: string;
  user: string;
  verb: string;
}): StatusError {
  const { type, subresource, name, namespace, user, verb } = options;
  const resource = subresource
    ? `${type.resource}/${subresource}`
    : type.resource;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${typeName(type)}${
      name ? ` "${name}"` : ''
    } is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${
      type.group
    }" ${scope}`,
    details: detailsOf(type, name),
  });
}

export function notFound(type: Target, name: string): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${typeName(type)} "${name}" not found`,
    details: detailsOf(type, name),
  });
}

export function methodNotAllowed(): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export function alreadyExists(type: Target, name: string): StatusError {
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${typeName(type)} "${name}" already exists`,
    details: detailsOf(type, name),
  });
}

export function conflict(
  type: Target,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${typeName(
      type,
    )} "${name}": ${why}`,
    details: detailsOf(type, name),
  });
}

export function expired(
  message: string,
  metadata?: Status['metadata'],
): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message, metadata });
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  });
}

/** 422; with several causes the message lists them in brackets, as the API does. */
export function invalid(
  type: { group: string; kind: string },
  name: string,
  causes: StatusCause[],
): StatusError {
  const texts = causes.map(cause => `${cause.field}: ${cause.message}`);
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${type.group ? `${type.kind}.${type.group}` : type.kind} "${name}" is invalid: ${
      texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
    }`,
    details: {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.kind,
      causes,
    },
  });
}
