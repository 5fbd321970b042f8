import type { CompanySeed } from '../../model';
import { resourceRef } from '../names';
import type { Placements } from '../placements';
import type { GoldenPart, GoldenSink } from '../GoldenPart';

/** Something that the platform adds to a cluster, with its relations. */
export interface PlacedThing {
  ref: string;
  /** Absent for what another part tells of. */
  type?: string;
  owner?: string;
  edges: [type: string, to: string][];
}

/** The edge of what lives in a namespace. */
export const runsOn = (
  cluster: string,
  namespace: string,
): [string, string] => ['runsOn', resourceRef(cluster, namespace)];

function write({ ref, type, owner, edges }: PlacedThing, sink: GoldenSink) {
  if (type) {
    sink.entity(ref, type);
  }
  sink.own(ref, owner);
  edges.forEach(([relation, to]) => sink.edge(ref, relation, to));
}

/** A part of the golden graph from what it places. */
export const partOf =
  (
    place: (company: CompanySeed, placements: Placements) => PlacedThing[],
  ): GoldenPart =>
  (company, placements, sink) =>
    place(company, placements).forEach(thing => write(thing, sink));
