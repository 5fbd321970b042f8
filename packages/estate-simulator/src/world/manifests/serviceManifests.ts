import { KubernetesObject } from '../../kubernetes/model';
import { projectOf, replicasIn } from '../../seed/defaults';
import { ClusterSeed, CompanySeed, ServiceSeed } from '../../seed/model';
import {
  autoscalerManifest,
  disruptionBudgetManifest,
  gatewayManifest,
  routeManifest,
  serviceManifest,
} from './companions';
import { workloadManifest } from './workload';

/** Everything that Git wants of one service in one cluster. */
export function serviceManifests(options: {
  company: CompanySeed;
  service: ServiceSeed;
  cluster: ClusterSeed;
  version: string;
}): KubernetesObject[] {
  const { company, service, cluster, version } = options;
  const { namespace } = service;
  const manifests: KubernetesObject[] = [];
  const baseLabels = {
    'app.kubernetes.io/name': service.name,
    'app.kubernetes.io/part-of': projectOf(service),
    'app.kubernetes.io/managed-by': 'argocd',
  };

  service.workloads.forEach((workload, index) => {
    const labels = {
      ...baseLabels,
      'app.kubernetes.io/component': workload.role,
    };
    manifests.push(
      workloadManifest({
        company,
        workload,
        namespace,
        image: `${service.image}${workload.imageSuffix ?? ''}:${version}`,
        labels,
        annotations: {
          ...(service.lifecycle && {
            'causeway.dev/lifecycle': service.lifecycle,
          }),
          ...(service.successor && {
            'causeway.dev/successor': service.successor,
          }),
          ...workload.annotations,
        },
        replicas:
          workload.autoscaled && !service.replicasLeftToCluster
            ? undefined
            : replicasIn(cluster, workload),
      }),
    );
    const companion = { workload, namespace, labels };
    if (workload.port !== undefined) {
      manifests.push(
        serviceManifest({
          ...companion,
          port: workload.port,
          headless: workload.kind === 'StatefulSet',
        }),
      );
    }
    if (workload.autoscaled && cluster.environment !== 'development') {
      manifests.push(
        autoscalerManifest({ ...companion, ...workload.autoscaled }),
      );
    }
    if (workload.disruptionBudget && cluster.environment === 'production') {
      manifests.push(disruptionBudgetManifest(companion));
    }
    if (index === 0 && service.exposedAs && workload.port !== undefined) {
      manifests.push(
        routeManifest({
          ...companion,
          cluster,
          port: workload.port,
          exposedAs: service.exposedAs,
        }),
      );
    }
  });
  for (const name of service.gateways ?? []) {
    manifests.push(
      gatewayManifest({ name, namespace, labels: baseLabels, cluster }),
    );
  }
  return manifests;
}
