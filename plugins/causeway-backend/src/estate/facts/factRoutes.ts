import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Request, Router } from 'express';
import { CallerView } from '../access/CallerView';
import type { ChangeReader } from '../changes/ChangeReader';
import type { ReadSources } from '../status/estateStatus';
import { factCatalogue } from './catalogue';
import type { EstateReader } from '../entities/EstateReader';
import type { FactReader } from './FactReader';
import { readEntityFacts, readFactHistory } from './readEntityFacts';

/** What the routes of facts answer from. */
export interface FactRoutesOptions {
  facts: FactReader;
  reader: EstateReader;
  changes: ChangeReader;
  sources: ReadSources;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  now: () => number;
}

const entityPath = '/estate/entities/:kind/:namespace/:name';

/** The reference that a path names. */
export function pathEntityRef({ params }: Request): string {
  const { kind, namespace, name } = params;
  return stringifyEntityRef({ kind, namespace, name });
}

/** Tells which facts there are, the facts of an entity, and the history of one. */
export function addFactRoutes(
  router: Router,
  options: FactRoutesOptions,
): void {
  const { catalog, httpAuth, permissions } = options;

  router.get('/estate/facts', async (req, res) => {
    await httpAuth.credentials(req);
    res.json({ facts: factCatalogue });
  });

  router.get(`${entityPath}/facts`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const view = new CallerView(catalog, permissions, credentials);
    const ref = pathEntityRef(req);
    res.json(await readEntityFacts(ref, { ...options, view }));
  });

  router.get(`${entityPath}/facts/:fact/history`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const view = new CallerView(catalog, permissions, credentials);
    const ref = pathEntityRef(req);
    const { fact } = req.params;
    res.json(await readFactHistory(ref, fact, { ...options, view }));
  });
}
