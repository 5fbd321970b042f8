import type { Observation } from '../observations/model';
import type { Subject, Subjects } from './subjects';
import { placeKey, type SortedObservations } from './sortObservations';

/** The workloads whose pod template a Rollout takes. */
export function listTemplateLenders({
  workloads,
  byPlace,
}: Pick<Subjects, 'workloads' | 'byPlace'>): ReadonlySet<Subject> {
  const lenders = new Set<Subject>();
  for (const { cluster, namespace, data } of workloads) {
    const template = data.rollout?.templateOf;
    const lender =
      template &&
      byPlace.get(
        placeKey(
          cluster,
          namespace,
          template.kind.toLowerCase(),
          template.name,
        ),
      );
    if (lender) {
      lenders.add(lender);
    }
  }
  return lenders;
}

/**
 * Gives every Rollout that takes its pod template from another workload what
 * runs in it: images, labels and what it talks to.
 */
export function fillRolloutTemplates(
  observed: SortedObservations,
): SortedObservations {
  const workloads = observed.Workload;
  const borrows = ({
    data: { rollout, containers },
  }: Observation<'Workload'>) =>
    rollout?.templateOf !== undefined && containers.length === 0;
  if (!workloads.some(borrows)) {
    return observed;
  }
  const key = (source: string, namespace = '', kind: string, name: string) =>
    placeKey(source, namespace, kind, name);
  const byPlace = new Map(
    workloads.map(one => [
      key(
        one.source,
        one.data.meta.namespace,
        one.data.workloadKind,
        one.data.meta.name,
      ),
      one.data,
    ]),
  );
  return {
    ...observed,
    Workload: workloads.map(one => {
      if (!borrows(one)) {
        return one;
      }
      const { meta, rollout } = one.data;
      const { kind, name } = rollout!.templateOf!;
      const lender = byPlace.get(key(one.source, meta.namespace, kind, name));
      return lender
        ? {
            ...one,
            data: {
              ...one.data,
              containers: lender.containers,
              podLabels: lender.podLabels,
              references: lender.references,
            },
          }
        : one;
    }),
  };
}
