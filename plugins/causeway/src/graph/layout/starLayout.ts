import { edgeId, type VisibleGraph } from '../model';
import { nodeSize } from './layoutInput';
import type { GraphLayout } from './layoutResult';

const gap = 14;
const indent = 44;

/**
 * A root and what leads to it, one below the other: narrow enough for a card.
 * Nothing has to be worked out for it.
 */
export function starLayout(graph: VisibleGraph, rootRef: string): GraphLayout {
  const around = graph.nodes
    .filter(({ entityRef }) => entityRef !== rootRef)
    .sort(
      (a, b) =>
        a.title.localeCompare(b.title) ||
        a.entityRef.localeCompare(b.entityRef),
    );
  const step = nodeSize.height + gap;
  const nodes = new Map([
    [rootRef, { x: 0, y: 0 }],
    ...around.map(
      ({ entityRef }, index) =>
        [entityRef, { x: indent, y: (index + 1) * step }] as const,
    ),
  ]);
  const trunk = indent / 2;
  return {
    nodes,
    edges: new Map(
      graph.edges.map(edge => {
        const y = nodes.get(edge.from)!.y + nodeSize.height / 2;
        return [
          edgeId(edge),
          [
            { x: indent, y },
            { x: trunk, y },
            { x: trunk, y: nodeSize.height },
          ],
        ];
      }),
    ),
    width: indent + nodeSize.width,
    height: around.length * step + nodeSize.height,
  };
}
