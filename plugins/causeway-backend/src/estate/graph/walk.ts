import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { GraphDirection } from '@causeway/backstage-plugin-causeway-common';
import { directRelation, type DirectedRelation } from './relationDirections';

/**
 * Reads entities in the order of the references; what the caller may not read
 * is `undefined`. Relations are wanted but of `leaves`, which nobody walks on from.
 */
export type ReadEntities = (
  refs: string[],
  leaves: boolean,
) => Promise<(Entity | undefined)[]>;

/** How a graph is walked. */
export interface WalkRequest {
  rootRef: string;
  /** Hops from the root. */
  depth: number;
  direction: GraphDirection;
  /** Most nodes of the answer. */
  limit: number;
  /** Forward types of the relations to walk by; all when absent. */
  relations?: ReadonlySet<string>;
}

/** An entity that a walk reached. */
export interface WalkedNode {
  ref: string;
  entity: Entity;
  depth: number;
  /** Relation that led here, as the entity before has it; absent for the root. */
  via?: string;
}

/** What a walk found, nearest first, the root before all. */
export interface Walk {
  nodes: WalkedNode[];
  truncated: boolean;
}

/** A relation as an entity has it, with its forward form. */
export interface OwnRelation extends DirectedRelation {
  /** Type as the entity has it. */
  own: string;
  /** The other entity. */
  other: string;
}

/** Most references of one call to the catalog. */
const pageSize = 1000;

/**
 * Teams and people are shown and not walked through, or everything that a team
 * owns would be two hops from anything that it owns.
 */
export function isWalkedThrough(entity: Entity): boolean {
  return !['group', 'user'].includes(entity.kind.toLowerCase());
}

/** Relations of an entity in a direction, in the order of their types. */
export function relationsOf(
  entity: Entity,
  ref: string,
  request: Pick<WalkRequest, 'direction' | 'relations'>,
): OwnRelation[] {
  const { direction, relations } = request;
  return (entity.relations ?? [])
    .map(relation => ({
      ...directRelation(ref, relation),
      own: relation.type,
      other: relation.targetRef,
    }))
    .filter(
      ({ forward, type }) =>
        (direction === 'both' || forward === (direction === 'forward')) &&
        (!relations || relations.has(type)),
    )
    .sort((a, b) => (a.own < b.own ? -1 : Number(a.own > b.own)));
}

/**
 * Walks the catalog breadth first, one read a hop. Only what can be read is
 * counted, walked on from, or limits the answer: what the caller may not see
 * leaves no trace, not even in whether the answer was cut (THREATS H15).
 *
 * @returns `undefined` when the root itself cannot be read
 */
export async function walk(
  request: WalkRequest,
  read: ReadEntities,
): Promise<Walk | undefined> {
  const { depth, limit } = request;
  const [root] = await read([request.rootRef], depth === 0);
  if (!root) {
    return undefined;
  }
  const rootRef = stringifyEntityRef({
    kind: root.kind,
    namespace: root.metadata.namespace ?? DEFAULT_NAMESPACE,
    name: root.metadata.name,
  });
  const nodes: WalkedNode[] = [{ ref: rootRef, entity: root, depth: 0 }];
  const seen = new Set([rootRef]);
  let truncated = false;
  let border = nodes;

  for (let hop = 1; hop <= depth && border.length > 0 && !truncated; hop++) {
    const next = new Map<string, string>();
    for (const { ref, entity } of border) {
      if (ref === rootRef || isWalkedThrough(entity)) {
        for (const { own, other } of relationsOf(entity, ref, request)) {
          if (!seen.has(other)) {
            seen.add(other);
            next.set(other, own);
          }
        }
      }
    }
    border = [];
    const candidates = [...next.keys()].sort();
    for (
      let start = 0;
      start < candidates.length && !truncated;
      start += pageSize
    ) {
      const page = candidates.slice(start, start + pageSize);
      const entities = await read(page, hop === depth);
      for (const [position, ref] of page.entries()) {
        const entity = entities[position];
        if (entity && nodes.length >= limit) {
          truncated = true;
          break;
        }
        if (entity) {
          const node = { ref, entity, depth: hop, via: next.get(ref) };
          nodes.push(node);
          border.push(node);
        }
      }
    }
  }
  return { nodes, truncated };
}
