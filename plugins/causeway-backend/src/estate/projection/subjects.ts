import type { IngestedType } from '@causeway/backstage-plugin-causeway-common';
import type {
  ObservedArgoApplication,
  ObservedArgoProject,
  ObservedCluster,
  ObservedGateway,
  ObservedIngress,
  ObservedNamespace,
  ObservedRepository,
  ObservedRoute,
  ObservedWorkload,
} from '../observations/model';
import { datastoreEngine } from './datastores';
import type { EntityNames } from './EntityNames';
import { placeKey, type SortedObservations } from './sortObservations';

/** Something of a source that becomes a Resource. */
export interface Subject<T = unknown> {
  ref: string;
  name: string;
  type: IngestedType;
  title: string;
  source: string;
  partition: string;
  /** For what lives in a cluster. */
  cluster?: string;
  namespace?: string;
  /** Lower-cased Kubernetes kind, `application`, `project`; empty where there is none. */
  objectKind: string;
  objectName: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  data: T;
}

/** A workload, or a datastore when `engine` is there. */
export interface WorkloadSubject extends Subject<ObservedWorkload> {
  cluster: string;
  namespace: string;
  /** For datastores: what runs there, e.g. `PostgreSQL`. */
  engine?: string;
}

/** Everything that becomes a Resource, in a fixed order, and the ways to find it. */
export interface Subjects {
  clusters: Subject<ObservedCluster>[];
  namespaces: Subject<ObservedNamespace>[];
  workloads: WorkloadSubject[];
  gateways: Subject<ObservedGateway>[];
  routes: Subject<ObservedRoute>[];
  ingresses: Subject<ObservedIngress>[];
  applications: Subject<ObservedArgoApplication>[];
  projects: Subject<ObservedArgoProject>[];
  repositories: Subject<ObservedRepository>[];
  all: Subject[];
  /** By cluster, namespace (empty for none), lower-cased kind and name. */
  byPlace: Map<string, Subject>;
}

type Draft<T> = Omit<Subject<T>, 'ref' | 'name'> & { parts: string[] };

/** The image that stands for a workload: the container named like it, or the first. */
export function mainImage(workload: ObservedWorkload): string | undefined {
  const named = workload.containers.find(
    container => container.name === workload.meta.name,
  );
  return (named ?? workload.containers[0])?.image;
}

/** Names every object that becomes a Resource. */
export function listSubjects(
  observed: SortedObservations,
  names: EntityNames,
): Subjects {
  const seen = new Map<string, Subject>();
  const all: Subject[] = [];
  const byPlace = new Map<string, Subject>();

  const name = <T, S extends Subject<T> = Subject<T>>(
    list: S[],
    draft: Draft<T> & Partial<S>,
  ) => {
    const { parts, ...rest } = draft;
    // One object that two partitions report is one thing, not a collision.
    const identity = placeKey(rest.type, ...parts);
    if (seen.has(identity)) {
      return;
    }
    const taken = names.take('resource', parts, {
      title: rest.title,
      partition: rest.partition,
    });
    const subject = { ...rest, ...taken } as unknown as S;
    seen.set(identity, subject);
    list.push(subject);
    all.push(subject);
    if (subject.cluster !== undefined) {
      byPlace.set(
        placeKey(
          subject.cluster,
          subject.namespace ?? '',
          subject.objectKind,
          subject.objectName,
        ),
        subject,
      );
    }
  };

  const subjects: Subjects = {
    clusters: [],
    namespaces: [],
    workloads: [],
    gateways: [],
    routes: [],
    ingresses: [],
    applications: [],
    projects: [],
    repositories: [],
    all,
    byPlace,
  };

  for (const { data, source, partition } of observed.Cluster) {
    name(subjects.clusters, {
      parts: [source],
      type: 'kubernetes-cluster',
      title: source,
      source,
      partition,
      cluster: source,
      objectKind: 'cluster',
      objectName: source,
      labels: {},
      annotations: {},
      data,
    });
  }

  const inCluster = <T extends { meta: ObservedNamespace['meta'] }>(
    data: T,
    source: string,
    kind: string,
  ) => ({
    source,
    cluster: source,
    namespace: data.meta.namespace ?? '',
    objectKind: kind.toLowerCase(),
    objectName: data.meta.name,
    labels: data.meta.labels ?? {},
    annotations: data.meta.annotations ?? {},
    title: `${data.meta.name} in ${data.meta.namespace ?? '-'} on ${source}`,
    parts: [
      source,
      data.meta.namespace ?? '',
      kind.toLowerCase(),
      data.meta.name,
    ],
    data,
  });

  for (const { data, source, partition } of observed.Namespace) {
    name(subjects.namespaces, {
      ...inCluster(data, source, 'namespace'),
      parts: [source, data.meta.name],
      namespace: '',
      title: `${data.meta.name} on ${source}`,
      partition,
      type: 'kubernetes-namespace',
    });
  }
  for (const { data, source, partition } of observed.Workload) {
    const image = mainImage(data);
    const engine = image === undefined ? undefined : datastoreEngine(image);
    name<ObservedWorkload, WorkloadSubject>(subjects.workloads, {
      ...inCluster(data, source, data.workloadKind),
      partition,
      type: engine ? 'datastore' : 'kubernetes-workload',
      engine,
    });
  }
  for (const { data, source, partition } of observed.Gateway) {
    name(subjects.gateways, {
      ...inCluster(data, source, 'Gateway'),
      partition,
      type: 'gateway',
    });
  }
  for (const { data, source, partition } of observed.Route) {
    name(subjects.routes, {
      ...inCluster(data, source, data.routeKind),
      partition,
      type: 'route',
    });
  }
  for (const { data, source, partition } of observed.Ingress) {
    name(subjects.ingresses, {
      ...inCluster(data, source, 'Ingress'),
      partition,
      type: 'route',
    });
  }
  for (const { data, source, partition } of observed.ArgoProject) {
    name(subjects.projects, {
      parts: [data.instance, data.namespace, 'project', data.name],
      type: 'argocd-project',
      title: `${data.name} of ${data.instance}`,
      source,
      partition,
      objectKind: 'project',
      objectName: data.name,
      labels: data.labels ?? {},
      annotations: data.annotations ?? {},
      data,
    });
  }
  for (const { data, source, partition } of observed.ArgoApplication) {
    name(subjects.applications, {
      parts: [data.instance, data.namespace, 'application', data.name],
      type: 'argocd-application',
      title: `${data.name} of ${data.instance}`,
      source,
      partition,
      objectKind: 'application',
      objectName: data.name,
      labels: data.labels ?? {},
      annotations: data.annotations ?? {},
      data,
    });
  }
  for (const { data, source, partition } of observed.Repository) {
    name(subjects.repositories, {
      parts: [source, data.organization, data.name],
      type: 'github-repository',
      title: `${data.organization}/${data.name}`,
      source,
      partition,
      objectKind: '',
      objectName: data.name,
      labels: {},
      annotations: {},
      data,
    });
  }
  return subjects;
}
