import { compareText, sortFew } from '../compare';
import { edgeKey, type ProjectedEdge } from '../model';
import { safeText } from '../text';
import type { World } from '../World';
import { claimSourcedFrom, serviceSourcedFrom } from './code';
import { applicationDeploys, applicationSourcedFrom } from './deployment';
import {
  gatewayExposesRoute,
  ingressExposesWorkload,
  routeExposesWorkload,
} from './exposure';
import { subjectKinds } from '../kinds/subjectKinds';
import type { CarriedEdge, RelationRule } from './model';
import { serviceReference } from './serviceReference';
import {
  applicationPartOfProject,
  namespacePartOfCluster,
  rolloutUsesTemplate,
  runsOnNamespace,
  workloadPartOfService,
} from './structure';

/** Every rule that infers relations. */
export const relationRules: RelationRule[] = [
  workloadPartOfService,
  namespacePartOfCluster,
  applicationPartOfProject,
  runsOnNamespace,
  rolloutUsesTemplate,
  applicationDeploys,
  applicationSourcedFrom,
  serviceSourcedFrom,
  claimSourcedFrom,
  gatewayExposesRoute,
  routeExposesWorkload,
  ingressExposesWorkload,
  serviceReference,
  ...subjectKinds.flatMap(({ relations }) => relations ?? []),
];

/** The edges, each once, and which Resource carries which. */
export interface InferredRelations {
  /** In no particular order. */
  edges: Iterable<ProjectedEdge>;
  /** Edges to emit by the reference of their carrier, ordered, each once. */
  carried: ReadonlyMap<string, ProjectedEdge[]>;
}

/** Of two proofs of one edge, the surer comes first; then any fixed order. */
function better(a: CarriedEdge, b: CarriedEdge): number {
  return (
    compareText(a.confidence, b.confidence) ||
    compareText(a.rule, b.rule) ||
    compareText(a.carrier, b.carrier) ||
    compareText(a.evidence, b.evidence)
  );
}

/** In order of their keys; what a carrier tells of mostly begins with itself. */
function byKey(a: ProjectedEdge, b: ProjectedEdge): number {
  return (
    compareText(a.from, b.from) ||
    compareText(a.type, b.type) ||
    compareText(a.to, b.to)
  );
}

/** Edges between two pauses. */
const pieceSize = 1000;

/** Runs every rule; pauses now and then, so that a large estate can be projected in pieces. */
export function* inferRelations(
  world: World,
): Generator<undefined, InferredRelations> {
  const edges = new Map<string, CarriedEdge>();
  const carried = new Map<string, CarriedEdge[]>();
  let count = 0;
  // Neighbours often have the same.
  let told = '';
  let evidence = '';
  for (const { id: rule, infer } of relationRules) {
    for (const inferred of infer(world)) {
      const { from, type, to, confidence, partition, carrier } = inferred;
      const key = edgeKey(inferred);
      if (inferred.evidence !== told) {
        told = inferred.evidence;
        evidence = safeText(told, 300) ?? '';
      }
      let edge: CarriedEdge = {
        key,
        from,
        type,
        to,
        evidence,
        confidence,
        partition,
        rule,
        carrier,
      };
      const known = edges.get(key);
      if (known === undefined) {
        edges.set(key, edge);
      } else {
        if (better(edge, known) < 0) {
          Object.assign(known, edge);
        }
        // The ends are all that its carriers tell of it.
        edge = known;
      }
      const own = carried.get(carrier);
      if (own === undefined) {
        carried.set(carrier, [edge]);
      } else if (known === undefined || !own.includes(known)) {
        own.push(edge);
      }
      count += 1;
      if (count % pieceSize === 0) {
        yield;
      }
    }
    yield;
  }
  for (const own of carried.values()) {
    sortFew(own, byKey);
  }
  return { edges: edges.values(), carried };
}
