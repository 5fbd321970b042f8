import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject, ObjectEvent } from '../model';
import { asList, at } from '../objects/json';
import { typeName } from '../objects/builtInTypes';
import { systemTimers, Timers } from '../Timers';
import { reconcileDaemonSet } from './daemonSets';
import { reconcileDeployment } from './deployments';
import { reconcileRollout } from './rollouts';
import { reconcileStatefulSet } from './statefulSets';
import { Pace, WorkloadContext } from './WorkloadContext';

/** Options of {@link createWorkloadController}. */
export interface WorkloadControllerOptions {
  cluster: SimulatedCluster;
  timers?: Timers;
  /** Milliseconds between two steps of a rollout; 0, the default, goes to the end at once. */
  stepMs?: number;
  /** Which workloads get Pod objects; all of them by default. */
  pods?: boolean | ((workload: KubernetesObject) => boolean);
  /** A rollout to an image that is not there hangs; all are there by default. */
  isImageAvailable?: (image: string) => boolean;
}

/** A running controller. */
export interface WorkloadController {
  stop(): void;
}

const reconcilers: Record<
  string,
  (context: WorkloadContext, object: KubernetesObject, pace: Pace) => boolean
> = {
  'deployments.apps': reconcileDeployment,
  'statefulsets.apps': reconcileStatefulSet,
  'daemonsets.apps': reconcileDaemonSet,
  'rollouts.argoproj.io': reconcileRollout,
};

const typeOfKind: Record<string, string> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
};

/**
 * Does what Kubernetes' own controllers do for workloads: a Deployment gets
 * ReplicaSets and Pods and rolls out, all get a status. What is there already
 * when it starts is settled at once.
 */
export function createWorkloadController(
  options: WorkloadControllerOptions,
): WorkloadController {
  const { cluster, timers = systemTimers, stepMs = 0, pods = true } = options;
  const context: WorkloadContext = {
    cluster,
    keepsPods: typeof pods === 'function' ? pods : () => pods,
    isImageAvailable: options.isImageAvailable ?? (() => true),
  };
  const scheduled = new Map<string, () => void>();

  function reconcile(
    type: string,
    name: string,
    namespace: string | undefined,
    pace: Pace,
  ): void {
    const object = cluster.get(type, name, namespace);
    if (!object || object.metadata.deletionTimestamp) return;
    const goesOn = reconcilers[type](context, object, pace);
    const key = `${type} ${namespace}/${name}`;
    if (!goesOn || pace.atOnce || scheduled.has(key)) return;
    const cancel = timers.after(stepMs, () => {
      scheduled.delete(key);
      reconcile(type, name, namespace, { advance: true, atOnce: false });
    });
    scheduled.set(key, cancel);
  }

  const pace: Pace = { advance: false, atOnce: stepMs === 0 };

  /** The workload that a removed ReplicaSet or Pod belonged to. */
  function reconcileOwner(object: KubernetesObject): void {
    for (const owner of asList(object.metadata.ownerReferences)) {
      const type = typeOfKind[String(at(owner, 'kind'))];
      const name = String(at(owner, 'name'));
      const { namespace } = object.metadata;
      const live = type && cluster.get(type, name, namespace);
      if (!live || live.metadata.uid !== at(owner, 'uid')) continue;
      if (type === 'replicasets.apps') reconcileOwner(live);
      else reconcile(type, name, namespace, pace);
    }
  }

  function onEvent(event: ObjectEvent): void {
    const type = typeName(event.resourceType);
    const { name, namespace, generation } = event.object.metadata;
    if (event.type === 'DELETED') {
      if (type === 'pods' || type === 'replicasets.apps') {
        reconcileOwner(event.object);
      }
      return;
    }
    if (!reconcilers[type]) return;
    const observed = at(event.object, 'status', 'observedGeneration');
    // Argo Rollouts writes it as text.
    if (event.type === 'ADDED' || String(observed) !== String(generation)) {
      reconcile(type, name, namespace, pace);
    }
  }

  for (const type of Object.keys(reconcilers)) {
    for (const { metadata } of cluster.list(type)) {
      reconcile(type, metadata.name, metadata.namespace, {
        advance: false,
        atOnce: true,
      });
    }
  }
  const unsubscribe = cluster.subscribe(onEvent);
  return {
    stop() {
      unsubscribe();
      for (const cancel of scheduled.values()) cancel();
      scheduled.clear();
    },
  };
}
