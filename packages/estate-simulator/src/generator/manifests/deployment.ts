import { KubernetesObject } from '../../kubernetes/model';
import { Environment } from '../../seed/model';
import { Instance, metadataOf } from './metadata';
import { podTemplate } from './podTemplate';

const usualReplicas: Record<Environment, number> = {
  development: 1,
  staging: 2,
  production: 3,
};

/** Replicas of an instance. */
export function replicasOf({ cluster }: Instance): number {
  return usualReplicas[cluster.environment];
}

/** The Deployment of a service, rolled out; one in forty is not quite. */
export function deployment(instance: Instance): KubernetesObject {
  const { plan } = instance;
  const metadata = metadataOf(instance, { kind: 'Deployment', group: 'apps' });
  const replicas = replicasOf(instance);
  const ready = plan.number % 40 === 39 ? replicas - 1 : replicas;
  const condition = (type: string, healthy: boolean, reason: string) => ({
    type,
    status: healthy ? 'True' : 'False',
    lastUpdateTime: metadata.creationTimestamp,
    lastTransitionTime: metadata.creationTimestamp,
    reason,
    message: `Deployment "${plan.name}" ${healthy ? 'is as it should be' : 'lacks pods that are ready'}.`,
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas,
      selector: { matchLabels: { app: plan.name } },
      template: podTemplate(instance, { component: 'server' }),
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 1, maxSurge: 1 },
      },
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
      ...(ready < replicas && { unavailableReplicas: replicas - ready }),
      conditions: [
        condition('Available', ready > 0, 'MinimumReplicasAvailable'),
        condition('Progressing', true, 'NewReplicaSetAvailable'),
      ],
    },
  };
}
