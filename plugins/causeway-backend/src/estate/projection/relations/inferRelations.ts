import { compareText } from '../compare';
import type { ProjectedEdge } from '../model';
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

interface KeyedEdge {
  key: string;
  edge: CarriedEdge;
}

const byKey = (a: KeyedEdge, b: KeyedEdge) => compareText(a.key, b.key);

/** In order of their keys, each once: the last one of a key counts. */
function inOrder(edges: KeyedEdge[]): CarriedEdge[] {
  if (edges.length === 1) {
    return [edges[0].edge];
  }
  return edges
    .sort(byKey)
    .filter(({ key }, position) => edges[position + 1]?.key !== key)
    .map(({ edge }) => edge);
}

/** Edges between two pauses. */
const pieceSize = 1000;

/** Runs every rule; pauses now and then, so that a large estate can be projected in pieces. */
export function* inferRelations(
  world: World,
): Generator<undefined, InferredRelations> {
  const best = new Map<string, KeyedEdge>();
  const carried = new Map<string, KeyedEdge[]>();
  let count = 0;
  for (const { id: rule, infer } of relationRules) {
    for (const inferred of infer(world)) {
      const { from, type, to, confidence, partition, carrier } = inferred;
      const edge: CarriedEdge = {
        from,
        type,
        to,
        evidence: safeText(inferred.evidence, 300) ?? '',
        confidence,
        partition,
        carrier,
        rule,
      };
      const key = edgeKey(edge);
      const known = best.get(key);
      if (known === undefined) {
        best.set(key, { key, edge });
      } else if (better(edge, known.edge) < 0) {
        known.edge = edge;
      }
      const own = carried.get(carrier);
      if (own === undefined) {
        carried.set(carrier, [{ key, edge }]);
      } else {
        own.push({ key, edge });
      }
      count += 1;
      if (count % pieceSize === 0) {
        yield;
      }
    }
    yield;
  }
  const sorted = [...best.values()].sort(byKey);
  yield;
  const edges = sorted.map(
    ({
      edge: { from, type, to, evidence, confidence, partition, rule },
    }): ProjectedEdge => ({
      from,
      type,
      to,
      evidence,
      confidence,
      partition,
      rule,
    }),
  );
  yield;
  const inOrderByCarrier = new Map<string, CarriedEdge[]>();
  for (const [carrier, own] of carried) {
    inOrderByCarrier.set(carrier, inOrder(own));
  }
  return { edges, carried: inOrderByCarrier };
}
