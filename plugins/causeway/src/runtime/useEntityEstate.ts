import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { EntityEstate } from '@causeway/backstage-plugin-causeway-common';
import { estateApiRef } from '../api';
import { useRefreshed, type Refreshed } from '../lib/useRefreshed';

const refreshMs = 15_000;

/** What the estate knows of one entity, kept current. */
export function useEntityEstate(entityRef: string): Refreshed<EntityEstate> {
  const api = useApi(estateApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getEntity(entityRef, { signal }),
    [api, entityRef],
  );
  return useRefreshed(load, refreshMs);
}
