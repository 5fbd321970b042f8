import {
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  relationPairs,
  type CausewaySpec,
} from '@causeway/backstage-plugin-causeway-common';

/** A relation as the catalog takes it. */
export interface Relation {
  source: CompoundEntityRef;
  type: string;
  target: CompoundEntityRef;
}

// The catalog makes `ownedBy` of `spec.owner`; a second road would let the two differ.
const backwardOf = new Map<string, string>(
  relationPairs
    .filter(pair => pair.forward !== 'ownedBy')
    .map(pair => [pair.forward, pair.backward]),
);

/** The relations of `spec.causeway.edges`, in both directions. What is no edge is left out. */
export function readEdges(entity: Entity): Relation[] {
  const edges: unknown = (entity.spec?.causeway as CausewaySpec | undefined)
    ?.edges;
  if (!Array.isArray(edges)) return [];
  return edges.flatMap(edge => {
    const backward = backwardOf.get(edge?.type);
    const source =
      edge?.from === undefined
        ? getCompoundEntityRef(entity)
        : parseRef(edge.from);
    const target = parseRef(edge?.to);
    if (!backward || !source || !target) return [];
    if (stringifyEntityRef(source) === stringifyEntityRef(target)) return [];
    return [
      { source, type: edge.type as string, target },
      { source: target, type: backward, target: source },
    ];
  });
}

function parseRef(ref: unknown): CompoundEntityRef | undefined {
  if (typeof ref !== 'string') return undefined;
  try {
    return parseEntityRef(ref);
  } catch {
    return undefined;
  }
}
