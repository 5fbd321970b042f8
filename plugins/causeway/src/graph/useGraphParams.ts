import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { GraphDirection } from '@causeway/backstage-plugin-causeway-common';

export type GraphView = 'graph' | 'table';

export const depths = [1, 2, 3, 4, 5] as const;
export const directions: readonly GraphDirection[] = [
  'both',
  'forward',
  'backward',
];

interface GraphParams {
  depth: number;
  direction: GraphDirection;
  view: GraphView;
}

const defaults: GraphParams = { depth: 1, direction: 'both', view: 'graph' };

/** What the address says of the graph; anything it cannot mean is ignored. */
export function parseGraphParams(search: URLSearchParams): GraphParams {
  const depth = Number(search.get('depth'));
  const direction = search.get('direction') as GraphDirection;
  return {
    depth: depths.some(known => known === depth) ? depth : defaults.depth,
    direction: directions.includes(direction) ? direction : defaults.direction,
    view: search.get('view') === 'table' ? 'table' : defaults.view,
  };
}

/** Depth, direction and view stand in the address, so that one can share them. */
export function useGraphParams() {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (params: Partial<GraphParams>) =>
      setSearch(
        previous => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(params)) {
            next.set(name, String(value));
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { ...parseGraphParams(search), set };
}
