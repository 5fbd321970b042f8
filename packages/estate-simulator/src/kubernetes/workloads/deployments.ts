import { KubernetesObject } from '../model';
import { asList, asObject, at } from '../objects/json';
import { templateHash } from './hashes';
import { reconcilePods } from './pods';
import {
  conditionsAfter,
  controllerManager,
  controllerReference,
  counts,
  imagesAvailable,
  isOwnedBy,
  Pace,
  WorkloadContext,
} from './WorkloadContext';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

function replicasOf(object: KubernetesObject): number {
  return Number(at(object, 'spec', 'replicas') ?? 1);
}

function readyOf(object: KubernetesObject): number {
  return Math.min(
    Number(at(object, 'status', 'readyReplicas') ?? 0),
    replicasOf(object),
  );
}

function revisionOf(object: KubernetesObject): number {
  return Number(object.metadata.annotations?.[revisionAnnotation] ?? 0);
}

/** How many replicas the new and the old template have after the next step. */
export function nextReplicas(state: {
  desired: number;
  newReady: number;
  oldReplicas: number;
}): { newReplicas: number; oldReplicas: number } {
  const { desired, newReady } = state;
  const surge = Math.max(1, Math.ceil(desired * 0.25));
  const oldReplicas = Math.min(
    state.oldReplicas,
    Math.max(0, desired - newReady),
  );
  const newReplicas = Math.min(desired, desired + surge - oldReplicas);
  return { newReplicas, oldReplicas };
}

function ensureReplicaSet(
  context: WorkloadContext,
  deployment: KubernetesObject,
  owned: KubernetesObject[],
): KubernetesObject {
  const { cluster } = context;
  const template = asObject(at(deployment, 'spec', 'template'));
  const hash = templateHash(template);
  const name = `${deployment.metadata.name}-${hash}`;
  const known = owned.find(candidate => candidate.metadata.name === name);
  const latest = Math.max(0, ...owned.map(revisionOf));
  if (known && revisionOf(known) === latest) return known;
  const labels = {
    ...asObject(at(template, 'metadata', 'labels')),
    [hashLabel]: hash,
  } as Record<string, string>;
  return cluster.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: deployment.metadata.namespace,
        labels,
        annotations: { [revisionAnnotation]: String(latest + 1) },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: known ? replicasOf(known) : 0,
        selector: {
          ...asObject(at(deployment, 'spec', 'selector')),
          matchLabels: {
            ...asObject(at(deployment, 'spec', 'selector', 'matchLabels')),
            [hashLabel]: hash,
          },
        },
        template: {
          ...template,
          metadata: { ...asObject(template.metadata), labels },
        },
      },
    },
    controllerManager,
  );
}

function setReplicas(
  context: WorkloadContext,
  deployment: KubernetesObject,
  replicaSet: KubernetesObject,
  replicas: number,
  ready: number,
): void {
  const { cluster } = context;
  const { name, namespace } = replicaSet.metadata;
  const scaled = cluster.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace },
      spec: { replicas },
    },
    controllerManager,
  );
  cluster.updateStatus('replicasets.apps', name, namespace, {
    observedGeneration: scaled.metadata.generation,
    replicas,
    ...counts({
      fullyLabeledReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    }),
  });
  if (context.keepsPods(deployment)) {
    reconcilePods(context, scaled, {
      template: at(scaled, 'spec', 'template'),
      replicas,
      ready,
    });
  }
}

function dropOldRevisions(
  context: WorkloadContext,
  deployment: KubernetesObject,
  old: KubernetesObject[],
): void {
  const limit = Number(at(deployment, 'spec', 'revisionHistoryLimit') ?? 10);
  const { name, namespace } = deployment.metadata;
  old
    .map(({ metadata }) =>
      context.cluster.get('replicasets.apps', metadata.name, namespace),
    )
    .filter(set => set !== undefined)
    .filter(set => replicasOf(set) === 0 && set.metadata.name !== name)
    .sort((a, b) => revisionOf(b) - revisionOf(a))
    .slice(limit)
    .forEach(({ metadata }) =>
      context.cluster.delete('replicasets.apps', metadata.name, namespace),
    );
}

function deadlineExceeded(
  deployment: KubernetesObject,
  current: KubernetesObject,
  now: Date,
): boolean {
  const seconds = Number(at(deployment, 'spec', 'progressDeadlineSeconds'));
  const started = Date.parse(current.metadata.creationTimestamp ?? '');
  return now.getTime() - started > seconds * 1000;
}

/**
 * Whether the newest version has been out before: from then on scaling is no
 * rollout, and no deadline runs.
 */
function isRolledOut(
  deployment: KubernetesObject,
  current: KubernetesObject,
): boolean {
  return asList(at(deployment, 'status', 'conditions')).some(condition => {
    const { type, reason, message } = asObject(condition);
    return (
      type === 'Progressing' &&
      reason === 'NewReplicaSetAvailable' &&
      String(message).includes(`"${current.metadata.name}"`)
    );
  });
}

/**
 * Takes a Deployment one step towards its spec.
 *
 * @returns whether more steps are to come
 */
export function reconcileDeployment(
  context: WorkloadContext,
  deployment: KubernetesObject,
  pace: Pace,
): boolean {
  const { cluster } = context;
  const { name, namespace } = deployment.metadata;
  const desired = replicasOf(deployment);
  const owned = cluster
    .list('replicasets.apps', namespace)
    .filter(set => isOwnedBy(set, deployment));
  const pullable = imagesAvailable(context, at(deployment, 'spec', 'template'));
  const paused = at(deployment, 'spec', 'paused') === true && owned.length > 0;
  const current = paused
    ? [...owned].sort((a, b) => revisionOf(b) - revisionOf(a))[0]
    : ensureReplicaSet(context, deployment, owned);
  const old = owned
    .filter(set => set.metadata.name !== current.metadata.name)
    .sort((a, b) => revisionOf(b) - revisionOf(a));
  const oldTotal = old.reduce((sum, set) => sum + replicasOf(set), 0);

  let newReady = pace.advance ? replicasOf(current) : readyOf(current);
  if (pace.atOnce) newReady = desired;
  if (!pullable) newReady = 0;
  newReady = Math.min(newReady, desired);
  const next = nextReplicas({ desired, newReady, oldReplicas: oldTotal });
  newReady = Math.min(newReady, next.newReplicas);

  setReplicas(context, deployment, current, next.newReplicas, newReady);
  let left = next.oldReplicas;
  for (const set of old) {
    const replicas = Math.min(left, replicasOf(set));
    left -= replicas;
    const ready = Math.min(readyOf(set), replicas);
    setReplicas(context, deployment, set, replicas, ready);
  }
  dropOldRevisions(context, deployment, old);

  const total = next.newReplicas + next.oldReplicas;
  const ready = newReady + next.oldReplicas;
  const complete =
    next.newReplicas === desired && newReady === desired && ready === total;
  const revision = at(
    cluster.get('replicasets.apps', current.metadata.name, namespace),
    'metadata',
    'annotations',
    revisionAnnotation,
  );
  cluster.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        annotations: { [revisionAnnotation]: String(revision) },
      },
    },
    controllerManager,
  );
  const out = complete || isRolledOut(deployment, current);
  const enough = ready >= desired - Math.floor(desired * 0.25);
  cluster.updateStatus('deployments.apps', name, namespace, {
    observedGeneration: deployment.metadata.generation,
    ...counts({
      replicas: total,
      updatedReplicas: next.newReplicas,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: Math.max(0, total - ready),
    }),
    conditions: conditionsAfter(deployment, cluster.now(), [
      {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough
          ? 'MinimumReplicasAvailable'
          : 'MinimumReplicasUnavailable',
        message: enough
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
      },
      !out && deadlineExceeded(deployment, current, cluster.now())
        ? {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: `ReplicaSet "${current.metadata.name}" has timed out progressing.`,
          }
        : {
            type: 'Progressing',
            status: 'True',
            reason: out ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
            message: `ReplicaSet "${current.metadata.name}" ${
              out ? 'has successfully progressed.' : 'is progressing.'
            }`,
          },
    ]),
  });
  return !complete && pullable && !paused;
}
