import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import type { ErrorRequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { AuthorizedGate } from './AuthorizedGate';
import type { SubjectConfig } from './config/GateConfig';
import { causewayOpenApi, gateOpenApi } from './openapi/causewayOpenApi';
import { identifyCaller } from './principals/identifyCaller';
import { addAuditRoutes } from './routes/auditRoutes';
import { addGateRoutes } from './routes/gateRoutes';
import { guardBody, readBody } from './routes/guardBody';
import { addHaltRoutes } from './routes/haltRoutes';
import { addOperationRoutes } from './routes/operationRoutes';
import { addRequestChangeRoutes } from './routes/requestChangeRoutes';
import { addRequestRoutes } from './routes/requestRoutes';
import type { RouteContext } from './routes/RouteContext';
import { AdmissionRefused } from './agents/AdmissionRefused';
import { toCallerError } from './toCallerError';

/** What the routes answer from. */
export interface GovernanceRouterOptions {
  gate: AuthorizedGate;
  httpAuth: HttpAuthService;
  subjects: readonly SubjectConfig[];
  /** Holds answers against the document too; for tests. */
  validateResponses?: boolean;
}

/** First parts of the gate's paths. */
const roots = [
  '/gate',
  '/operations',
  '/requests',
  '/policy',
  '/audit',
  '/halt',
];

const toldToCaller: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof AdmissionRefused && error.retryAfter !== undefined) {
    res.set('retry-after', String(error.retryAfter));
  }
  next(toCallerError(error));
};

/**
 * The gate's routes, below the plugin's own path. Mount it before the estate's:
 * it serves the OpenAPI document of both.
 */
export async function createGovernanceRouter(
  options: GovernanceRouterOptions,
): Promise<Router> {
  const { gate, httpAuth, subjects, validateResponses = false } = options;
  const router = PromiseRouter();
  router.get('/openapi.json', async (req, res) => {
    res.json(
      causewayOpenApi(req.originalUrl.replace(/\/openapi\.json.*$/, '')),
    );
  });
  router.use(roots, readBody, guardBody);

  const validated = createValidatedOpenApiRouter(gateOpenApi as never, {
    // The body has been read and guarded.
    middleware: [(_req, _res, next) => next()],
    validatorOptions: { validateResponses },
  }) as unknown as Router;
  const context: RouteContext = {
    gate,
    async call(req) {
      const credentials = await httpAuth.credentials(req);
      const { authorization } = req.headers;
      const caller = identifyCaller(credentials, {
        face: 'rest',
        subjects,
        authorization,
      });
      return { caller, credentials };
    },
  };
  addGateRoutes(validated, context);
  addOperationRoutes(validated, context);
  addRequestRoutes(validated, context);
  addRequestChangeRoutes(validated, context);
  addHaltRoutes(validated, context);
  addAuditRoutes(validated, context);
  validated.use(toldToCaller);
  router.use(validated);
  return router;
}
