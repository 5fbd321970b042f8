import type {
  ObservedMetadata,
  ObservedWorkload,
} from '../../observations/model';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';

/*
 * A bound on scaling is held against the last number that Git or a person set,
 * not against the last one that somebody automatic set: else 3 becomes 6, 12,
 * 24 in steps that are each within bounds (THREATS H10). Kubernetes tells who
 * set the number in the object's managed fields: a write that changes a value
 * takes the field away from everybody else.
 */

export const replicaFacts = defineFacts({
  'replicas.desired': {
    type: 'number',
    unit: 'pods',
    subjects: workloadTypes,
    notFor: ['CronJob'],
    description:
      'Pods that are asked for; of a DaemonSet those that its nodes ask for',
  },
  'replicas.ready': {
    type: 'number',
    unit: 'pods',
    subjects: workloadTypes,
    notFor: ['CronJob'],
    tracked: false,
    description: 'Pods that are ready; comes and goes with every rollout',
  },
  'replicas.setBy': {
    type: 'string',
    subjects: workloadTypes,
    notFor: ['CronJob', 'DaemonSet'],
    description:
      'Who set the desired number, by its field manager: `git` (a GitOps controller), `person` (kubectl and the like), `default` (nobody: Kubernetes fills in 1), `autoscaler`, `gate` (this portal) or `other`',
  },
  'replicas.baseline': {
    type: 'number',
    unit: 'pods',
    subjects: workloadTypes,
    notFor: ['CronJob', 'DaemonSet'],
    carried: true,
    description:
      'The last number that Git or a person set, or the default; carried on while an autoscaler, the gate or somebody unknown sets another',
  },
});

/** Who set a number of replicas. */
export type ReplicaSetter =
  'git' | 'person' | 'default' | 'autoscaler' | 'gate' | 'other';

const gitManagers = new Set([
  'argocd-controller',
  'argocd-application-controller',
  'kustomize-controller',
  'helm-controller',
]);
const autoscalers = new Set([
  // The HPA's; the controllers beside it in this process never write replicas.
  'kube-controller-manager',
  'keda-operator',
  'keda',
]);
/** Clients that people use; a browser's is what web consoles come with. */
const people =
  /^(kubectl|oc|helm|k9s|Lens|OpenLens|headlamp|dashboard|Mozilla)(-|$)/;

/** Who somebody is that wrote a field, by the name of the field manager. */
export function setterOf(manager: string): ReplicaSetter {
  if (gitManagers.has(manager)) {
    return 'git';
  }
  if (manager === 'causeway' || manager.startsWith('causeway-')) {
    return 'gate';
  }
  if (autoscalers.has(manager)) {
    return 'autoscaler';
  }
  return people.test(manager) ? 'person' : 'other';
}

const order: ReplicaSetter[] = ['git', 'person', 'gate', 'autoscaler', 'other'];

/** Who set `spec.replicas`; `undefined` where the object does not say who set anything. */
export function replicaSetter({
  managers,
}: ObservedMetadata): ReplicaSetter | undefined {
  if (!managers) {
    return undefined;
  }
  let found: ReplicaSetter | undefined;
  for (const { manager, paths } of managers) {
    if (paths.includes('spec.replicas')) {
      const setter = setterOf(manager);
      if (!found || order.indexOf(setter) < order.indexOf(found)) {
        found = setter;
      }
    }
  }
  return found ?? 'default';
}

export function deriveReplicas(
  { meta, replicas, workloadKind }: ObservedWorkload,
  facts: ValuesOf<typeof replicaFacts>,
): void {
  if (!replicas) {
    return;
  }
  facts['replicas.desired'] = replicas.desired;
  facts['replicas.ready'] = replicas.ready;
  if (workloadKind === 'DaemonSet') {
    return;
  }
  const setBy = replicaSetter(meta);
  facts['replicas.setBy'] = setBy;
  if (setBy === 'git' || setBy === 'person' || setBy === 'default') {
    facts['replicas.baseline'] = replicas.desired;
  }
}
