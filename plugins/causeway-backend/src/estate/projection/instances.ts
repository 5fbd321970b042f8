import type { RolloutProgress } from '@causeway/backstage-plugin-causeway-common';
import type { ObservedRollout } from '../observations/model';
import { healthOfWorkload, syncOfArgocd } from './health';
import type { ProjectedInstance } from './model';
import type { WorkloadSubject } from './subjects';
import { safeText } from './text';
import type { World } from './World';

function toProgress({
  templateOf: _template,
  ...state
}: ObservedRollout): RolloutProgress {
  return {
    ...state,
    phase: safeText(state.phase, 32),
    message: safeText(state.message, 256),
  };
}

function toReplicas(
  workload: WorkloadSubject,
  { surroundings }: World,
): ProjectedInstance['replicas'] {
  const { replicas } = workload.data;
  if (!replicas) {
    return undefined;
  }
  const { desired, ready } = replicas;
  const bounds = surroundings.autoscaler(workload)?.data;
  // Kubernetes' own default where an autoscaler names no minimum.
  return bounds
    ? { desired, ready, min: bounds.min ?? 1, max: bounds.max }
    : { desired, ready };
}

/** Where a workload runs, and how it is. */
export function toInstance(
  workload: WorkloadSubject,
  world: World,
): ProjectedInstance {
  const { data, cluster, namespace, image } = workload;
  const [application] = world.management.managers(workload.ref);
  const reported =
    application && world.management.resource(application, workload.ref);
  return {
    entityRef: workload.ref,
    title: workload.objectName,
    environment: world.environment(workload),
    cluster,
    namespace,
    workloadKind: data.workloadKind,
    version: image?.version,
    image: image?.shown,
    replicas: toReplicas(workload, world),
    health: healthOfWorkload(data, reported?.health),
    rollout: data.rollout && toProgress(data.rollout),
    sync: application && syncOfArgocd(reported?.sync),
    applicationRef: application?.ref,
  };
}
