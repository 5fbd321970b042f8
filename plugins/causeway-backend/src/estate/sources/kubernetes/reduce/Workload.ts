import type { ObservedWorkload } from '../../../observations/model';
import { integer, type JsonRecord, record, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';
import { reducePodTemplate } from './podTemplate';

type WorkloadKind = ObservedWorkload['workloadKind'];

/** Reduces a Deployment, StatefulSet, DaemonSet or CronJob. */
export function reduceWorkload(
  workloadKind: WorkloadKind,
): (object: JsonRecord) => ObservedWorkload | undefined {
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    const status = record(object.status) ?? {};
    const template =
      workloadKind === 'CronJob'
        ? record(record(record(spec?.jobTemplate)?.spec)?.template)
        : record(spec?.template);
    const pods = reducePodTemplate(template);
    if (!meta || !spec || !pods) {
      return undefined;
    }
    const generation = integer(record(object.metadata)?.generation);
    const seen = integer(status.observedGeneration);
    return {
      meta,
      workloadKind,
      replicas: reduceReplicas(workloadKind, spec, status),
      current:
        workloadKind === 'CronJob' ||
        generation === undefined ||
        (seen !== undefined && seen >= generation),
      ...pods,
      conditions: reduceConditions(status.conditions),
      schedule: text(spec.schedule, 128),
      suspended: typeof spec.suspend === 'boolean' ? spec.suspend : undefined,
    };
  };
}

function reduceReplicas(
  kind: WorkloadKind,
  spec: JsonRecord,
  status: JsonRecord,
): ObservedWorkload['replicas'] {
  const count = (field: string) => integer(status[field]) ?? 0;
  if (kind === 'CronJob') {
    return undefined;
  }
  if (kind === 'DaemonSet') {
    return {
      desired: count('desiredNumberScheduled'),
      ready: count('numberReady'),
      updated: count('updatedNumberScheduled'),
      available: count('numberAvailable'),
    };
  }
  return {
    // The API server fills in 1 where nothing is asked for.
    desired: integer(spec.replicas) ?? 1,
    ready: count('readyReplicas'),
    updated: count('updatedReplicas'),
    available: count('availableReplicas'),
  };
}
