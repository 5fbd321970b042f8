import type {
  EstateGraph,
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';

/** What a graph can be filtered by. */
export type Facet = 'types' | 'relations' | 'environments' | 'owners';

/** Values that are not shown, by facet. An absent value is the empty string. */
export type HiddenValues = Record<Facet, string[]>;

/** Nodes and edges that are shown. */
export interface VisibleGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** Ownership is a filter of its own and would tie everything to one hub. */
export const hiddenAtFirst: HiddenValues = {
  types: [],
  relations: ['ownedBy'],
  environments: [],
  owners: [],
};

/** Stable id of an edge. */
export function edgeId(edge: GraphEdge): string {
  return `${edge.from} ${edge.type} ${edge.to}`;
}

/** What a node is: its `spec.type`, else its kind. */
export function nodeType(node: GraphNode): string {
  return node.type ?? node.kind.toLowerCase();
}

/** The values of each facet with how many nodes or edges carry them. */
export function facetValues(
  graph: EstateGraph,
): Record<Facet, Array<{ value: string; count: number }>> {
  const count = (values: string[]) => {
    const counts = new Map<string, number>();
    for (const value of values) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, n]) => ({ value, count: n }))
      .sort((a, b) => a.value.localeCompare(b.value));
  };
  return {
    types: count(graph.nodes.map(nodeType)),
    relations: count(graph.edges.map(({ type }) => type)),
    environments: count(graph.nodes.map(n => n.environment ?? '')),
    owners: count(graph.nodes.map(n => n.owner ?? '')),
  };
}

/**
 * Applies filters. Relations decide what is reached: a node that no shown
 * relation connects to the root goes. The other facets only decide what is
 * seen of that, so a match further out stays even when what led there is
 * hidden. The root always stays.
 */
export function filterGraph(
  graph: EstateGraph,
  hidden: HiddenValues,
): VisibleGraph {
  const edges = graph.edges.filter(
    ({ type }) => !hidden.relations.includes(type),
  );
  const reached = reachableFrom(graph.rootRef, edges);
  const nodes = graph.nodes.filter(
    node =>
      node.entityRef === graph.rootRef ||
      (reached.has(node.entityRef) &&
        !hidden.types.includes(nodeType(node)) &&
        !hidden.environments.includes(node.environment ?? '') &&
        !hidden.owners.includes(node.owner ?? '')),
  );
  const shown = new Set(nodes.map(({ entityRef }) => entityRef));
  return {
    nodes,
    edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
  };
}

function reachableFrom(rootRef: string, edges: GraphEdge[]): Set<string> {
  const neighbours = new Map<string, string[]>();
  const connect = (a: string, b: string) =>
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
  for (const { from, to } of edges) {
    connect(from, to);
    connect(to, from);
  }
  const reached = new Set([rootRef]);
  for (const ref of reached) {
    for (const next of neighbours.get(ref) ?? []) {
      reached.add(next);
    }
  }
  return reached;
}

/** Edges that start or end at a node, outgoing ones first. */
export function edgesOf(edges: GraphEdge[], entityRef: string): GraphEdge[] {
  return [
    ...edges.filter(({ from }) => from === entityRef),
    ...edges.filter(({ from, to }) => to === entityRef && from !== entityRef),
  ];
}
