import { KubernetesObject } from '../../kubernetes/model';
import { replicasOf } from './deployment';
import { Instance, metadataOf } from './metadata';
import { podTemplate } from './podTemplate';

/** The Service in front of a Deployment. */
export function service(instance: Instance): KubernetesObject {
  const { plan } = instance;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(instance, { kind: 'Service' }),
    spec: {
      selector: { app: plan.name },
      ports: [
        { name: 'http', port: plan.port, targetPort: 'http', protocol: 'TCP' },
      ],
    },
    status: { loadBalancer: {} },
  };
}

/** Scales a Deployment by its load. */
export function autoscaler(instance: Instance): KubernetesObject {
  const replicas = replicasOf(instance);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(instance, {
      kind: 'HorizontalPodAutoscaler',
      group: 'autoscaling',
    }),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: instance.plan.name,
      },
      minReplicas: replicas,
      maxReplicas: replicas * 4,
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
    status: {
      currentReplicas: replicas,
      desiredReplicas: replicas,
      currentMetrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            current: { averageValue: '41m', averageUtilization: 41 },
          },
        },
      ],
    },
  };
}

/** Keeps pods of a Deployment alive while nodes go. */
export function disruptionBudget(instance: Instance): KubernetesObject {
  const replicas = replicasOf(instance);
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(instance, {
      kind: 'PodDisruptionBudget',
      group: 'policy',
    }),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: { app: instance.plan.name } },
    },
    status: {
      observedGeneration: 1,
      currentHealthy: replicas,
      desiredHealthy: replicas - 1,
      disruptionsAllowed: 1,
      expectedPods: replicas,
    },
  };
}

/** The way in from outside: Gateway API in production, an Ingress before. */
export function route(instance: Instance): KubernetesObject {
  const { plan, cluster } = instance;
  const host = `${plan.name}.${cluster.domain}`;
  if (cluster.environment === 'production') {
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadataOf(instance, {
        kind: 'HTTPRoute',
        group: 'gateway.networking.k8s.io',
      }),
      spec: {
        parentRefs: [{ name: 'public', namespace: 'edge' }],
        hostnames: [host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: plan.name, port: plan.port }],
          },
        ],
      },
    };
  }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(instance, {
      kind: 'Ingress',
      group: 'networking.k8s.io',
    }),
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
                  service: { name: plan.name, port: { number: plan.port } },
                },
              },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } },
  };
}

/** What a service does every night. */
export function cronJob(instance: Instance): KubernetesObject {
  const { plan } = instance;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(instance, {
      kind: 'CronJob',
      group: 'batch',
      name: `${plan.name}-nightly`,
      component: 'nightly',
    }),
    spec: {
      schedule: `${plan.number % 60} 3 * * *`,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          template: podTemplate(instance, {
            component: 'nightly',
            command: ['/app/nightly'],
          }),
        },
      },
    },
    status: { lastScheduleTime: '2026-01-06T03:00:00Z' },
  };
}
