import type { Verification } from '@causeway/backstage-plugin-causeway-node';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { replicasOf, type WorkloadKind } from './workloads';
import { countOf } from '@causeway/backstage-plugin-causeway-common';

const progressing = (message: string): Verification => ({
  state: 'progressing',
  message,
});
const failed = (message: string): Verification => ({
  state: 'failed',
  message,
});

const allPods = (wanted: number) =>
  wanted === 1 ? 'The only pod is' : `All ${wanted} pods are`;

type Judge = (live: JsonRecord, status: JsonRecord) => Verification;

const count = (status: JsonRecord, field: string) =>
  integer(status[field]) ?? 0;

/** Every pod is of the new kind and available, and none of the old is left. */
function judgePods(options: {
  wanted: number;
  updated: number;
  available: number;
  existing?: number;
}): Verification {
  const { wanted, updated, available, existing } = options;
  if (updated < wanted) {
    return progressing(`${updated} of ${countOf(wanted, 'pod')} up to date`);
  }
  if (existing !== undefined && existing > wanted) {
    return progressing(
      `${countOf(existing - wanted, 'pod')} too many still there`,
    );
  }
  if (available < wanted) {
    return progressing(`${available} of ${countOf(wanted, 'pod')} available`);
  }
  return {
    state: 'healthy',
    message: `${allPods(wanted)} up to date and available`,
  };
}

const judges: Record<WorkloadKind, Judge> = {
  Deployment: (live, status) => {
    const stuck = records(status.conditions, 16).find(
      ({ type, reason }) =>
        type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
    );
    if (stuck) {
      return failed(
        `The rollout exceeded its progress deadline: ${text(stuck.message, 300) ?? 'no reason is told'}`,
      );
    }
    return judgePods({
      wanted: replicasOf(live),
      updated: count(status, 'updatedReplicas'),
      available: count(status, 'availableReplicas'),
      existing: count(status, 'replicas'),
    });
  },
  StatefulSet: (live, status) => {
    const { updateRevision, currentRevision } = status;
    const same =
      updateRevision === undefined || updateRevision === currentRevision;
    return judgePods({
      wanted: replicasOf(live),
      updated: same
        ? count(status, 'replicas')
        : count(status, 'updatedReplicas'),
      available: count(status, 'readyReplicas'),
      existing: count(status, 'replicas'),
    });
  },
  DaemonSet: (_live, status) =>
    judgePods({
      wanted: count(status, 'desiredNumberScheduled'),
      updated: count(status, 'updatedNumberScheduled'),
      available: count(status, 'numberAvailable'),
    }),
  Rollout: (live, status) => {
    if (status.phase === 'Degraded') {
      return failed(
        `Argo Rollouts says that it is degraded: ${text(status.message, 300) ?? 'no reason is told'}`,
      );
    }
    const wanted = replicasOf(live);
    const available = count(status, 'availableReplicas');
    return available < wanted
      ? progressing(`${available} of ${countOf(wanted, 'pod')} available`)
      : { state: 'healthy', message: `${allPods(wanted)} available` };
  },
};

/** How far a workload has come with what it was asked for, as its own controller tells. */
export function rolloutState(
  kind: WorkloadKind,
  live: JsonRecord,
): Verification {
  const status = record(live.status) ?? {};
  const generation = integer(record(live.metadata)?.generation) ?? 0;
  // Argo Rollouts writes the generation as text.
  const seen = Number(status.observedGeneration ?? 0);
  if (!(seen >= generation)) {
    return progressing('Its controller has not seen the change yet');
  }
  return judges[kind](live, status);
}
