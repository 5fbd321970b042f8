import type { GraphEdge } from '@causeway/backstage-plugin-causeway-common';
import type { Point } from './layout/layoutResult';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrowKey(key: string): key is ArrowKey {
  return /^Arrow(Left|Right|Up|Down)$/.test(key);
}

/**
 * The node that an arrow key leads to. Left and right follow relations to the
 * related node that lies nearest on that side; up and down go to the next node
 * of the same layer.
 */
export function neighbourOf(options: {
  from: string;
  key: ArrowKey;
  positions: Map<string, Point>;
  edges: GraphEdge[];
}): string | undefined {
  const { from, key, positions, edges } = options;
  const origin = positions.get(from);
  if (!origin) {
    return undefined;
  }
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  const candidates = sideways
    ? edges.flatMap(edge => {
        if (edge.from === from) {
          return [edge.to];
        }
        return edge.to === from ? [edge.from] : [];
      })
    : [...positions.keys()];

  let best: { ref: string; distance: number } | undefined;
  for (const ref of candidates) {
    const point = positions.get(ref);
    if (!point || ref === from) {
      continue;
    }
    const along = (sideways ? point.x - origin.x : point.y - origin.y) * sign;
    const across = Math.abs(sideways ? point.y - origin.y : point.x - origin.x);
    const isInLayer = sideways || across < 1;
    const distance = sideways ? across + along / 1000 : along;
    if (along > 0 && isInLayer && distance < (best?.distance ?? Infinity)) {
      best = { ref, distance };
    }
  }
  return best?.ref;
}
