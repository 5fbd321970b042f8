import { KubernetesObject } from '../../kubernetes/model';
import { ClusterSeed, WorkloadSeed } from '../../seed/model';

interface CompanionOptions {
  workload: WorkloadSeed;
  namespace: string;
  labels: Record<string, string>;
}

/** The Kubernetes Service in front of a workload with a port. */
export function serviceManifest(
  options: CompanionOptions & { port: number; headless?: boolean },
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(options),
    spec: {
      ...(options.headless && { clusterIP: 'None' }),
      selector: { app: options.workload.name },
      ports: [
        {
          name: 'main',
          port: options.port,
          targetPort: options.port,
          protocol: 'TCP',
        },
      ],
    },
  };
}

/** The HorizontalPodAutoscaler of a workload. */
export function autoscalerManifest(
  options: CompanionOptions & { min: number; max: number },
): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(options),
    spec: {
      scaleTargetRef: {
        apiVersion:
          options.workload.kind === 'Rollout'
            ? 'argoproj.io/v1alpha1'
            : 'apps/v1',
        kind: options.workload.kind,
        name: options.workload.name,
      },
      minReplicas: options.min,
      maxReplicas: options.max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
    },
  };
}

/** The PodDisruptionBudget of a workload. */
export function disruptionBudgetManifest(
  options: CompanionOptions,
): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(options),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: { app: options.workload.name } },
    },
  };
}

/** The way in from outside: Gateway API in production, an Ingress before. */
export function routeManifest(
  options: CompanionOptions & {
    cluster: ClusterSeed;
    port: number;
    exposedAs: string;
  },
): KubernetesObject {
  const { cluster, workload, port } = options;
  const host = `${options.exposedAs}.${cluster.domain}`;
  if (cluster.environment === 'production') {
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadataOf(options),
      spec: {
        parentRefs: [{ name: 'public', namespace: 'edge' }],
        hostnames: [host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: workload.name, port }],
          },
        ],
      },
    };
  }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(options),
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: workload.name, port: { number: port } },
                },
              },
            ],
          },
        },
      ],
    },
  };
}

/** A Gateway of a production cluster. */
export function gatewayManifest(options: {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  cluster: ClusterSeed;
}): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: options.name,
      namespace: options.namespace,
      labels: options.labels,
    },
    spec: {
      gatewayClassName: 'envoy',
      listeners: [
        {
          name: 'https',
          hostname: `*.${options.cluster.domain}`,
          port: 443,
          protocol: 'HTTPS',
          allowedRoutes: { namespaces: { from: 'All' } },
          tls: {
            mode: 'Terminate',
            certificateRefs: [{ name: 'public-certificate' }],
          },
        },
      ],
    },
  };
}

function metadataOf({ workload, namespace, labels }: CompanionOptions) {
  return { name: workload.name, namespace, labels };
}
