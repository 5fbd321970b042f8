import {
  DriftSeed,
  UnmanagedDatastoreSeed,
  UnmanagedWorkloadSeed,
} from './model';

const argocdInstall = (
  cluster: 'staging' | 'production-eu',
): UnmanagedWorkloadSeed[] => {
  const part = (
    kind: 'Deployment' | 'StatefulSet',
    name: string,
    port: number | undefined,
    calls: string[],
  ): UnmanagedWorkloadSeed => ({
    cluster,
    namespace: 'argocd',
    startedDaysAgo: 380,
    service: name,
    image: 'quay.io/argoproj/argocd:v3.1.8',
    labels: {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': 'argocd',
    },
    workload: {
      kind,
      name,
      role: name.replace('argocd-', ''),
      port,
      stores: [
        {
          to: 'argocd/argocd-redis',
          argument: '--redis',
          form: 'local-host-port',
        },
      ],
      calls: calls.map(to => ({
        to: `argocd/${to}`,
        argument: '--repo-server',
        form: 'local-host-port',
      })),
    },
  });
  return [
    part('Deployment', 'argocd-server', 8080, ['argocd-repo-server']),
    part('Deployment', 'argocd-repo-server', 8081, []),
    part('StatefulSet', 'argocd-application-controller', undefined, [
      'argocd-repo-server',
    ]),
  ];
};

/** What serves the agents of kagent with tools. */
const clusterTools = (
  cluster: 'staging' | 'production-eu',
): UnmanagedWorkloadSeed => ({
  cluster,
  namespace: 'kagent',
  startedDaysAgo: 120,
  service: 'cluster-tools',
  image: 'quay.io/kagent-tools/cluster-tools:0.4.2',
  labels: { 'app.kubernetes.io/name': 'cluster-tools' },
  workload: {
    kind: 'Deployment',
    name: 'cluster-tools',
    role: 'tools',
    port: 8084,
  },
});

/** What came into the clusters past Argo CD: Argo CD itself, tools, and experiments. */
export const unmanaged: UnmanagedWorkloadSeed[] = [
  ...argocdInstall('staging'),
  ...argocdInstall('production-eu'),
  clusterTools('staging'),
  clusterTools('production-eu'),
  {
    // Neither labels nor an owner, and the name of another team's service.
    cluster: 'development',
    namespace: 'scratch',
    startedDaysAgo: 21,
    service: 'api',
    image: 'docker.io/library/httpd:latest',
    workload: { kind: 'Deployment', name: 'api', role: 'experiment' },
  },
  {
    cluster: 'staging',
    namespace: 'payments',
    startedDaysAgo: 9,
    service: 'load-test',
    image: 'docker.io/grafana/k6:latest',
    workload: {
      kind: 'Deployment',
      name: 'load-test',
      role: 'experiment',
      calls: [
        {
          to: 'payments/payment-api',
          argument: '--target',
          form: 'short-url',
        },
      ],
    },
  },
];

/** Redis of each Argo CD: a datastore that no application brings. */
export const unmanagedDatastores: UnmanagedDatastoreSeed[] = (
  ['staging', 'production-eu'] as const
).map(cluster => ({
  cluster,
  namespace: 'argocd',
  name: 'argocd-redis',
  image: 'public.ecr.aws/docker/library/redis:7.2.7-alpine',
  port: 6379,
  startedDaysAgo: 380,
}));

/** Differences between Git and the clusters. */
export const drifts: DriftSeed[] = [
  {
    what: 'commit-not-synced',
    service: 'shipping',
    cluster: 'production-eu',
    version: '1.16.3',
  },
  {
    what: 'image-edited',
    cluster: 'production-us',
    namespace: 'core-banking',
    workload: 'ledger',
    value: 'ghcr.io/meridian/ledger:7.3.1-hotfix.1',
    by: 'kubectl-edit',
  },
  {
    what: 'replicas-scaled',
    cluster: 'production-eu',
    namespace: 'payments',
    workload: 'payment-api',
    value: 6,
    by: 'kubectl',
  },
  {
    what: 'canary-paused',
    cluster: 'production-eu',
    namespace: 'shop',
    workload: 'storefront-web',
  },
  {
    // Its rollout hangs.
    what: 'image-missing',
    cluster: 'staging',
    image: 'registry.meridian.example/ml/recommendations:0.19.0',
  },
  {
    // Its agent never comes up.
    what: 'image-missing',
    cluster: 'production-eu',
    image: 'ghcr.io/meridian-agents/runtime:0.0.0-missing',
  },
];
