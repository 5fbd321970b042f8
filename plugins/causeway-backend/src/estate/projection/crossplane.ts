import type { ObservedCrossplaneResource } from '../observations/model';
import { placeKey } from './sortObservations';
import type { Subject, Subjects } from './subjects';

/** A claim, a composite or a managed resource. */
export type CrossplaneSubject = Subject<ObservedCrossplaneResource>;

/** How the resources of Crossplane hang together: claims above, what a provider manages below. */
export interface CrossplaneTree {
  /** What is right below: of a claim its composite, of a composite what it is composed of. */
  below(subject: CrossplaneSubject): readonly CrossplaneSubject[];
  above(subject: CrossplaneSubject): CrossplaneSubject | undefined;
  /** What it all begins with: the claim, or a composite that nobody claims. */
  top(subject: CrossplaneSubject): CrossplaneSubject;
}

const trees = new WeakMap<Subjects, CrossplaneTree>();

/**
 * Crossplane itself writes both ends of a link. Only a link that the upper end
 * names counts, so that nobody can hang a thing below somebody else's.
 */
export function crossplaneTree(subjects: Subjects): CrossplaneTree {
  let tree = trees.get(subjects);
  if (!tree) {
    tree = build(subjects);
    trees.set(subjects, tree);
  }
  return tree;
}

function build(subjects: Subjects): CrossplaneTree {
  const below = new Map<string, CrossplaneSubject[]>();
  const above = new Map<string, CrossplaneSubject>();
  const find = (
    from: CrossplaneSubject,
    reference: {
      group: string;
      kind: string;
      name: string;
      namespace?: string;
    },
  ) => {
    const at = (namespace: string) =>
      subjects.byPlace.get(
        placeKey(
          from.cluster!,
          namespace,
          `${reference.kind.toLowerCase()}.${reference.group}`,
          reference.name,
        ),
      );
    // References of version 2 leave their own namespace out, and so do those to what has none.
    return (at(reference.namespace ?? from.namespace ?? '') ?? at('')) as
      CrossplaneSubject | undefined;
  };
  const link = (
    upper: CrossplaneSubject,
    lower: CrossplaneSubject | undefined,
  ) => {
    if (lower && lower !== upper && !above.has(lower.ref)) {
      above.set(lower.ref, upper);
      below.set(upper.ref, [...(below.get(upper.ref) ?? []), lower]);
    }
  };
  for (const subject of subjects.of('CrossplaneResource')) {
    const { role, composite, composed } = subject.data;
    if (role === 'claim' && composite) {
      const found = find(subject, composite);
      const { claim } = found?.data ?? {};
      const agrees =
        claim &&
        claim.name === subject.objectName &&
        claim.namespace === subject.namespace &&
        claim.kind.toLowerCase() === subject.objectKind;
      link(subject, agrees ? found : undefined);
    } else if (role === 'composite') {
      composed?.forEach(reference => link(subject, find(subject, reference)));
    }
  }
  const top = (subject: CrossplaneSubject) => {
    let at = subject;
    // Composites may be composed of composites; a circle is nobody's top.
    for (let step = 0; step < 32; step++) {
      const next = above.get(at.ref);
      if (!next) {
        return at;
      }
      at = next;
    }
    return subject;
  };
  return {
    below: subject => below.get(subject.ref) ?? [],
    above: subject => above.get(subject.ref),
    top,
  };
}
