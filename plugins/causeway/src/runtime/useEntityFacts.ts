import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  EntityChanges,
  EntityFacts,
} from '@causeway/backstage-plugin-causeway-common';
import { estateApiRef } from '../api';
import { useRefreshed, type Refreshed } from '../lib/useRefreshed';

const refreshMs = 30_000;

/** What is known of one entity, and what changed of it lately. */
export interface FactsAndChanges {
  facts: EntityFacts;
  changes: EntityChanges;
}

/** Facts and changes of one entity, kept current. */
export function useEntityFacts(entityRef: string): Refreshed<FactsAndChanges> {
  const api = useApi(estateApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [facts, changes] = await Promise.all([
        api.getFacts(entityRef, { signal }),
        api.getChanges(entityRef, { signal }),
      ]);
      return { facts, changes };
    },
    [api, entityRef],
  );
  return useRefreshed(load, refreshMs);
}
