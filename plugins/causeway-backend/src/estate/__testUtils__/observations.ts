import { createHash } from 'node:crypto';
import type {
  Observation,
  ObservedArgoApplication,
  ObservedArgoApplicationSet,
  ObservedClaim,
  ObservedData,
  ObservedKind,
  ObservedMetadata,
  ObservedReference,
  ObservedRepository,
  ObservedWorkload,
} from '../observations/model';

/** An observation of any kind, with the bookkeeping filled in. */
export function observe<K extends ObservedKind>(
  kind: K,
  source: string,
  key: string,
  data: ObservedData[K],
): Observation<K> {
  return {
    partition: `${source}/-/${kind.toLowerCase()}`,
    source,
    key,
    kind,
    data,
    hash: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
    observedAt: 0,
  };
}

const meta = (
  cluster: string,
  kind: string,
  namespace: string | undefined,
  name: string,
  more: Partial<ObservedMetadata> = {},
): ObservedMetadata => ({
  uid: `${cluster}-${kind}-${namespace}-${name}`,
  name,
  namespace,
  createdAt: '2025-01-01T00:00:00Z',
  ...more,
});

export const cluster = (name: string) =>
  observe('Cluster', name, name, { name, version: 'v1.33.1' });

export const namespace = (
  clusterName: string,
  name: string,
  annotations?: Record<string, string>,
) =>
  observe('Namespace', clusterName, name, {
    meta: meta(clusterName, 'Namespace', undefined, name, { annotations }),
    phase: 'Active',
  });

export interface WorkloadOptions {
  kind?: ObservedWorkload['workloadKind'];
  image?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  podLabels?: Record<string, string>;
  references?: (string | ObservedReference)[];
  createdAt?: string;
  data?: Partial<ObservedWorkload>;
}

export const workload = (
  clusterName: string,
  ns: string,
  name: string,
  options: WorkloadOptions = {},
) => {
  const kind = options.kind ?? 'Deployment';
  return observe('Workload', clusterName, `${kind}/${ns}/${name}`, {
    meta: meta(clusterName, kind, ns, name, {
      labels: options.labels,
      annotations: options.annotations,
      createdAt: options.createdAt ?? '2025-01-01T00:00:00Z',
    }),
    workloadKind: kind,
    replicas: { desired: 2, ready: 2, updated: 2, available: 2 },
    current: true,
    containers: [
      { name, image: options.image ?? `ghcr.io/meridian/${name}:1.0.0` },
    ],
    podLabels: options.podLabels ?? { app: name },
    references: (options.references ?? []).map(reference =>
      typeof reference === 'string'
        ? { host: reference, where: `container ${name}, env URL` }
        : reference,
    ),
    ...options.data,
  });
};

export const service = (
  clusterName: string,
  ns: string,
  name: string,
  selector: Record<string, string> | undefined = { app: name },
  type = 'ClusterIP',
) =>
  observe('Service', clusterName, `${ns}/${name}`, {
    meta: meta(clusterName, 'Service', ns, name),
    type,
    selector,
    ports: [{ port: 80 }],
  });

function groupOf(kind: string): string {
  if (/Route|Gateway/.test(kind)) {
    return 'gateway.networking.k8s.io';
  }
  return (
    { CronJob: 'batch', Rollout: 'argoproj.io', Ingress: 'networking.k8s.io' }[
      kind
    ] ?? 'apps'
  );
}

export const application = (
  instance: string,
  name: string,
  options: {
    project: string;
    destination: string;
    namespace: string;
    path?: string;
    repoURL?: string;
    resources?: [kind: string, name: string][];
    data?: Partial<ObservedArgoApplication>;
  },
) =>
  observe('ArgoApplication', instance, `argocd/${name}`, {
    instance,
    name,
    namespace: 'argocd',
    project: options.project,
    sources: [
      {
        repoURL:
          options.repoURL ?? 'https://github.com/meridian/deployments.git',
        path: options.path,
        targetRevision: 'main',
      },
    ],
    destination: { name: options.destination, namespace: options.namespace },
    automated: true,
    sync: { status: 'Synced', revision: 'a'.repeat(40) },
    health: { status: 'Healthy' },
    resources: (options.resources ?? []).map(([kind, resource]) => ({
      group: groupOf(kind),
      kind,
      namespace: options.namespace,
      name: resource,
      sync: 'Synced',
      health: 'Healthy',
    })),
    images: [],
    externalUrls: [],
    history: [
      {
        id: 1,
        revision: 'b'.repeat(40),
        deployedAt: '2025-06-01T10:00:00Z',
      },
      {
        id: 2,
        revision: 'a'.repeat(40),
        deployedAt: '2025-07-01T10:00:00Z',
        initiatedBy: 'ada-okafor',
      },
    ],
    ...options.data,
  });

export const argoProject = (
  instance: string,
  name: string,
  annotations?: Record<string, string>,
) =>
  observe('ArgoProject', instance, `argocd/${name}`, {
    instance,
    name,
    namespace: 'argocd',
    annotations,
    sourceRepos: ['*'],
    destinations: [],
  });

export const applicationSet = (
  instance: string,
  name: string,
  more: Partial<ObservedArgoApplicationSet> = {},
) =>
  observe('ArgoApplicationSet', instance, `argocd/${name}`, {
    instance,
    name,
    namespace: 'argocd',
    generators: ['list'],
    ...more,
  });

/** The same object as the cluster has it where its Argo CD runs. */
export const customResource = <K extends ObservedKind>(
  clusterName: string,
  { kind, key, data, observedAt }: Observation<K>,
): Observation<K> => ({
  ...observe(kind, clusterName, key, { ...data, instance: '' }),
  observedAt,
});

const inKargo =
  <K extends ObservedKind>(
    observed: K,
    kind: string,
    defaults: (name: string) => Omit<ObservedData[K], 'meta'>,
  ) =>
  (
    clusterName: string,
    projectName: string,
    name: string,
    {
      createdAt,
      ...more
    }: Partial<Omit<ObservedData[K], 'meta'>> & { createdAt?: string } = {},
  ) =>
    observe(observed, clusterName, `${projectName}/${name}`, {
      meta: meta(clusterName, kind, projectName, name, { createdAt }),
      ...defaults(name),
      ...more,
    } as unknown as ObservedData[K]);

/** What Kargo has in a cluster. */
export const kargo = {
  project: (clusterName: string, name: string) =>
    observe('KargoProject', clusterName, name, {
      meta: meta(clusterName, 'Project', undefined, name),
    }),
  warehouse: inKargo('KargoWarehouse', 'Warehouse', () => ({
    subscriptions: [],
  })),
  stage: inKargo('KargoStage', 'Stage', () => ({
    requests: [],
    applications: [],
    freight: [],
  })),
  freight: inKargo('KargoFreight', 'Freight', name => ({
    name,
    images: [],
    commits: [],
    charts: [],
  })),
  promotion: inKargo('KargoPromotion', 'Promotion', () => ({
    stage: '',
    freight: '',
  })),
};

export const repository = (
  name: string,
  more: Partial<ObservedRepository> = {},
) =>
  observe('Repository', 'github', `meridian/${name}`, {
    organization: 'meridian',
    name,
    nodeId: `R_${name}`,
    url: `https://github.com/meridian/${name}`,
    visibility: 'private',
    archived: false,
    fork: false,
    topics: [],
    languages: [],
    hasCatalogInfo: false,
    hasAgentsMd: false,
    hasReadme: true,
    hasDocs: false,
    ...more,
  });

export const team = (slug: string, members: string[] = [], parent?: string) =>
  observe('Team', 'github', `meridian/${slug}`, {
    organization: 'meridian',
    slug,
    name: slug,
    parent,
    members: members.map(login => ({ login })),
  });

export const claim = (
  entityRef: string,
  location: string,
  more: Partial<ObservedClaim> = {},
) =>
  observe('Claim', 'catalog', entityRef, {
    entityRef,
    location,
    originLocation: location,
    annotations: {},
    ...more,
  });
