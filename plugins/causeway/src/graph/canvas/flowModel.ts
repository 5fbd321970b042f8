import { Position, type Edge, type Node } from '@xyflow/react';
import type {
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';
import { mostLabelledEdges, nodeSize } from '../layout/layoutInput';
import {
  labelPoint,
  roundedPath,
  type GraphLayout,
  type Point,
} from '../layout/layoutResult';
import { edgeId, type VisibleGraph } from '../model';

export type EntityFlowNode = Node<
  { node: GraphNode; isRoot: boolean; label: string; subtitle: string },
  'entity'
>;

export type RelationFlowEdge = Edge<
  {
    edge: GraphEdge;
    path: string;
    labelAt: Point;
    label: string;
    emphasis: 'none' | 'near' | 'selected';
    showsLabel: boolean;
  },
  'relation'
>;

/*
 * Sizes and ends of edges are given, so that React Flow need not put 500 nodes
 * into the document only to measure them.
 */
const handles = [
  {
    type: 'source' as const,
    position: Position.Right,
    x: nodeSize.width,
    y: nodeSize.height / 2,
    width: 1,
    height: 1,
  },
  {
    type: 'target' as const,
    position: Position.Left,
    x: 0,
    y: nodeSize.height / 2,
    width: 1,
    height: 1,
  },
];

/** Nodes in reading order: by layer, then from top to bottom. */
export function toFlowNodes(options: {
  graph: VisibleGraph;
  layout: GraphLayout;
  rootRef: string;
  labelOf: (node: GraphNode) => string;
  subtitleOf: (node: GraphNode) => string;
}): EntityFlowNode[] {
  const { graph, layout, rootRef, labelOf, subtitleOf } = options;
  return graph.nodes
    .flatMap<EntityFlowNode>(node => {
      const position = layout.nodes.get(node.entityRef);
      return position
        ? [
            {
              id: node.entityRef,
              type: 'entity',
              position,
              ...nodeSize,
              measured: nodeSize,
              handles,
              // A wrapper without a role must not describe one.
              domAttributes: { 'aria-roledescription': undefined },
              data: {
                node,
                isRoot: node.entityRef === rootRef,
                label: labelOf(node),
                subtitle: subtitleOf(node),
              },
            },
          ]
        : [];
    })
    .sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
}

/** Edges along ELK's routes. */
export function toFlowEdges(options: {
  graph: VisibleGraph;
  layout: GraphLayout;
  labelOf: (edge: GraphEdge) => string;
  showsLabels: boolean;
}): RelationFlowEdge[] {
  const { graph, layout, labelOf, showsLabels } = options;
  return graph.edges.flatMap<RelationFlowEdge>(edge => {
    const id = edgeId(edge);
    const points = layout.edges.get(id);
    return points?.length
      ? [
          {
            id,
            type: 'relation',
            source: edge.from,
            target: edge.to,
            data: {
              edge,
              path: roundedPath(points),
              labelAt: labelPoint(points),
              label: labelOf(edge),
              emphasis: 'none',
              showsLabel: showsLabels,
            },
          },
        ]
      : [];
  });
}

/**
 * Marks the selected edge and those of the selected node, with their names as
 * far as these fit. The others keep their identity, so that they are not drawn
 * again.
 */
export function emphasizeEdges(
  edges: RelationFlowEdge[],
  selected: { node?: string; edge?: string },
): RelationFlowEdge[] {
  const touches = (edge: RelationFlowEdge) =>
    edge.source === selected.node || edge.target === selected.node;
  const fitsLabels = edges.filter(touches).length <= mostLabelledEdges;
  return edges.map(edge => {
    const isNear = touches(edge);
    const isSelected = edge.id === selected.edge;
    if (!isSelected && !isNear) {
      return edge;
    }
    return {
      ...edge,
      zIndex: isSelected ? 2 : 1,
      data: {
        ...edge.data!,
        emphasis: isSelected ? 'selected' : 'near',
        showsLabel: isSelected || fitsLabels,
      },
    };
  });
}
