import { KubernetesObject } from '../model';
import { apiTime } from '../objects/stamp';
import { asList, at } from '../objects/json';
import { templateHash } from './hashes';
import {
  conditionsAfter,
  counts,
  imagesAvailable,
  Pace,
  WorkloadContext,
} from './WorkloadContext';

const type = 'rollouts.argoproj.io';

const stepsOf = (rollout: KubernetesObject) =>
  asList(at(rollout, 'spec', 'strategy', 'canary', 'steps'));

const replicasOf = (rollout: KubernetesObject) =>
  Number(at(rollout, 'spec', 'replicas') ?? 1);

/**
 * Takes a Rollout of Argo Rollouts to its end. Nobody goes through the steps
 * of its canary here: a paused one stays so until its spec changes.
 *
 * @returns whether more steps are to come
 */
export function reconcileRollout(
  context: WorkloadContext,
  rollout: KubernetesObject,
  pace: Pace,
): boolean {
  const { cluster } = context;
  const { name, namespace, generation } = rollout.metadata;
  const template = at(rollout, 'spec', 'template');
  const hash = templateHash(template);
  const seen = at(rollout, 'status', 'observedGeneration');
  if (
    at(rollout, 'status', 'phase') === 'Paused' &&
    seen === String(generation)
  ) {
    return false;
  }
  const replicas = replicasOf(rollout);
  const pullable = imagesAvailable(context, template);
  const settled =
    at(rollout, 'status', 'stableRS') === hash &&
    at(rollout, 'status', 'readyReplicas') === replicas;
  const done = pullable && (pace.atOnce || pace.advance || settled);
  const before = Number(at(rollout, 'status', 'readyReplicas') ?? 0);
  const ready = done ? replicas : Math.min(before, replicas);
  cluster.updateStatus(type, name, namespace, {
    observedGeneration: String(generation),
    replicas,
    HPAReplicas: replicas,
    selector: `app=${name}`,
    ...counts({
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: done ? replicas : 0,
    }),
    currentPodHash: hash,
    stableRS: done ? hash : (at(rollout, 'status', 'stableRS') ?? hash),
    currentStepIndex: done ? stepsOf(rollout).length : 0,
    phase: done ? 'Healthy' : 'Progressing',
    message: done ? null : 'more replicas need to be updated',
    controllerPause: null,
    pauseConditions: null,
    conditions: conditionsAfter(
      rollout,
      cluster.now(),
      conditionsOf(done ? 'healthy' : 'progressing'),
    ),
  });
  return !done && pullable;
}

/** Leaves a Rollout at the first pause of a canary with a version that came a moment ago. */
export function pauseCanary(
  cluster: WorkloadContext['cluster'],
  rollout: KubernetesObject,
): void {
  const { name, namespace, generation } = rollout.metadata;
  const replicas = replicasOf(rollout);
  const [first] = stepsOf(rollout);
  const weight = Number(at(first, 'setWeight') ?? 0);
  cluster.updateStatus(type, name, namespace, {
    observedGeneration: String(generation),
    updatedReplicas: Math.max(1, Math.ceil((replicas * weight) / 100)),
    currentPodHash: templateHash(at(rollout, 'spec', 'template')),
    stableRS: templateHash({ before: name }),
    currentStepIndex: 1,
    phase: 'Paused',
    message: 'CanaryPauseStep',
    controllerPause: true,
    pauseConditions: [
      { reason: 'CanaryPauseStep', startTime: apiTime(cluster.now()) },
    ],
    conditions: conditionsAfter(rollout, cluster.now(), conditionsOf('paused')),
  });
}

function conditionsOf(state: 'healthy' | 'progressing' | 'paused') {
  const healthy = state === 'healthy';
  const paused = state === 'paused';
  const progressing = {
    healthy: ['True', 'NewReplicaSetAvailable', 'The new version is available'],
    progressing: ['True', 'ReplicaSetUpdated', 'The new version comes in'],
    paused: ['Unknown', 'RolloutPaused', 'Rollout is paused'],
  }[state];
  return [
    {
      type: 'Available',
      status: 'True',
      reason: 'AvailableReason',
      message: 'Rollout has minimum availability',
    },
    {
      type: 'Progressing',
      status: progressing[0],
      reason: progressing[1],
      message: progressing[2],
    },
    {
      type: 'Healthy',
      status: healthy ? 'True' : 'False',
      reason: healthy ? 'RolloutHealthy' : 'RolloutNotHealthy',
      message: healthy ? 'Rollout is healthy' : 'Rollout is not healthy',
    },
    {
      type: 'Completed',
      status: healthy ? 'True' : 'False',
      reason: healthy ? 'RolloutCompleted' : 'RolloutNotCompleted',
      message: healthy ? 'Rollout completed' : 'Rollout not completed',
    },
    {
      type: 'Paused',
      status: paused ? 'True' : 'False',
      reason: 'RolloutPaused',
      message: paused ? 'Rollout is paused' : 'Rollout is not paused',
    },
  ];
}
