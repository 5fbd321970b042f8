import { useEffect, useState } from 'react';
import type { VisibleGraph } from '../model';
import { layoutGraph } from './layoutEngine';
import type { GraphLayout } from './layoutResult';

/** The arrangement of a graph, as soon as there is one. */
export function useLayout(graph: VisibleGraph): {
  layout?: GraphLayout;
  error?: Error;
} {
  const [state, setState] = useState<{
    of?: VisibleGraph;
    layout?: GraphLayout;
    error?: Error;
  }>({});
  useEffect(() => {
    let active = true;
    layoutGraph(graph).then(
      layout => active && setState({ of: graph, layout }),
      error => active && setState({ of: graph, error }),
    );
    return () => {
      active = false;
    };
  }, [graph]);
  return state.of === graph ? state : {};
}
