import { createHash } from 'node:crypto';
import type { ObservedKind } from '../../observations/model';
import { reduceApplication } from '../argocd/reduce/Application';
import { reduceApplicationSet } from '../argocd/reduce/ApplicationSet';
import { reduceProject } from '../argocd/reduce/Project';
import type { ConfiguredKind } from '../config/parseConfiguredKinds';
import type { JsonRecord } from '../read';
import { reduceAgent } from './reduce/Agent';
import { reduceConfiguredObject } from './reduce/ConfiguredObject';
import { reduceCrossplaneDefinition } from './reduce/CrossplaneDefinition';
import { reduceExternalSecret } from './reduce/ExternalSecret';
import { reduceGateway } from './reduce/Gateway';
import { reduceGatewayClass } from './reduce/GatewayClass';
import { reduceHorizontalPodAutoscaler } from './reduce/HorizontalPodAutoscaler';
import { reduceKargoFreight } from './reduce/kargo/Freight';
import { reduceKargoProject } from './reduce/kargo/Project';
import { reduceKargoPromotion } from './reduce/kargo/Promotion';
import { reduceKargoStage } from './reduce/kargo/Stage';
import { reduceKargoWarehouse } from './reduce/kargo/Warehouse';
import { reduceIngress } from './reduce/Ingress';
import { reduceNamespace } from './reduce/Namespace';
import { reduceNetworkPolicy } from './reduce/NetworkPolicy';
import { reducePodDisruptionBudget } from './reduce/PodDisruptionBudget';
import { reduceReferenceGrant } from './reduce/ReferenceGrant';
import { reduceRollout } from './reduce/Rollout';
import { reducePolicyReport } from './reduce/PolicyReport';
import { reduceRoute } from './reduce/Route';
import { reduceSealedSecret } from './reduce/SealedSecret';
import { reduceSecretStore } from './reduce/SecretStore';
import { reduceService } from './reduce/Service';
import { reduceToolServer } from './reduce/ToolServer';
import { reduceWorkload } from './reduce/Workload';

/** A kind of object that a Kubernetes source reads. */
export interface KubernetesKind {
  /** API group; the core group is the empty string. */
  group: string;
  /** Versions that the reducer understands, the preferred one first; none for any. */
  versions: string[];
  /** Plural resource name. */
  resource: string;
  namespaced: boolean;
  observed: ObservedKind;
  /** The fields that are kept; `undefined` for an object that is malformed. Pure and never throws. */
  reduce: (object: JsonRecord) => object | undefined;
  /** Changes with what `reduce` keeps, where that is configured. */
  revision?: string;
}

const gatewayApi = 'gateway.networking.k8s.io';
const externalSecrets = 'external-secrets.io';
const policyReports = 'wgpolicyk8s.io';
const openReports = 'openreports.io';
const kagent = 'kagent.dev';

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
    group: gatewayApi,
    versions: ['v1', 'v1alpha3', 'v1alpha2'],
    resource: 'tlsroutes',
    namespaced: true,
    observed: 'Route',
    reduce: reduceRoute('TLSRoute'),
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1alpha2'],
    resource: 'tcproutes',
    namespaced: true,
    observed: 'Route',
    reduce: reduceRoute('TCPRoute'),
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1alpha2'],
    resource: 'udproutes',
    namespaced: true,
    observed: 'Route',
    reduce: reduceRoute('UDPRoute'),
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1beta1'],
    resource: 'gatewayclasses',
    namespaced: false,
    observed: 'GatewayClass',
    reduce: reduceGatewayClass,
  },
  {
    group: gatewayApi,
    versions: ['v1', 'v1beta1'],
    resource: 'referencegrants',
    namespaced: true,
    observed: 'ReferenceGrant',
    reduce: reduceReferenceGrant,
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
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'rollouts',
    namespaced: true,
    observed: 'Workload',
    reduce: reduceRollout,
  },
  {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'applications',
    namespaced: true,
    observed: 'ArgoApplication',
    reduce: object => reduceApplication(object, ''),
  },
  {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'applicationsets',
    namespaced: true,
    observed: 'ArgoApplicationSet',
    reduce: object => reduceApplicationSet(object, ''),
  },
  {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'appprojects',
    namespaced: true,
    observed: 'ArgoProject',
    reduce: object => reduceProject(object, ''),
  },
  {
    group: 'kargo.akuity.io',
    versions: ['v1alpha1'],
    resource: 'projects',
    namespaced: false,
    observed: 'KargoProject',
    reduce: reduceKargoProject,
  },
  {
    group: 'kargo.akuity.io',
    versions: ['v1alpha1'],
    resource: 'warehouses',
    namespaced: true,
    observed: 'KargoWarehouse',
    reduce: reduceKargoWarehouse,
  },
  {
    group: 'kargo.akuity.io',
    versions: ['v1alpha1'],
    resource: 'stages',
    namespaced: true,
    observed: 'KargoStage',
    reduce: reduceKargoStage,
  },
  {
    group: 'kargo.akuity.io',
    versions: ['v1alpha1'],
    resource: 'freights',
    namespaced: true,
    observed: 'KargoFreight',
    reduce: reduceKargoFreight,
  },
  {
    group: 'kargo.akuity.io',
    versions: ['v1alpha1'],
    resource: 'promotions',
    namespaced: true,
    observed: 'KargoPromotion',
    reduce: reduceKargoPromotion,
  },
  {
    group: '',
    versions: ['v1'],
    resource: 'namespaces',
    namespaced: false,
    observed: 'Namespace',
    reduce: reduceNamespace,
  },
  {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'networkpolicies',
    namespaced: true,
    observed: 'NetworkPolicy',
    reduce: reduceNetworkPolicy,
  },
  {
    group: 'apiextensions.crossplane.io',
    versions: ['v1', 'v2'],
    resource: 'compositeresourcedefinitions',
    namespaced: false,
    observed: 'CrossplaneDefinition',
    reduce: reduceCrossplaneDefinition,
  },
  {
    group: externalSecrets,
    versions: ['v1', 'v1beta1'],
    resource: 'secretstores',
    namespaced: true,
    observed: 'SecretStore',
    reduce: reduceSecretStore('SecretStore'),
  },
  {
    group: externalSecrets,
    versions: ['v1', 'v1beta1'],
    resource: 'clustersecretstores',
    namespaced: false,
    observed: 'SecretStore',
    reduce: reduceSecretStore('ClusterSecretStore'),
  },
  {
    group: externalSecrets,
    versions: ['v1', 'v1beta1'],
    resource: 'externalsecrets',
    namespaced: true,
    observed: 'ExternalSecret',
    reduce: reduceExternalSecret('ExternalSecret'),
  },
  {
    group: externalSecrets,
    versions: ['v1', 'v1beta1'],
    resource: 'clusterexternalsecrets',
    namespaced: false,
    observed: 'ExternalSecret',
    reduce: reduceExternalSecret('ClusterExternalSecret'),
  },
  {
    group: 'bitnami.com',
    versions: ['v1alpha1'],
    resource: 'sealedsecrets',
    namespaced: true,
    observed: 'SealedSecret',
    reduce: reduceSealedSecret,
  },
  {
    group: policyReports,
    versions: ['v1alpha2', 'v1beta1'],
    resource: 'policyreports',
    namespaced: true,
    observed: 'PolicyReport',
    reduce: reducePolicyReport,
  },
  {
    group: policyReports,
    versions: ['v1alpha2', 'v1beta1'],
    resource: 'clusterpolicyreports',
    namespaced: false,
    observed: 'PolicyReport',
    reduce: reducePolicyReport,
  },
  {
    group: openReports,
    versions: ['v1alpha1'],
    resource: 'reports',
    namespaced: true,
    observed: 'PolicyReport',
    reduce: reducePolicyReport,
  },
  {
    group: openReports,
    versions: ['v1alpha1'],
    resource: 'clusterreports',
    namespaced: false,
    observed: 'PolicyReport',
    reduce: reducePolicyReport,
  },
  {
    group: kagent,
    versions: ['v1alpha2', 'v1alpha1'],
    resource: 'agents',
    namespaced: true,
    observed: 'Agent',
    reduce: reduceAgent,
  },
  {
    group: kagent,
    versions: ['v1alpha2', 'v1alpha3'],
    resource: 'remotemcpservers',
    namespaced: true,
    observed: 'ToolServer',
    reduce: reduceToolServer('RemoteMCPServer'),
  },
  {
    group: kagent,
    versions: ['v1alpha1'],
    resource: 'mcpservers',
    namespaced: true,
    observed: 'ToolServer',
    reduce: reduceToolServer('MCPServer'),
  },
  {
    group: kagent,
    versions: ['v1alpha1'],
    resource: 'toolservers',
    namespaced: true,
    observed: 'ToolServer',
    reduce: reduceToolServer('ToolServer'),
  },
];

/** The kinds that the configuration adds. */
export function configuredKinds(kinds: ConfiguredKind[]): KubernetesKind[] {
  return kinds.map(kind => ({
    group: kind.group,
    versions: kind.version ? [kind.version] : [],
    resource: kind.resource,
    namespaced: kind.namespaced,
    observed: 'ConfiguredObject',
    reduce: reduceConfiguredObject(kind),
    revision: createHash('sha256')
      .update(JSON.stringify(kind))
      .digest('hex')
      .slice(0, 8),
  }));
}

/** `deployments.apps`, `services`: the name of a kind's partition. */
export function kindName(kind: { resource: string; group: string }): string {
  return kind.group ? `${kind.resource}.${kind.group}` : kind.resource;
}
