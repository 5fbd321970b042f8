import { KubernetesMetadata } from '../../kubernetes/model';
import { apiTime } from '../../kubernetes/objects/stamp';
import { ClusterSeed } from '../../seed/model';
import { ServicePlan } from '../planService';

/** When the first thing of a generated estate was made: a fixed day, so that no list depends on today. */
export const birth = new Date('2025-01-06T08:00:00Z');

/** Where an instance of a service is made. */
export interface Instance {
  plan: ServicePlan;
  cluster: ClusterSeed;
}

/** Labels that tell who something belongs to. */
export function labelsOf({ plan }: Instance, component: string) {
  return {
    app: plan.name,
    'app.kubernetes.io/name': plan.name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': plan.team,
  };
}

/** Name of the Application that manages an instance. */
export function applicationName({ plan, cluster }: Instance): string {
  return `${plan.name}-${cluster.name}`;
}

/** Metadata of one object of an instance. */
export function metadataOf(
  instance: Instance,
  options: { kind: string; group?: string; name?: string; component?: string },
): KubernetesMetadata {
  const { plan } = instance;
  const { kind, group = '', name = plan.name, component = 'server' } = options;
  return {
    name,
    namespace: plan.team,
    creationTimestamp: apiTime(new Date(birth.getTime() + plan.age * 60_000)),
    labels: labelsOf(instance, component),
    annotations: {
      'argocd.argoproj.io/tracking-id': `${applicationName(instance)}:${group}/${kind}:${plan.team}/${name}`,
    },
  };
}
