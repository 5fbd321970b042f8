import type {
  Health,
  RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import type { ObservedWorkload } from '../observations/model';

const argocdHealth: Record<string, Health> = {
  healthy: 'healthy',
  progressing: 'progressing',
  degraded: 'degraded',
  suspended: 'suspended',
  missing: 'missing',
};

/** Argo CD's health in our words. */
export function healthOfArgocd(status: string | undefined): Health {
  const key = status?.toLowerCase() ?? '';
  return Object.hasOwn(argocdHealth, key) ? argocdHealth[key] : 'unknown';
}

/** Argo CD's sync state in our words. */
export function syncOfArgocd(
  status: string | undefined,
): NonNullable<RunningInstance['sync']> {
  switch (status?.toLowerCase()) {
    case 'synced':
      return 'synced';
    case 'outofsync':
      return 'out-of-sync';
    default:
      return 'unknown';
  }
}

/**
 * Health of a workload as its controller reports it, else as Argo CD does. A
 * CronJob reports nothing between its runs: it is `healthy` as long as it is
 * there, is not suspended and nobody says otherwise.
 */
export function healthOfWorkload(
  workload: ObservedWorkload,
  argocdStatus?: string,
): Health {
  const own = healthOfController(workload);
  const known = own === 'unknown' ? healthOfArgocd(argocdStatus) : own;
  return known === 'unknown' && workload.workloadKind === 'CronJob'
    ? 'healthy'
    : known;
}

const rolloutPhases: Record<string, Health> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Paused: 'suspended',
  Degraded: 'degraded',
};

function healthOfController(workload: ObservedWorkload): Health {
  const phase = workload.rollout?.phase;
  if (phase !== undefined && Object.hasOwn(rolloutPhases, phase)) {
    const { current } = workload;
    // What it says of itself is old news once its spec has changed.
    return current ? rolloutPhases[phase] : 'progressing';
  }
  const { replicas, conditions = [], current, suspended } = workload;
  if (suspended) {
    return 'suspended';
  }
  const condition = (type: string) =>
    conditions.find(candidate => candidate.type === type);
  const progressing = condition('Progressing');
  if (
    progressing?.status === 'False' ||
    condition('ReplicaFailure')?.status === 'True'
  ) {
    return 'degraded';
  }
  if (!current) {
    return 'progressing';
  }
  if (!replicas) {
    return 'unknown';
  }
  if (replicas.desired === 0) {
    return 'suspended';
  }
  if (replicas.updated < replicas.desired) {
    return 'progressing';
  }
  if (replicas.available >= replicas.desired) {
    return 'healthy';
  }
  // Rolled out once, and not enough of it answers any more.
  const rolledOut = progressing?.reason === 'NewReplicaSetAvailable';
  return rolledOut || condition('Available')?.status === 'False'
    ? 'degraded'
    : 'progressing';
}
