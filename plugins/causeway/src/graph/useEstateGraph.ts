import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  EstateGraph,
  GraphDirection,
} from '@causeway/backstage-plugin-causeway-common';
import { estateApiRef } from '../api';
import { useRefreshed, type Refreshed } from '../lib/useRefreshed';

const limit = 500;

/**
 * The graph around an entity. It is not asked for again by itself: nodes that
 * move under one's eyes help nobody.
 */
export function useEstateGraph(
  entityRef: string,
  depth: number,
  direction: GraphDirection,
): Refreshed<EstateGraph> {
  const api = useApi(estateApiRef);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getGraph({ entityRef, depth, direction, limit }, { signal }),
    [api, entityRef, depth, direction],
  );
  return useRefreshed(load);
}
