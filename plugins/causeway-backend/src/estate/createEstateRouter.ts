import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  estateStatusReadPermission,
  type GraphDirection,
} from '@causeway/backstage-plugin-causeway-common';
import type { Request, Router } from 'express';
import { CallerView } from './access/CallerView';
import type { ChangeReader } from './changes/ChangeReader';
import { addChangeRoutes } from './changes/changeRoutes';
import { readEntityEstate } from './context/readEntityEstate';
import type { EstateReader } from './entities/EstateReader';
import { addFactRoutes } from './facts/factRoutes';
import type { FactReader } from './facts/FactReader';
import { createFeedHandler } from './feed/feedHandler';
import type { FeedReader } from './feed/FeedReader';
import { readGraph } from './graph/readGraph';
import { estateOpenApi } from './openapi';
import type { Ask } from './questions/createQuestions';
import { addQuestionRoutes } from './questions/questionRoutes';
import { readEstateStatus, type ReadSources } from './status/estateStatus';

/** What the routes answer from. */
export interface EstateRouterOptions {
  reader: EstateReader;
  feed: FeedReader;
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  ask: Ask;
  facts: FactReader;
  changes: ChangeReader;
  now?: () => number;
}

function toEntityRef(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `The query parameter entityRef must be an entity reference such as component:default/payment-api, but is '${text}'`,
    );
  }
}

/** The query, whose parameters the document lets stand once each. */
function textQuery(req: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(req.query).map(([name, value]) => [name, String(value)]),
  );
}

/** The estate's routes, `/estate/...`, below the plugin's own path. */
export async function createEstateRouter(
  options: EstateRouterOptions,
): Promise<Router> {
  const { httpAuth, permissions, now = Date.now } = options;
  const read = { ...options, now };
  const feed = createFeedHandler(options);
  // Requests are checked against the document before a handler sees them. Its
  // types are left behind: the answers are the interfaces of the common package.
  const router = (await createValidatedOpenApiRouter(estateOpenApi)) as Router;

  router.get('/estate/status', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const [decision] = await permissions.authorize(
      [{ permission: estateStatusReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The state of the estate asks for the permission ${estateStatusReadPermission.name}`,
      );
    }
    res.json(await readEstateStatus(read));
  });

  router.get('/estate/entities/:kind/:namespace/:name', async (req, res) => {
    const { kind, namespace, name } = req.params;
    const credentials = await httpAuth.credentials(req);
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    res.json(
      await readEntityEstate(
        entityRef,
        new CallerView(options.catalog, permissions, credentials),
        read,
      ),
    );
  });

  router.get('/estate/graph', async (req, res) => {
    const { entityRef, depth, direction, limit } = textQuery(req);
    const rootRef = toEntityRef(entityRef ?? '');
    const credentials = await httpAuth.credentials(req);
    res.json(
      await readGraph(
        {
          rootRef,
          depth: Number(depth ?? 2),
          direction: (direction ?? 'both') as GraphDirection,
          limit: Number(limit ?? 500),
        },
        {
          ...read,
          view: new CallerView(options.catalog, permissions, credentials),
        },
      ),
    );
  });

  addQuestionRoutes(router, options);
  addFactRoutes(router, read);
  addChangeRoutes(router, read);

  router.get('/estate/feed', async (req, res) => {
    const { epoch, cursor, limit } = textQuery(req);
    res.json(
      await feed(req, {
        epoch,
        cursor,
        limit: limit === undefined ? undefined : Number(limit),
      }),
    );
  });

  return router;
}
