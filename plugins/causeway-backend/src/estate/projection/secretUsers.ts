import { placeKey } from './sortObservations';
import type { Subjects, WorkloadSubject } from './subjects';

const indexes = new WeakMap<Subjects, Map<string, WorkloadSubject[]>>();

/** The workloads that use a Secret, by its name in their namespace. */
export function secretUsers(
  subjects: Subjects,
  place: { cluster: string; namespace: string; name: string },
): readonly WorkloadSubject[] {
  let index = indexes.get(subjects);
  if (!index) {
    index = new Map();
    for (const workload of subjects.workloads) {
      for (const name of workload.data.secrets ?? []) {
        const key = placeKey(workload.cluster, workload.namespace, name);
        index.set(key, [...(index.get(key) ?? []), workload]);
      }
    }
    indexes.set(subjects, index);
  }
  return index.get(placeKey(place.cluster, place.namespace, place.name)) ?? [];
}
