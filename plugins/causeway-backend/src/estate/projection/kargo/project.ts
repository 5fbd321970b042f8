import { placeKey } from '../sortObservations';
import type { Subject, Subjects } from '../subjects';

/** API group of Kargo. */
export const kargoGroup = 'kargo.akuity.io';

/** Something of Kargo by its kind and name, in the project of another. */
export function besides(
  subjects: Subjects,
  one: Subject,
  kind: 'warehouse' | 'stage',
  name: string,
): Subject | undefined {
  return subjects.byPlace.get(
    placeKey(one.cluster!, one.namespace!, `${kind}.${kargoGroup}`, name),
  );
}

/** The project that something of Kargo is in: the one of its namespace's name. */
export function projectOf(
  subjects: Subjects,
  { cluster, namespace }: Subject,
): Subject | undefined {
  return subjects.byPlace.get(
    placeKey(cluster!, '', `project.${kargoGroup}`, namespace!),
  );
}
