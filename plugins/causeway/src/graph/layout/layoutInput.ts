import type { ElkNode } from 'elkjs/lib/elk-api';
import { edgeId, type VisibleGraph } from '../model';

/** Size of a node on the canvas, in pixels. */
export const nodeSize = { width: 264, height: 52 };

/** More edges than this are drawn without their names until selected. */
export const mostLabelledEdges = 16;

/** Room that the name of a relation needs between two layers, in pixels. */
const labelWidth = 96;

/**
 * What ELK is asked: layers from left to right along the relations. The order
 * of nodes and edges is made independent of the order they arrived in, so that
 * the same graph always looks the same.
 */
export function layoutInput(graph: VisibleGraph): ElkNode {
  const labelled = graph.edges.length <= mostLabelledEdges;
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(
        labelled ? labelWidth + 32 : 72,
      ),
      'elk.layered.spacing.edgeNodeBetweenLayers': '20',
      'elk.spacing.nodeNode': '14',
      'elk.spacing.componentComponent': '48',
      // Fewer attempts at untangling where each one takes long.
      'elk.layered.thoroughness': graph.nodes.length > 150 ? '2' : '7',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    },
    children: [...graph.nodes]
      .sort((a, b) => a.entityRef.localeCompare(b.entityRef))
      .map(node => ({
        id: node.entityRef,
        ...nodeSize,
        ports: incomingTypes(graph, node.entityRef).map(type => ({
          id: portId(node.entityRef, type),
          layoutOptions: { 'elk.port.side': 'WEST' },
        })),
        layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
      })),
    edges: graph.edges
      .map(edge => ({
        id: edgeId(edge),
        sources: [edge.from],
        targets: [portId(edge.to, edge.type)],
      }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  };
}

/*
 * Relations of one type into one node end at one port, so that they join in
 * one trunk: a hub stays readable, and since they do not share where they
 * start, each line still leads to one node only.
 */
function portId(entityRef: string, type: string): string {
  return `${entityRef} < ${type}`;
}

function incomingTypes(graph: VisibleGraph, entityRef: string): string[] {
  const types = graph.edges.flatMap(({ to, type }) =>
    to === entityRef ? [type] : [],
  );
  return [...new Set(types)].sort();
}
