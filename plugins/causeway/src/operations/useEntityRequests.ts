import { useCallback, useMemo } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { gateApiRef } from '../api';
import { useEntityEstate } from '../runtime/useEntityEstate';
import { useRefreshed } from '../lib/useRefreshed';
import { useRequestSignals } from '../lib/useRequestSignals';
import { askTargets } from './askTargets';
import { listOpenFirst } from './listOpenFirst';

const pollMs = 15_000;

/** An address holds about so many references. */
const mostTargets = 40;

/** An entity's requests, those about its parts included, and what it can be asked for. */
export function useEntityRequests(entity: Entity, limit: number) {
  const api = useApi(gateApiRef);
  const estate = useEntityEstate(stringifyEntityRef(entity));
  const targets = useMemo(
    () => askTargets(entity, estate.value),
    [entity, estate.value],
  );
  const target = targets
    .slice(0, mostTargets)
    .map(({ entityRef }) => entityRef)
    .join(',');
  // Without its parts the answer would be about less: it waits for them.
  const isKnown = estate.value !== undefined || estate.error !== undefined;
  const load = useCallback(
    async (signal: AbortSignal) =>
      isKnown ? listOpenFirst(api, { target, limit }, { signal }) : undefined,
    [api, target, limit, isKnown],
  );
  const requests = useRefreshed(load, pollMs);
  useRequestSignals(requests.retry);

  const loadOperations = useCallback(
    (signal: AbortSignal) => api.listOperations({}, { signal }),
    [api],
  );
  const operations = useRefreshed(loadOperations);
  return { targets, target, requests, operations };
}
