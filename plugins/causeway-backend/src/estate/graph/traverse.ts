import type { DirectedRelation } from './relationDirections';
import {
  relationsOf,
  walk,
  type ReadEntities,
  type Walk,
  type WalkRequest,
} from './walk';

/** What a walk found, with what holds it together. */
export interface Traversal extends Walk {
  /** Relations between two nodes of the answer, each once. */
  edges: Pick<DirectedRelation, 'from' | 'type' | 'to'>[];
}

/**
 * Walks the catalog and gathers every relation between the entities found.
 *
 * @returns `undefined` when the root itself cannot be read
 */
export async function traverse(
  request: WalkRequest,
  read: (refs: string[]) => ReturnType<ReadEntities>,
): Promise<Traversal | undefined> {
  // The outermost entities are related among themselves, too.
  const found = await walk(request, refs => read(refs));
  if (!found) {
    return undefined;
  }
  const inAnswer = new Set(found.nodes.map(({ ref }) => ref));
  const edges = new Map<string, Traversal['edges'][number]>();
  for (const { ref, entity } of found.nodes) {
    const relations = relationsOf(entity, ref, {
      direction: 'both',
      relations: request.relations,
    });
    for (const { from, type, to } of relations) {
      if (inAnswer.has(from) && inAnswer.has(to)) {
        edges.set(`${from} ${type} ${to}`, { from, type, to });
      }
    }
  }
  return { ...found, edges: [...edges.values()] };
}
