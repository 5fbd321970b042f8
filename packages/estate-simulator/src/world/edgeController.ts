import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { asObject, asObjects } from '../argocd/json';

/**
 * Plays the controllers of the edge and of autoscaling: gives addresses to
 * ingresses and gateways, accepts routes, reports what an autoscaler sees.
 * Returns the way to stop.
 */
export function startEdgeController(cluster: SimulatedCluster): () => void {
  const types = ['ingresses.networking.k8s.io'].concat(
    ['gatewayclasses', 'gateways', 'httproutes'].map(
      name => `${name}.gateway.networking.k8s.io`,
    ),
    'horizontalpodautoscalers.autoscaling',
  );
  const settle = (type: string, object: KubernetesObject) => {
    const status = statusFor(cluster, object);
    if (status) {
      cluster.updateStatus(
        type,
        object.metadata.name,
        object.metadata.namespace,
        status,
      );
    }
  };
  types.forEach(type =>
    cluster.list(type).forEach(object => settle(type, object)),
  );
  return cluster.subscribe(({ type, resourceType, object }) => {
    const name = `${resourceType.resource}.${resourceType.group}`;
    if (type === 'ADDED' && types.includes(name)) {
      settle(name, object);
    }
  });
}

function statusFor(
  cluster: SimulatedCluster,
  object: KubernetesObject,
): Record<string, unknown> | undefined {
  const time = object.metadata.creationTimestamp;
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: type,
    message: '',
    lastTransitionTime: time,
    observedGeneration: object.metadata.generation ?? 1,
  });
  switch (object.kind) {
    case 'Ingress':
      return { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } };
    case 'GatewayClass':
      return { conditions: [condition('Accepted')] };
    case 'Gateway':
      return {
        addresses: [{ type: 'IPAddress', value: '192.0.2.20' }],
        conditions: [condition('Accepted'), condition('Programmed')],
      };
    case 'HTTPRoute':
      return {
        parents: asObjects(asObject(object.spec).parentRefs).map(parentRef => ({
          parentRef,
          controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
          conditions: [condition('Accepted'), condition('ResolvedRefs')],
        })),
      };
    case 'HorizontalPodAutoscaler': {
      const replicas = scaleToMinimum(cluster, object);
      return {
        currentReplicas: replicas,
        desiredReplicas: replicas,
        currentMetrics: null,
        conditions: [condition('AbleToScale'), condition('ScalingActive')],
      };
    }
    default:
      return undefined;
  }
}

// An autoscaler without load keeps its target at the least it may have.
function scaleToMinimum(
  cluster: SimulatedCluster,
  autoscaler: KubernetesObject,
): number {
  const { scaleTargetRef, minReplicas } = asObject(autoscaler.spec);
  const name = String(asObject(scaleTargetRef).name);
  const { namespace } = autoscaler.metadata;
  const type =
    asObject(scaleTargetRef).kind === 'Rollout'
      ? 'rollouts.argoproj.io'
      : 'deployments.apps';
  const target = cluster.get(type, name, namespace);
  const current = Number(asObject(target?.spec).replicas ?? 1);
  const least = Number(minReplicas ?? 1);
  if (!target || current >= least) {
    return current;
  }
  cluster.apply(
    {
      apiVersion: target.apiVersion,
      kind: target.kind,
      metadata: { name, namespace },
      spec: { replicas: least },
    },
    { manager: 'kube-controller-manager', subresource: 'scale' },
  );
  return least;
}
