import type { ObservedService } from '../observations/model';
import { PlaceMap } from './PlaceMap';
import type { SortedObservations } from './sortObservations';
import type { Subjects, WorkloadSubject } from './subjects';

/** Kubernetes Services and the workloads whose pods they select. */
export interface ServiceSelection {
  /** Whether a cluster has this Service. */
  has(cluster: string, namespace: string, name: string): boolean;
  /**
   * The workloads behind a Service: none for an external name, and none where
   * there is no selector, for its addresses are somebody's own list.
   */
  workloads(
    cluster: string,
    namespace: string,
    name: string,
  ): readonly WorkloadSubject[];
}

const none: readonly never[] = [];

/** What is in one namespace. */
class Place {
  readonly services = new Map<string, ObservedService>();
  readonly #workloads: WorkloadSubject[] = [];
  /** By key of a label and its value: a namespace may hold thousands. */
  readonly #byLabel = new Map<string, Map<string, WorkloadSubject[]>>();
  readonly #selected = new Map<string, readonly WorkloadSubject[]>();

  add(workload: WorkloadSubject): void {
    // Pods of a CronJob come and go: nobody means them, though labels may match.
    if (workload.data.workloadKind !== 'CronJob') {
      this.#workloads.push(workload);
    }
  }

  selectedBy(name: string): readonly WorkloadSubject[] {
    let list = this.#selected.get(name);
    if (!list) {
      const service = this.services.get(name);
      list = service ? this.#select(service) : none;
      this.#selected.set(name, list);
    }
    return list;
  }

  #select({
    type,
    selector = {},
  }: ObservedService): readonly WorkloadSubject[] {
    const [first, ...others] = Object.keys(selector);
    if (first === undefined || type === 'ExternalName') {
      return none;
    }
    const list = this.#labelled(first).get(selector[first]) ?? none;
    return others.length === 0
      ? list
      : list.filter(({ data: { podLabels } }) =>
          others.every(key => podLabels[key] === selector[key]),
        );
  }

  #labelled(key: string): Map<string, WorkloadSubject[]> {
    let values = this.#byLabel.get(key);
    if (!values) {
      values = new Map();
      for (const workload of this.#workloads) {
        const value = workload.data.podLabels[key];
        const list = values.get(value);
        if (list) {
          list.push(workload);
        } else {
          values.set(value, [workload]);
        }
      }
      this.#byLabel.set(key, values);
    }
    return values;
  }
}

/** Builds the way from Services to workloads. */
export function selectWorkloads(
  observed: SortedObservations,
  subjects: Subjects,
): ServiceSelection {
  const places = new PlaceMap<Place>();
  const placeOf = (cluster: string, namespace: string) =>
    places.of(cluster, namespace, () => new Place());
  for (const { source, data } of observed.Service) {
    placeOf(source, data.meta.namespace ?? '').services.set(
      data.meta.name,
      data,
    );
  }
  for (const workload of subjects.workloads) {
    placeOf(workload.cluster, workload.namespace).add(workload);
  }
  return {
    has: (cluster, namespace, name) =>
      places.get(cluster, namespace)?.services.has(name) === true,
    workloads: (cluster, namespace, name) =>
      places.get(cluster, namespace)?.selectedBy(name) ?? none,
  };
}
