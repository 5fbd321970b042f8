import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { GraphDirection } from '@causeway/backstage-plugin-causeway-common';
import { directRelation, type DirectedRelation } from './relationDirections';

/** Reads entities in the order of the references; what the caller may not read is `undefined`. */
export type ReadEntities = (refs: string[]) => Promise<(Entity | undefined)[]>;

/** How a graph is walked. */
export interface TraverseRequest {
  rootRef: string;
  /** Hops from the root. */
  depth: number;
  direction: GraphDirection;
  /** Most nodes of the answer. */
  limit: number;
}

/** What a walk found. */
export interface Traversal {
  nodes: { ref: string; entity: Entity; depth: number }[];
  /** Relations between two nodes of the answer, each once. */
  edges: Pick<DirectedRelation, 'from' | 'type' | 'to'>[];
  truncated: boolean;
}

/** Most references of one call to the catalog. */
const pageSize = 1000;

/**
 * Teams and people are shown and not walked through, or everything that a team
 * owns would be two hops from anything that it owns.
 */
function isWalkedThrough(entity: Entity): boolean {
  return !['group', 'user'].includes(entity.kind.toLowerCase());
}

function relationsOf(
  entity: Entity,
  ref: string,
  direction: GraphDirection,
): DirectedRelation[] {
  return (entity.relations ?? [])
    .map(relation => directRelation(ref, relation))
    .filter(
      ({ forward }) =>
        direction === 'both' || forward === (direction === 'forward'),
    );
}

/**
 * Walks the catalog breadth first, one read a hop. Only what can be read is
 * counted, walked on from, or limits the answer: what the caller may not see
 * leaves no trace, not even in whether the answer was cut (THREATS H15).
 *
 * @returns `undefined` when the root itself cannot be read
 */
export async function traverse(
  request: TraverseRequest,
  read: ReadEntities,
): Promise<Traversal | undefined> {
  const { depth, direction, limit } = request;
  const [root] = await read([request.rootRef]);
  if (!root) {
    return undefined;
  }
  const rootRef = stringifyEntityRef({
    kind: root.kind,
    namespace: root.metadata.namespace ?? DEFAULT_NAMESPACE,
    name: root.metadata.name,
  });
  const nodes: Traversal['nodes'] = [{ ref: rootRef, entity: root, depth: 0 }];
  const seen = new Set([rootRef]);
  let truncated = false;
  let border = nodes;

  for (let hop = 1; hop <= depth && border.length > 0 && !truncated; hop++) {
    const next = new Set<string>();
    for (const { ref, entity } of border) {
      if (ref === rootRef || isWalkedThrough(entity)) {
        for (const { from, to } of relationsOf(entity, ref, direction)) {
          const other = from === ref ? to : from;
          if (!seen.has(other)) {
            seen.add(other);
            next.add(other);
          }
        }
      }
    }
    border = [];
    const candidates = [...next].sort();
    for (
      let start = 0;
      start < candidates.length && !truncated;
      start += pageSize
    ) {
      const page = candidates.slice(start, start + pageSize);
      const entities = await read(page);
      for (const [position, ref] of page.entries()) {
        const entity = entities[position];
        if (entity && nodes.length >= limit) {
          truncated = true;
          break;
        }
        if (entity) {
          const node = { ref, entity, depth: hop };
          nodes.push(node);
          border.push(node);
        }
      }
    }
  }

  const inAnswer = new Set(nodes.map(({ ref }) => ref));
  const edges = new Map<string, Traversal['edges'][number]>();
  for (const { ref, entity } of nodes) {
    for (const { from, type, to } of relationsOf(entity, ref, 'both')) {
      if (inAnswer.has(from) && inAnswer.has(to)) {
        edges.set(`${from} ${type} ${to}`, { from, type, to });
      }
    }
  }
  return { nodes, edges: [...edges.values()], truncated };
}
