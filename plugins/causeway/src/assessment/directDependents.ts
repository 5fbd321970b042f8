import type { EstateGraph } from '@causeway/backstage-plugin-causeway-common';
import type { VisibleGraph } from '../graph/model';

/** Relations by which trouble travels, against their direction: those that the gate counts by. */
const relations = ['dependsOn', 'exposes', 'uses', 'consumesApi'];

/** The part of a graph that needs its root, one hop away; the first `most` by name, and how many there are. */
export function directDependents(
  graph: EstateGraph,
  most: number,
): { shown: VisibleGraph; count: number } {
  const edges = graph.edges.filter(
    ({ from, to, type }) =>
      to === graph.rootRef && from !== to && relations.includes(type),
  );
  const needing = new Set(edges.map(({ from }) => from));
  const around = graph.nodes
    .filter(({ entityRef }) => needing.has(entityRef))
    .sort((a, b) => a.title.localeCompare(b.title));
  const nodes = [
    ...graph.nodes.filter(({ entityRef }) => entityRef === graph.rootRef),
    ...around.slice(0, most),
  ];
  const kept = new Set(nodes.map(({ entityRef }) => entityRef));
  return {
    shown: { nodes, edges: edges.filter(({ from }) => kept.has(from)) },
    count: around.length,
  };
}
