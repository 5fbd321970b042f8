import type { ObservedKind } from '../../observations/model';
import type { JsonRecord } from '../read';
import { reduceGateway } from './reduce/Gateway';
import { reduceHorizontalPodAutoscaler } from './reduce/HorizontalPodAutoscaler';
import { reduceIngress } from './reduce/Ingress';
import { reduceNamespace } from './reduce/Namespace';
import { reducePodDisruptionBudget } from './reduce/PodDisruptionBudget';
import { reduceRoute } from './reduce/Route';
import { reduceService } from './reduce/Service';
import { reduceWorkload } from './reduce/Workload';

/** A kind of object that a Kubernetes source reads. */
export interface KubernetesKind {
  /** API group; the core group is the empty string. */
  group: string;
  /** Versions that the reducer understands, the preferred one first. */
  versions: string[];
  /** Plural resource name. */
  resource: string;
  namespaced: boolean;
  observed: ObservedKind;
  /** The fields that are kept; `undefined` for an object that is malformed. Pure and never throws. */
  reduce: (object: JsonRecord) => object | undefined;
}

const gatewayApi = 'gateway.networking.k8s.io';

/** Every kind that is read. One that a cluster does not serve costs nothing. */
export const kubernetesKinds: KubernetesKind[] = [
  {
    group: 'apps',
    versions: ['v1'],
    resource: 'deployments',
    namespaced: true,
    observed: 'Workload',
    reduce: reduceWorkload('Deployment'),
  },
  {
    group: 'apps',
    versions: ['v1'],
    resource: 'statefulsets',
    namespaced: true,
    observed: 'Workload',
    reduce: reduceWorkload('StatefulSet'),
  },
  {
    group: 'apps',
    versions: ['v1'],
    resource: 'daemonsets',
    namespaced: true,
    observed: 'Workload',
    reduce: reduceWorkload('DaemonSet'),
  },
  {
    group: 'batch',
    versions: ['v1'],
    resource: 'cronjobs',
    namespaced: true,
    observed: 'Workload',
    reduce: reduceWorkload('CronJob'),
  },
  {
    group: '',
    versions: ['v1'],
    resource: 'services',
    namespaced: true,
    observed: 'Service',
    reduce: reduceService,
  },
  {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'ingresses',
    namespaced: true,
    observed: 'Ingress',
    reduce: reduceIngress,
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1beta1'],
    resource: 'gateways',
    namespaced: true,
    observed: 'Gateway',
    reduce: reduceGateway,
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1beta1'],
    resource: 'httproutes',
    namespaced: true,
    observed: 'Route',
    reduce: reduceRoute('HTTPRoute'),
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1alpha2'],
    resource: 'grpcroutes',
    namespaced: true,
    observed: 'Route',
    reduce: reduceRoute('GRPCRoute'),
  },
  {
    group: 'autoscaling',
    versions: ['v2', 'v1'],
    resource: 'horizontalpodautoscalers',
    namespaced: true,
    observed: 'HorizontalPodAutoscaler',
    reduce: reduceHorizontalPodAutoscaler,
  },
  {
    group: 'policy',
    versions: ['v1'],
    resource: 'poddisruptionbudgets',
    namespaced: true,
    observed: 'PodDisruptionBudget',
    reduce: reducePodDisruptionBudget,
  },
  {
    group: '',
    versions: ['v1'],
    resource: 'namespaces',
    namespaced: false,
    observed: 'Namespace',
    reduce: reduceNamespace,
  },
];

/** `deployments.apps`, `services`: the name of a kind's partition. */
export function kindName(kind: { resource: string; group: string }): string {
  return kind.group ? `${kind.resource}.${kind.group}` : kind.resource;
}
