import { KubernetesObject } from '../model';
import { at } from '../objects/json';
import { reconcilePods } from './pods';
import {
  counts,
  imagesAvailable,
  Pace,
  WorkloadContext,
} from './WorkloadContext';

/** Where no Node objects are simulated, a cluster has so many. */
const assumedNodes = 3;

/**
 * Takes a DaemonSet one step towards its spec: started, then ready.
 *
 * @returns whether more steps are to come
 */
export function reconcileDaemonSet(
  context: WorkloadContext,
  set: KubernetesObject,
  pace: Pace,
): boolean {
  const { cluster } = context;
  const { name, namespace, generation } = set.metadata;
  const desired = cluster.list('nodes').length || assumedNodes;
  const template = at(set, 'spec', 'template');
  const pullable = imagesAvailable(context, template);
  const done = pullable && (pace.atOnce || pace.advance);
  const before = Number(at(set, 'status', 'numberReady') ?? 0);
  const ready = done ? desired : Math.min(before, desired);
  cluster.updateStatus('daemonsets.apps', name, namespace, {
    observedGeneration: generation,
    desiredNumberScheduled: desired,
    currentNumberScheduled: desired,
    numberMisscheduled: 0,
    numberReady: ready,
    ...counts({
      updatedNumberScheduled: done ? desired : 0,
      numberAvailable: ready,
      numberUnavailable: desired - ready,
    }),
  });
  if (context.keepsPods(set)) {
    reconcilePods(context, set, { template, replicas: desired, ready });
  }
  return !done && pullable;
}
