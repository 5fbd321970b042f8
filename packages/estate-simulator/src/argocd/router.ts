import express, { Request, Response, Router } from 'express';
import { CompanySeed } from '../seed/model';
import { ArgoAccess, authenticate, isAllowed } from './ArgoAccess';
import { ArgoController } from './ArgoController';
import { ArgoError } from './ArgoError';
import { maskFields } from './fieldMask';
import {
  ArgoRequest,
  canI,
  getApplication,
  getManagedResources,
  getResourceTree,
  getRevisionMetadata,
  listApplications,
  listClusters,
  listOf,
  oneOf,
  rollbackApplication,
  syncApplication,
  terminateOperation,
  userInfo,
  version,
} from './routes';
import { streamApplications } from './streamApplications';

/** Options of {@link createArgoApi}. */
export interface ArgoApiOptions {
  company: CompanySeed;
  controller: ArgoController;
  /** Looked at on every request: a token taken out is refused from then on. */
  accesses: readonly ArgoAccess[];
  now: () => Date;
}

/** Argo CD's REST API over one controller. */
export function createArgoApi(options: ArgoApiOptions): Router {
  const { company, controller, accesses, now } = options;
  const router = Router();
  router.use(express.json({ limit: '1mb' }));

  const answer =
    (
      handle: (request: ArgoRequest, res: Response) => unknown,
      needed?: { resource: string; action: string },
    ) =>
    (req: Request, res: Response) => {
      try {
        const access = authenticate(
          req.headers.authorization,
          req.headers.cookie,
          accesses,
        );
        if (needed && !isAllowed(access, needed.resource, needed.action)) {
          throw ArgoError.permissionDenied(
            `${needed.resource}, ${needed.action}, ${req.params.name ?? '*'}, sub: ${access.account}`,
          );
        }
        controller.settle();
        const body = handle(
          { company, controller, access, req, now: now() },
          res,
        );
        if (body !== undefined) {
          const { fields } = req.query;
          res.json(
            maskFields(body, typeof fields === 'string' ? fields : undefined),
          );
        }
      } catch (error) {
        sendError(res, error);
      }
    };
  const get = (resource: string) => ({ resource, action: 'get' });
  const sync = { resource: 'applications', action: 'sync' };
  const application = '/api/v1/applications/:name';

  router.get('/api/version', (_req, res) => res.json(version()));
  router.get('/api/v1/session/userinfo', answer(userInfo));
  router.get('/api/v1/account/can-i/:resource/:action/*', answer(canI));
  router.get(
    '/api/v1/applications',
    answer(listApplications, get('applications')),
  );
  router.get(
    '/api/v1/stream/applications',
    answer(
      (request, res) => streamApplications(request, res),
      get('applications'),
    ),
  );
  router.get(application, answer(getApplication, get('applications')));
  router.get(
    `${application}/resource-tree`,
    answer(getResourceTree, get('applications')),
  );
  router.get(
    `${application}/managed-resources`,
    answer(getManagedResources, get('applications')),
  );
  router.get(
    `${application}/revisions/:revision/metadata`,
    answer(getRevisionMetadata, get('applications')),
  );
  router.post(`${application}/sync`, answer(syncApplication, sync));
  router.post(`${application}/rollback`, answer(rollbackApplication, sync));
  router.delete(`${application}/operation`, answer(terminateOperation, sync));
  router.get(
    '/api/v1/projects',
    answer(listOf('appprojects'), get('projects')),
  );
  router.get(
    '/api/v1/projects/:name',
    answer(oneOf('appprojects'), get('projects')),
  );
  router.get(
    '/api/v1/applicationsets',
    answer(listOf('applicationsets'), get('applicationsets')),
  );
  router.get(
    '/api/v1/applicationsets/:name',
    answer(oneOf('applicationsets'), get('applicationsets')),
  );
  router.get('/api/v1/clusters', answer(listClusters, get('clusters')));
  router.use((_req, res) => {
    sendError(res, new ArgoError(5, 'Not Found'));
  });
  return router;
}

function sendError(res: Response, error: unknown): void {
  if (error instanceof ArgoError) {
    res.status(error.status).json(error.body);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    res.status(500).json({ error: message, code: 2, message });
  }
}
