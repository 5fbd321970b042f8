import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject } from '../kubernetes/model';
import { ClusterSeed, CompanySeed } from '../seed/model';
import { storeManifests } from './manifests/datastoreManifests';
import { serviceManifest } from './manifests/companions';
import { workloadManifest } from './manifests/workload';
import { WorldClock } from './WorldClock';

const byHand = { manager: 'kubectl-client-side-apply' };

/** Namespaces with what lies in them before any application comes. */
export function layFoundations(
  company: CompanySeed,
  seed: ClusterSeed,
  cluster: SimulatedCluster,
): void {
  for (const namespace of company.namespaces) {
    if (namespace.clusters.includes(seed.name)) {
      cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: namespace.name,
            ...(namespace.owner && {
              labels: { 'meridian.example/team': namespace.owner },
              annotations: { 'causeway.dev/owner': namespace.owner },
            }),
          },
        },
        byHand,
      );
      confidentialObjects(namespace.name).forEach(object =>
        cluster.apply(object, byHand),
      );
    }
  }
  if (seed.environment === 'production') {
    cluster.apply(
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: { name: 'envoy' },
        spec: {
          controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
          description: 'Envoy at the edge',
        },
      },
      byHand,
    );
  }
  clusterDns(company).forEach(object => cluster.apply(object, byHand));
}

/** The time at which the first thing without an application was put there. */
export function applyUnmanaged(options: {
  company: CompanySeed;
  cluster: SimulatedCluster;
  clock: WorldClock;
  at: (daysAgo: number) => Date;
}): void {
  const { company, cluster, clock, at } = options;
  for (const store of company.unmanagedDatastores) {
    if (store.cluster === cluster.name) {
      clock.travel(at(store.startedDaysAgo));
      storeManifests({
        company,
        ...store,
        labels: {
          'app.kubernetes.io/name': store.name,
          'app.kubernetes.io/part-of': store.namespace,
        },
      }).forEach(object => cluster.apply(object, byHand));
    }
  }
  for (const one of company.unmanaged) {
    if (one.cluster === cluster.name) {
      const { workload, namespace } = one;
      const labels = one.labels ?? {};
      clock.travel(at(one.startedDaysAgo));
      cluster.apply(
        workloadManifest({
          company,
          workload,
          namespace,
          image: one.image,
          labels,
          replicas: 1,
        }),
        { manager: one.labels ? byHand.manager : 'kubectl-create' },
      );
      if (workload.port !== undefined) {
        cluster.apply(
          serviceManifest({
            workload,
            namespace,
            labels,
            port: workload.port,
          }),
          byHand,
        );
      }
    }
  }
}

/** Contents that nothing may carry out of the cluster: canaries for tests. */
function confidentialObjects(namespace: string): KubernetesObject[] {
  const name = `${namespace}-credentials`;
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'Opaque',
      data: {
        password: Buffer.from(`CANARY-SECRET-${name}`).toString('base64'),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${namespace}-settings`, namespace },
      data: { 'settings.ini': `licence = CANARY-CONFIG-${namespace}\n` },
    },
  ];
}

function clusterDns(company: CompanySeed): KubernetesObject[] {
  const workload = {
    kind: 'Deployment',
    name: 'coredns',
    role: 'dns',
    port: 53,
  } as const;
  const labels = { 'k8s-app': 'kube-dns' };
  return [
    workloadManifest({
      company,
      workload,
      namespace: 'kube-system',
      image: 'registry.k8s.io/coredns/coredns:v1.12.1',
      labels,
      replicas: 2,
    }),
  ];
}
