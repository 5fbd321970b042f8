import { relationPairs } from '@causeway/backstage-plugin-causeway-common';

/**
 * Relation pairs of the catalog besides ours: what hand-written entities bring.
 */
const corePairs = [
  { forward: 'consumesApi', backward: 'apiConsumedBy' },
  { forward: 'providesApi', backward: 'apiProvidedBy' },
  { forward: 'childOf', backward: 'parentOf' },
  { forward: 'memberOf', backward: 'hasMember' },
];

const forwardOf = new Map<string, string>(
  [...relationPairs, ...corePairs].map(({ forward, backward }) => [
    backward,
    forward,
  ]),
);

/** The types of all pairs by their lower-cased form. */
const knownTypes = new Map(
  [...forwardOf].flat().map(type => [type.toLowerCase(), type]),
);

/** The forward type of a pair, given either of its types in any case; any other type as it is. */
export function toForwardType(type: string): string {
  const known = knownTypes.get(type.toLowerCase()) ?? type;
  return forwardOf.get(known) ?? known;
}

/** A relation of an entity, turned to its forward type. */
export interface DirectedRelation {
  from: string;
  type: string;
  to: string;
  /** Whether the entity itself is where it starts. */
  forward: boolean;
}

/** Turns a relation as the catalog has it to its forward type; unknown types are taken as they are. */
export function directRelation(
  entityRef: string,
  relation: { type: string; targetRef: string },
): DirectedRelation {
  const type = forwardOf.get(relation.type);
  return type === undefined
    ? {
        from: entityRef,
        type: relation.type,
        to: relation.targetRef,
        forward: true,
      }
    : { from: relation.targetRef, type, to: entityRef, forward: false };
}
