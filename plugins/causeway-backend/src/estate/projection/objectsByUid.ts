import { placeKey } from './sortObservations';
import type { Subject, Subjects } from './subjects';

const indexes = new WeakMap<Subjects, Map<string, Subject>>();

const uidOf = ({ data }: Subject) =>
  (data as { meta?: { uid?: string } } | undefined)?.meta?.uid;

/** Finds what is in a cluster by its uid. */
export function objectByUid(
  subjects: Subjects,
  cluster: string,
  uid: string,
): Subject | undefined {
  let index = indexes.get(subjects);
  if (!index) {
    index = new Map();
    for (const subject of subjects.all) {
      const own = uidOf(subject);
      if (own && subject.cluster !== undefined) {
        index.set(placeKey(subject.cluster, own), subject);
      }
    }
    indexes.set(subjects, index);
  }
  return index.get(placeKey(cluster, uid));
}
