import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
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
  /** Absent while nobody chose one. */
  view?: GraphView;
}

const defaults = { depth: 1, direction: 'both' } as const;
const views: readonly GraphView[] = ['graph', 'table'];

/** What the address says of the graph; anything it cannot mean is ignored. */
export function parseGraphParams(search: URLSearchParams): GraphParams {
  const depth = Number(search.get('depth'));
  const direction = search.get('direction') as GraphDirection;
  const view = search.get('view') as GraphView;
  return {
    depth: depths.some(known => known === depth) ? depth : defaults.depth,
    direction: directions.includes(direction) ? direction : defaults.direction,
    view: views.includes(view) ? view : undefined,
  };
}

/**
 * Depth, direction and view stand in the address, so that one can share them.
 * Until a view is chosen it is the one that suits the width of the screen.
 */
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
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const { view = isNarrow ? 'table' : 'graph', ...params } =
    parseGraphParams(search);
  return { ...params, view, set };
}
