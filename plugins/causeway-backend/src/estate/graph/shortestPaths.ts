import type { Entity } from '@backstage/catalog-model';
import type { GraphDirection } from '@causeway/backstage-plugin-causeway-common';
import { isWalkedThrough, relationsOf, type ReadEntities } from './walk';

/** What paths are looked for. */
export interface PathRequest {
  from: string;
  to: string;
  direction: GraphDirection;
  /** Forward types of the relations to go by; all when absent. */
  relations?: ReadonlySet<string>;
  /** Most hops. */
  longest: number;
  /** Most entities that are looked at. */
  most: number;
  /** Most paths of the answer. */
  paths: number;
  /** Whether to go through an entity, besides teams and people, who never lead on. */
  leadsOn: (entity: Entity) => boolean;
}

/** A hop: the relation as the entity before has it, and where it leads. */
export interface Hop {
  before: string;
  via: string;
  ref: string;
}

/** What was found. */
export interface ShortestPaths {
  /** All of one length; none when there is no path. */
  paths: Hop[][];
  /** Whether the search ended because there was too much to look at. */
  cut: boolean;
}

/**
 * All shortest paths between two entities, breadth first, one read a hop, only
 * through what can be read.
 */
export async function shortestPaths(
  request: PathRequest,
  read: ReadEntities,
): Promise<ShortestPaths> {
  const { from, to, longest, most, leadsOn } = request;
  /** Hops that lead to an entity on a shortest path. */
  const into = new Map<string, Hop[]>([[from, []]]);
  let border = [from];
  let looked = 0;

  for (let length = 1; length <= longest && border.length > 0; length++) {
    const entities = await read(border, false);
    // What cannot be read must not end the search either.
    looked += entities.filter(Boolean).length;
    if (looked > most) {
      return { paths: [], cut: true };
    }
    const next = new Map<string, Hop[]>();
    for (const [position, before] of border.entries()) {
      const entity = entities[position];
      const leads =
        entity &&
        (before === from || (isWalkedThrough(entity) && leadsOn(entity)));
      for (const { own, other } of leads
        ? relationsOf(entity, before, request)
        : []) {
        if (!into.has(other)) {
          const hops = next.get(other) ?? [];
          next.set(other, hops);
          // One relation between two entities proves enough.
          if (!hops.some(hop => hop.before === before)) {
            hops.push({ before, via: own, ref: other });
          }
        }
      }
    }
    next.forEach((hops, ref) => into.set(ref, hops));
    if (next.has(to)) {
      return { paths: unfold(to, into, request), cut: false };
    }
    border = [...next.keys()].sort();
  }
  return { paths: [], cut: false };
}

function unfold(
  to: string,
  into: ReadonlyMap<string, Hop[]>,
  { from, paths: most }: PathRequest,
): Hop[][] {
  const whole: Hop[][] = [];
  const open: { ref: string; tail: Hop[] }[] = [{ ref: to, tail: [] }];
  while (open.length > 0 && whole.length < most) {
    const { ref, tail } = open.pop()!;
    if (ref === from) {
      whole.push(tail);
    } else {
      for (const hop of [...into.get(ref)!].reverse()) {
        open.push({ ref: hop.before, tail: [hop, ...tail] });
      }
    }
  }
  return whole;
}
