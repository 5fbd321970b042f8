import express, { Request, Response, Router } from 'express';
import { SimulatedCluster } from '../SimulatedCluster';
import { ResourceType } from '../model';
import {
  badRequest,
  methodNotAllowed,
  StatusError,
  unauthorized,
} from '../objects/StatusError';
import { systemTimers, Timers } from '../Timers';
import { AccessToken, authorize } from './access';
import { handleReview } from './accessReviews';
import {
  aggregatedDiscovery,
  aggregatedMediaType,
  wantsAggregated,
} from './aggregatedDiscovery';
import { ApiContext, ApiResponse } from './ApiContext';
import { ApiRequest, parseResourcePath, verbOf } from './ApiRequest';
import { createObject } from './createObject';
import { deleteCollection, deleteObject } from './deleteObject';
import { discover } from './discovery';
import { jsonText } from './jsonText';
import { listObjects } from './listObjects';
import { negotiate } from './mediaTypes';
import { pinnedName } from './objectFilter';
import { describeOpenApi } from './openApi';
import { patchObject } from './patchObject';
import { requireLive, updateObject } from './replaceObject';
import { createPresenter } from './representations';
import { handleScale } from './scaleSubresource';
import { watchObjects } from './watchObjects';

/** Options of {@link createKubernetesApi}. */
export interface KubernetesApiOptions {
  cluster: SimulatedCluster;
  /** Looked at on every request: a token taken out is refused from then on. */
  tokens: AccessToken[];
  timers?: Timers;
  /** Between two bookmarks of a watch that asked for them; a minute by default. */
  bookmarkIntervalMs?: number;
}

const bodyLimitBytes = 3 * 1024 * 1024;

function getObject(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  const presenter = createPresenter({
    type,
    representation: negotiate(String(request.headers.accept ?? '')),
    query: request.query,
    now: context.cluster.now(),
  });
  return {
    status: 200,
    body: presenter.one(requireLive(context, request, type)),
  };
}

function handleResource(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
): ApiResponse {
  if (request.subresource === 'scale') {
    return handleScale(context, request, type);
  }
  switch (request.verb) {
    case 'list':
      return listObjects(context, request, type);
    case 'get':
      return getObject(context, request, type);
    case 'create':
      return createObject(context, request, type);
    case 'update':
      return updateObject(context, request, type);
    case 'patch':
      return patchObject(context, request, type);
    case 'delete':
      return deleteObject(context, request, type);
    case 'deletecollection':
      return deleteCollection(context, request, type);
    default:
      throw methodNotAllowed();
  }
}

function authenticate(req: Request, tokens: AccessToken[]): AccessToken {
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const token = tokens.find(candidate => candidate.token === bearer);
  if (!token) throw unauthorized();
  return token;
}

function servedType(
  cluster: SimulatedCluster,
  request: ApiRequest,
): ResourceType | undefined {
  const type = cluster.typeOf(
    request.group ? `${request.resource}.${request.group}` : request.resource,
  );
  if (!type || type.version !== request.version) return undefined;
  const { subresource, namespace, name } = request;
  if (
    subresource !== undefined &&
    !type.subresources?.some(served => served === subresource)
  ) {
    return undefined;
  }
  if (namespace !== undefined && !type.namespaced) return undefined;
  // Objects of namespaced types are not found without their namespace.
  return type.namespaced && name !== undefined && namespace === undefined
    ? undefined
    : type;
}

function sendJson(
  res: Response,
  status: number,
  body: unknown,
  mediaType = 'application/json',
): void {
  res.status(status);
  res.setHeader('Content-Type', mediaType);
  res.setHeader('Cache-Control', 'no-cache, private');
  res.end(`${jsonText(body)}\n`);
}

function sendMissing(res: Response): void {
  res.status(404);
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end('404 page not found\n');
}

function handle(
  context: ApiContext,
  tokens: AccessToken[],
  req: Request,
  res: Response,
): void {
  const { cluster } = context;
  if (/^\/(healthz|livez|readyz)$/.test(req.path)) {
    res.type('text/plain').send('ok');
    return;
  }
  const token = authenticate(req, tokens);
  const query = new URL(req.url, 'http://cluster').searchParams;
  let path;
  try {
    path = parseResourcePath(req.path);
  } catch {
    throw badRequest(`the path ${req.path} cannot be decoded`);
  }
  if (!path) {
    const aggregated =
      req.method === 'GET' && wantsAggregated(req.headers.accept ?? '')
        ? aggregatedDiscovery(cluster, req.path)
        : undefined;
    const document =
      req.method === 'GET'
        ? (aggregated ??
          discover(cluster, req.path) ??
          describeOpenApi(cluster, req.path))
        : undefined;
    if (aggregated) sendJson(res, 200, aggregated, aggregatedMediaType);
    else if (document) sendJson(res, 200, document);
    else sendMissing(res);
    return;
  }
  const verb = verbOf(req.method, path, query);
  if (!verb) throw methodNotAllowed();
  const request: ApiRequest = {
    ...path,
    verb,
    query,
    headers: req.headers,
    body: typeof req.body === 'string' ? req.body : '',
    token,
  };
  const review = handleReview(request);
  if (review) {
    sendJson(res, review.status, review.body);
    return;
  }
  authorize(token, {
    ...request,
    name: request.name ?? pinnedName(query),
    // A namespace itself is asked for within its own namespace.
    namespace:
      request.namespace ??
      (request.resource === 'namespaces' && request.group === ''
        ? request.name
        : undefined),
  });
  const type = servedType(cluster, request);
  if (!type) sendMissing(res);
  else if (verb === 'watch') watchObjects(context, request, type, res);
  else {
    const { status, body } = handleResource(context, request, type);
    sendJson(res, status, body);
  }
}

/**
 * The Kubernetes API of one simulated cluster, as a router that can be mounted
 * under any path: kubeconfig server addresses may have one.
 */
export function createKubernetesApi(options: KubernetesApiOptions): Router {
  const context: ApiContext = {
    cluster: options.cluster,
    timers: options.timers ?? systemTimers,
    bookmarkIntervalMs: options.bookmarkIntervalMs ?? 60_000,
  };
  const router = Router();
  router.use(express.text({ type: () => true, limit: bodyLimitBytes }));
  router.use((req, res) => handle(context, options.tokens, req, res));
  router.use(
    (
      error: Error & { type?: string },
      _req: Request,
      res: Response,
      next: (error: Error) => void,
    ) => {
      if (res.headersSent) next(error);
      else sendJson(res, ...failureOf(error));
    },
  );
  return router;
}

function failureOf(error: Error & { type?: string }): [number, unknown] {
  const known =
    error instanceof StatusError
      ? error
      : new StatusError(
          error.type === 'entity.too.large'
            ? {
                code: 413,
                reason: 'RequestEntityTooLarge',
                message: `Request entity too large: limit is ${bodyLimitBytes}`,
              }
            : {
                code: 500,
                reason: 'InternalError',
                message: `Internal error occurred: ${error.message}`,
              },
        );
  return [known.status.code, known.status];
}
