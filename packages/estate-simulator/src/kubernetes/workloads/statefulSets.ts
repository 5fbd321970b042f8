import { KubernetesObject } from '../model';
import { at } from '../objects/json';
import { templateHash } from './hashes';
import { reconcilePods } from './pods';
import {
  counts,
  imagesAvailable,
  Pace,
  WorkloadContext,
} from './WorkloadContext';

/**
 * Takes a StatefulSet one step towards its spec: started, then ready.
 *
 * @returns whether more steps are to come
 */
export function reconcileStatefulSet(
  context: WorkloadContext,
  set: KubernetesObject,
  pace: Pace,
): boolean {
  const { cluster } = context;
  const { name, namespace } = set.metadata;
  const replicas = Number(at(set, 'spec', 'replicas') ?? 1);
  const template = at(set, 'spec', 'template');
  const pullable = imagesAvailable(context, template);
  const updateRevision = `${name}-${templateHash(template)}`;
  const currentRevision = at(set, 'status', 'currentRevision');
  const settled =
    currentRevision === updateRevision &&
    at(set, 'status', 'readyReplicas') === replicas;
  const done = pullable && (pace.atOnce || pace.advance || settled);
  const ready = done
    ? replicas
    : Math.min(Number(at(set, 'status', 'readyReplicas') ?? 0), replicas);
  const changing = currentRevision !== updateRevision && !done;
  cluster.updateStatus('statefulsets.apps', name, namespace, {
    observedGeneration: set.metadata.generation,
    replicas,
    availableReplicas: ready,
    ...counts({
      readyReplicas: ready,
      currentReplicas: changing && currentRevision ? ready : replicas,
      updatedReplicas: changing && currentRevision ? 0 : replicas,
    }),
    currentRevision: done
      ? updateRevision
      : (currentRevision ?? updateRevision),
    updateRevision,
    collisionCount: 0,
  });
  if (context.keepsPods(set)) {
    reconcilePods(context, set, {
      template,
      replicas,
      ready,
      nameOf: index => `${name}-${index}`,
    });
  }
  return !done && pullable;
}
