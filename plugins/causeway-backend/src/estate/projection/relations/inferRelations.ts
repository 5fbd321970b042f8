import { compareText, sortByText } from '../compare';
import type { ProjectedEdge } from '../model';
import { inPieces } from '../pieces';
import { safeText } from '../text';
import type { World } from '../World';
import { claimSourcedFrom, serviceSourcedFrom } from './code';
import { applicationDeploys, applicationSourcedFrom } from './deployment';
import {
  gatewayExposesRoute,
  ingressExposesWorkload,
  routeExposesWorkload,
} from './exposure';
import type { CarriedEdge, RelationRule } from './model';
import { serviceReference } from './serviceReference';
import {
  applicationPartOfProject,
  namespacePartOfCluster,
  runsOnNamespace,
  workloadPartOfService,
} from './structure';

/** Every rule that infers relations. */
export const relationRules: RelationRule[] = [
  workloadPartOfService,
  namespacePartOfCluster,
  applicationPartOfProject,
  runsOnNamespace,
  applicationDeploys,
  applicationSourcedFrom,
  serviceSourcedFrom,
  claimSourcedFrom,
  gatewayExposesRoute,
  routeExposesWorkload,
  ingressExposesWorkload,
  serviceReference,
];

/** The edges, each once, and which Resource carries which. */
export interface InferredRelations {
  edges: ProjectedEdge[];
  /** Edges to emit by the reference of their carrier, ordered, each once. */
  carried: Map<string, CarriedEdge[]>;
}

const edgeKey = ({ from, type, to }: ProjectedEdge) => `${from} ${type} ${to}`;

/** Of two proofs of one edge, the surer comes first; then any fixed order. */
function better(a: CarriedEdge, b: CarriedEdge): number {
  return (
    compareText(a.confidence, b.confidence) ||
    compareText(a.rule, b.rule) ||
    compareText(a.carrier, b.carrier) ||
    compareText(a.evidence, b.evidence)
  );
}

/** Runs every rule; yields between them, so that a large estate can be projected in pieces. */
export function* inferRelations(
  world: World,
): Generator<undefined, InferredRelations> {
  const best = new Map<string, CarriedEdge>();
  const carried = new Map<string, Map<string, CarriedEdge>>();
  for (const rule of relationRules) {
    const found = yield* inPieces(rule.infer(world));
    for (const inferred of found) {
      const edge: CarriedEdge = {
        ...inferred,
        rule: rule.id,
        evidence: safeText(inferred.evidence, 300) ?? '',
      };
      const key = edgeKey(edge);
      const known = best.get(key);
      if (!known || better(edge, known) < 0) {
        best.set(key, edge);
      }
      const own = carried.get(edge.carrier) ?? new Map<string, CarriedEdge>();
      own.set(key, edge);
      carried.set(edge.carrier, own);
    }
    yield;
  }
  const edges = sortByText(best, ([key]) => key).map(
    ([, { carrier, ...edge }]) => edge,
  );
  return {
    edges,
    carried: new Map(
      [...carried].map(([carrier, own]) => [
        carrier,
        sortByText(own, ([key]) => key).map(([, edge]) => edge),
      ]),
    ),
  };
}
