import { KubernetesObject } from '../../kubernetes/model';
import { CompanySeed, WorkloadSeed } from '../../seed/model';
import { addressText } from './address';

/** What a workload's manifest is made from. */
export interface WorkloadManifestOptions {
  company: CompanySeed;
  workload: WorkloadSeed;
  namespace: string;
  image: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  /** Left out for those that the cluster scales by itself. */
  replicas?: number;
}

/** The manifest of a Deployment, StatefulSet, DaemonSet, CronJob or Rollout. */
export function workloadManifest(
  options: WorkloadManifestOptions,
): KubernetesObject {
  const { workload, namespace, labels, annotations } = options;
  const metadata = {
    name: workload.name,
    namespace,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
  };
  const podLabels = { ...labels, app: workload.name };
  const template = {
    metadata: { labels: podLabels },
    spec: podSpec(options),
  };
  const selector = { matchLabels: { app: workload.name } };
  const replicas =
    options.replicas === undefined ? {} : { replicas: options.replicas };

  switch (workload.kind) {
    case 'CronJob':
      return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata,
        spec: {
          schedule: workload.schedule ?? '0 * * * *',
          concurrencyPolicy: 'Forbid',
          jobTemplate: { spec: { backoffLimit: 2, template } },
        },
      };
    case 'DaemonSet':
      return {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata,
        spec: { selector, template },
      };
    case 'StatefulSet':
      return {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata,
        spec: { ...replicas, serviceName: workload.name, selector, template },
      };
    case 'Rollout':
      return {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata,
        spec: {
          ...replicas,
          revisionHistoryLimit: 3,
          selector,
          strategy: {
            canary: {
              steps: [
                { setWeight: 20 },
                { pause: {} },
                { setWeight: 60 },
                { pause: { duration: '10m' } },
              ],
            },
          },
          template,
        },
      };
    default:
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { ...replicas, selector, template },
      };
  }
}

function podSpec(options: WorkloadManifestOptions): Record<string, unknown> {
  const { company, workload, namespace } = options;
  const targets = [...(workload.calls ?? []), ...(workload.stores ?? [])];
  const env: object[] = [];
  const args: string[] = [];
  for (const target of targets) {
    const value = addressText(company, target, namespace);
    if (target.variable) {
      env.push({ name: target.variable, value });
    }
    if (target.argument) {
      args.push(`${target.argument}=${value}`);
    }
  }
  for (const [name, value] of Object.entries(workload.settings ?? {})) {
    env.push({ name, value });
  }
  if (workload.stores?.length) {
    env.push({
      name: 'CREDENTIALS',
      valueFrom: {
        secretKeyRef: { name: `${namespace}-credentials`, key: 'password' },
      },
    });
  }
  const container: Record<string, unknown> = {
    name: workload.role,
    image: options.image,
    ...(args.length > 0 && { args }),
    ...(env.length > 0 && { env }),
    ...(workload.secrets && {
      envFrom: workload.secrets.map(name => ({ secretRef: { name } })),
    }),
    ...(workload.port !== undefined && {
      ports: [{ name: 'http', containerPort: workload.port, protocol: 'TCP' }],
      readinessProbe: { httpGet: { path: '/ready', port: workload.port } },
      livenessProbe: { httpGet: { path: '/live', port: workload.port } },
    }),
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '512Mi' },
    },
  };
  return {
    ...(workload.kind === 'CronJob' && { restartPolicy: 'Never' }),
    containers: [container],
  };
}
