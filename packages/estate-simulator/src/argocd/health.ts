import { KubernetesObject } from '../kubernetes/model';
import { asNumber, asObject, asObjects, asText } from './json';

/** Argo CD's words for health, from best to worst as they are summed up. */
const order = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
] as const;

/** One of Argo CD's health states. */
export type HealthStatus = (typeof order)[number];

/** Health of a resource, with a reason where it is not good. */
export interface Health {
  status: HealthStatus;
  message?: string;
}

/** The worst of several states; of none it is `Healthy`. */
export function worstHealth(states: HealthStatus[]): HealthStatus {
  return order[Math.max(0, ...states.map(state => order.indexOf(state)))];
}

type Judge = (
  spec: Record<string, unknown>,
  status: Record<string, unknown>,
  object: KubernetesObject,
) => Health;

const healthy: Health = { status: 'Healthy' };
const progressing = (message: string): Health => ({
  status: 'Progressing',
  message,
});

const observed = (
  status: Record<string, unknown>,
  object: KubernetesObject,
): boolean =>
  (asNumber(status.observedGeneration) ?? 0) >=
  (object.metadata.generation ?? 0);

const waitingForRollout: Judge = (spec, status, object) => {
  if (!observed(status, object)) {
    return progressing(
      'Waiting for rollout to finish: observed generation less than desired generation',
    );
  }
  const replicas = asNumber(spec.replicas) ?? 1;
  const updated = asNumber(status.updatedReplicas) ?? 0;
  const stuck = asObjects(status.conditions).find(
    condition => condition.reason === 'ProgressDeadlineExceeded',
  );
  if (stuck) {
    return {
      status: 'Degraded',
      message: `Deployment "${object.metadata.name}" exceeded its progress deadline`,
    };
  }
  if (updated < replicas) {
    return progressing(
      `Waiting for rollout to finish: ${updated} out of ${replicas} new replicas have been updated...`,
    );
  }
  const available =
    asNumber(
      object.kind === 'StatefulSet'
        ? status.readyReplicas
        : status.availableReplicas,
    ) ?? 0;
  return available < updated
    ? progressing(
        `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
      )
    : healthy;
};

const judges: Record<string, Judge | undefined> = {
  Deployment: waitingForRollout,
  StatefulSet: waitingForRollout,
  DaemonSet: (_spec, status, object) => {
    const desired = asNumber(status.desiredNumberScheduled) ?? 0;
    const available = asNumber(status.numberAvailable) ?? 0;
    return observed(status, object) && available >= desired
      ? healthy
      : progressing(
          `Waiting for daemon set "${object.metadata.name}" rollout to finish: ${available} of ${desired} updated pods are available...`,
        );
  },
  Rollout: (_spec, status, object) => {
    if (status.observedGeneration !== String(object.metadata.generation)) {
      return progressing('Waiting for rollout spec update to be observed');
    }
    const message = asText(status.message);
    switch (status.phase) {
      case 'Healthy':
        return healthy;
      case 'Paused':
        return { status: 'Suspended', message };
      case 'Degraded':
        return { status: 'Degraded', message };
      default:
        return { status: 'Progressing', message };
    }
  },
  ReplicaSet: (spec, status) =>
    (asNumber(status.availableReplicas) ?? 0) >= (asNumber(spec.replicas) ?? 1)
      ? healthy
      : progressing('Waiting for rollout to finish'),
  Pod: (_spec, status) => {
    const waiting = asObjects(status.containerStatuses)
      .map(container => asObject(asObject(container.state).waiting))
      .find(state => state.reason !== undefined);
    if (waiting && /BackOff|^Err|Error/.test(String(waiting.reason))) {
      return { status: 'Degraded', message: asText(waiting.message) };
    }
    return status.phase === 'Running' || status.phase === 'Succeeded'
      ? healthy
      : { status: status.phase === 'Failed' ? 'Degraded' : 'Progressing' };
  },
  Service: () => healthy,
  HorizontalPodAutoscaler: () => healthy,
  PodDisruptionBudget: () => healthy,
  Ingress: (_spec, status) =>
    asObjects(asObject(status.loadBalancer).ingress).length > 0
      ? healthy
      : { status: 'Progressing' },
  Gateway: (_spec, status) =>
    accepted(asObjects(status.conditions), 'Programmed'),
  HTTPRoute: (_spec, status) =>
    accepted(
      asObjects(status.parents).flatMap(parent => asObjects(parent.conditions)),
      'Accepted',
    ),
};

function accepted(conditions: Record<string, unknown>[], type: string): Health {
  const condition = conditions.find(candidate => candidate.type === type);
  if (!condition) {
    return { status: 'Progressing', message: `Waiting for ${type}` };
  }
  return condition.status === 'True'
    ? healthy
    : { status: 'Degraded', message: asText(condition.message) };
}

/** Health of a live object, as Argo CD judges its kind; `undefined` for kinds without. */
export function healthOf(object: KubernetesObject): Health | undefined {
  const judge = judges[object.kind];
  return judge?.(asObject(object.spec), asObject(object.status), object);
}
