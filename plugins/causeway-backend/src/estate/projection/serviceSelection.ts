import type { ObservedService } from '../observations/model';
import type { Observed } from './model';
import { placeKey, type SortedObservations } from './sortObservations';
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
  ): WorkloadSubject[];
}

/** The workloads of a namespace that a Service selects. */
function selected(
  { type, selector = {} }: ObservedService,
  workloads: WorkloadSubject[],
): WorkloadSubject[] {
  const keys = Object.keys(selector);
  if (keys.length === 0 || type === 'ExternalName') {
    return [];
  }
  return workloads.filter(
    ({ data: { workloadKind, podLabels } }) =>
      // Pods of a CronJob come and go: nobody means them, though labels may match.
      workloadKind !== 'CronJob' &&
      keys.every(key => podLabels[key] === selector[key]),
  );
}

/** Builds the way from Services to workloads. */
export function selectWorkloads(
  observed: SortedObservations,
  subjects: Subjects,
): ServiceSelection {
  const services = new Map<string, Observed<'Service'>>();
  for (const service of observed.Service) {
    const { namespace = '', name } = service.data.meta;
    services.set(placeKey(service.source, namespace, name), service);
  }
  const inNamespace = new Map<string, WorkloadSubject[]>();
  for (const workload of subjects.workloads) {
    const key = placeKey(workload.cluster, workload.namespace);
    const list = inNamespace.get(key) ?? [];
    list.push(workload);
    inNamespace.set(key, list);
  }
  const found = new Map<string, WorkloadSubject[]>();
  return {
    has: (...place) => services.has(placeKey(...place)),
    workloads(cluster, namespace, name) {
      const key = placeKey(cluster, namespace, name);
      let list = found.get(key);
      if (!list) {
        const service = services.get(key);
        list = service
          ? selected(
              service.data,
              inNamespace.get(placeKey(cluster, namespace)) ?? [],
            )
          : [];
        found.set(key, list);
      }
      return list;
    },
  };
}
