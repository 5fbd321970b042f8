import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject, OwnerReference } from '../model';
import { apiTime } from '../objects/stamp';
import { asList, asObject, at, isObject } from '../objects/json';

/** What the controllers of one cluster share. */
export interface WorkloadContext {
  cluster: SimulatedCluster;
  keepsPods(workload: KubernetesObject): boolean;
  isImageAvailable(image: string): boolean;
}

/** How far a reconciliation may go. */
export interface Pace {
  /** A step's time has passed: started pods are ready now. */
  advance: boolean;
  /** Go to the end without steps. */
  atOnce: boolean;
}

export const controllerManager = { manager: 'kube-controller-manager' };

/** The reference that makes an object the controller of another. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid as string,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whether an object is owned by another. */
export function isOwnedBy(object: KubernetesObject, owner: KubernetesObject) {
  return asList(object.metadata.ownerReferences).some(
    reference => at(reference, 'uid') === owner.metadata.uid,
  );
}

/** Whether all images of a pod template can be pulled. */
export function imagesAvailable(
  context: WorkloadContext,
  template: unknown,
): boolean {
  return asList(at(template, 'spec', 'containers')).every(container =>
    context.isImageAvailable(String(at(container, 'image') ?? '')),
  );
}

/** Conditions with their times kept where nothing changed. */
export function conditionsAfter(
  before: KubernetesObject,
  now: Date,
  wanted: { type: string; status: string; reason: string; message: string }[],
): Record<string, unknown>[] {
  const time = apiTime(now);
  const known = asList(at(before, 'status', 'conditions')).filter(isObject);
  return wanted.map(condition => {
    const old = asObject(known.find(({ type }) => type === condition.type));
    const same =
      old.status === condition.status &&
      old.reason === condition.reason &&
      old.message === condition.message;
    return {
      type: condition.type,
      status: condition.status,
      lastUpdateTime: same ? old.lastUpdateTime : time,
      lastTransitionTime:
        old.status === condition.status ? old.lastTransitionTime : time,
      reason: condition.reason,
      message: condition.message,
    };
  });
}

/** Counts for a status: the API leaves out zeros, so they are removed. */
export function counts(values: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, value || null]),
  );
}
