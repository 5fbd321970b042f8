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

function selects(service: ObservedService, workload: WorkloadSubject): boolean {
  const wanted = Object.entries(service.selector ?? {});
  return (
    wanted.length > 0 &&
    service.type !== 'ExternalName' &&
    // Pods of a CronJob come and go: nobody means them, though labels may match.
    workload.data.workloadKind !== 'CronJob' &&
    wanted.every(([key, value]) => workload.data.podLabels[key] === value)
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
          ? (inNamespace.get(placeKey(cluster, namespace)) ?? []).filter(
              workload => selects(service.data, workload),
            )
          : [];
        found.set(key, list);
      }
      return list;
    },
  };
}
