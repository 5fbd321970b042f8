import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { EntityRow } from '@causeway/backstage-plugin-causeway-common';
import { estateApiRef } from '../api';
import { isReference } from './isReference';

/** What is typed is looked for after a pause. */
const pauseMs = 250;

const mostFound = 20;

/** Something that was found, as far as one has to know it to choose. */
export type FoundTarget = Pick<EntityRow, 'ref' | 'type' | 'environment'>;

/**
 * Entities of these types that fit what is typed, of the estate as the reader
 * may see it; what was found before stays until then. A whole reference is
 * looked for no more.
 */
export function useTargetSearch(
  typed: string,
  types: readonly string[],
): FoundTarget[] {
  const api = useApi(estateApiRef);
  const text = typed.trim();
  const wanted = types.join();
  const [found, setFound] = useState<FoundTarget[]>([]);
  useEffect(() => {
    if (wanted === '' || isReference(text)) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(
      async () => {
        try {
          const { entities, shared } = await api.findEntities(
            { text, types: wanted.split(','), limit: mostFound },
            { signal },
          );
          if (!signal.aborted) {
            setFound(entities.map(row => ({ ...shared, ...row })));
          }
        } catch {
          // Suggestions are a help: what is meant can be typed all the same.
          if (!signal.aborted) {
            setFound([]);
          }
        }
      },
      text === '' ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, text, wanted]);
  return found;
}
