import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityChanges } from '@causeway/backstage-plugin-causeway-common';
import type { Router } from 'express';
import { CallerView } from '../access/CallerView';
import { requireReadable } from '../access/requireReadable';
import { historySight } from '../access/historySight';
import type { EstateReader } from '../entities/EstateReader';
import type { ChangeReader } from './ChangeReader';
import { readVisibleChanges } from './readVisibleChanges';

/** What the route of changes answers from. */
export interface ChangeRoutesOptions {
  changes: ChangeReader;
  reader: EstateReader;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  now: () => number;
}

const defaultLimit = 50;

function toNumber(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** Tells what changed of an entity, newest first. */
export function addChangeRoutes(
  router: Router,
  { changes, reader, catalog, httpAuth, permissions, now }: ChangeRoutesOptions,
): void {
  const path = '/estate/entities/:kind/:namespace/:name/changes';
  router.get(path, async (req, res) => {
    const { kind, namespace, name } = req.params;
    const { since, until, limit, cursor, parts } = req.query;
    const credentials = await httpAuth.credentials(req);
    const view = new CallerView(catalog, permissions, credentials);
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    await requireReadable(entityRef, view);
    const context =
      String(parts) === 'true'
        ? (await reader.contexts([entityRef])).get(entityRef)
        : undefined;
    const page = await readVisibleChanges(
      changes,
      {
        refs: [entityRef, ...(context?.instanceRefs ?? [])],
        since: toNumber(since),
        until: toNumber(until),
        limit: toNumber(limit) ?? defaultLimit,
        cursor: cursor === undefined ? undefined : String(cursor),
      },
      historySight(view, reader),
    );
    const answer: EntityChanges = { entityRef, ...page, now: now() };
    res.json(answer);
  });
}
