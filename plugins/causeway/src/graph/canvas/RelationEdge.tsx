import { memo } from 'react';
import type { EdgeProps } from '@xyflow/react';
import type { GraphEdge } from '@causeway/backstage-plugin-causeway-common';
import { useCanvas } from './CanvasContext';
import type { RelationFlowEdge } from './flowModel';

/** How sure one is of an edge, as a class that sets its line. */
export function certaintyOf(
  edge: GraphEdge,
): 'certain' | 'likely' | 'declared' {
  return edge.inferred?.confidence ?? 'declared';
}

/** Pointer access only: by keyboard, edges are reached from a node's details. */
function RelationEdgeBody({ id, data }: EdgeProps<RelationFlowEdge>) {
  const canvas = useCanvas();
  if (!data) {
    return null;
  }
  const { path, emphasis, labelAt, label, showsLabel, edge } = data;
  return (
    <g
      className={`relation ${certaintyOf(edge)} ${emphasis}`}
      onClick={() => canvas.openEdge(id)}
    >
      <path className="line" d={path} markerEnd="url(#relation-end)" />
      <path className="grip" d={path} />
      {showsLabel && (
        <text x={labelAt.x} y={labelAt.y - 5} textAnchor="middle">
          {label}
        </text>
      )}
    </g>
  );
}

export const RelationEdge = memo(RelationEdgeBody);
