/**
 * A pair of relation types, forward and backward.
 *
 * @public
 */
export interface RelationPair {
  forward: string;
  backward: string;
  /** How people read the forward direction: "payment-api *deploys* ...". */
  label: string;
}

/**
 * The relation pairs that Causeway infers. `partOf`, `dependsOn` and `ownedBy`
 * are Backstage's own; the others are ours.
 *
 * @public
 */
export const relationPairs = [
  { forward: 'partOf', backward: 'hasPart', label: 'is part of' },
  { forward: 'dependsOn', backward: 'dependencyOf', label: 'depends on' },
  { forward: 'ownedBy', backward: 'ownerOf', label: 'is owned by' },
  { forward: 'deploys', backward: 'deployedBy', label: 'deploys' },
  { forward: 'runsOn', backward: 'hosts', label: 'runs on' },
  { forward: 'sourcedFrom', backward: 'sourceOf', label: 'comes from' },
  { forward: 'exposes', backward: 'exposedBy', label: 'exposes' },
  { forward: 'promotes', backward: 'promotedBy', label: 'promotes to' },
  { forward: 'provisions', backward: 'provisionedBy', label: 'provisions' },
  { forward: 'secures', backward: 'securedBy', label: 'secures' },
  { forward: 'uses', backward: 'usedBy', label: 'uses' },
] as const satisfies readonly RelationPair[];

/**
 * Forward relation types.
 *
 * @public
 */
export type RelationType = (typeof relationPairs)[number]['forward'];

/**
 * How sure a rule is of an edge: `certain` (an API says so: owner reference,
 * selector, managed resource) or `likely` (a convention: image name, DNS name).
 *
 * @public
 */
export type Confidence = 'certain' | 'likely';

/**
 * One inferred relation.
 *
 * @public
 */
export interface Edge {
  /** Entity reference of the side that the forward type starts from. */
  from: string;
  type: RelationType;
  /** Entity reference of the other side. */
  to: string;
  /** Id of the rule that inferred it, e.g. `argocd-managed-resource`. */
  rule: string;
  /** What the rule saw, in one line for people; never a secret. */
  evidence: string;
  confidence: Confidence;
}
