import type { IngestedType } from '@causeway/backstage-plugin-causeway-common';
import type {
  ObservedData,
  ObservedKind,
  ObservedArgoApplication,
  ObservedArgoProject,
  ObservedCluster,
  ObservedContainer,
  ObservedGateway,
  ObservedIngress,
  ObservedNamespace,
  ObservedRepository,
  ObservedRoute,
  ObservedWorkload,
} from '../observations/model';
import type { AnySubjectKind } from './kinds/SubjectKind';
import { subjectKinds } from './kinds/subjectKinds';
import { instancePart } from './argocdInstances';
import { datastoreEngine } from './datastores';
import type { EntityNames } from './EntityNames';
import { placeKey, type SortedObservations } from './sortObservations';

/** Something of a source that becomes a Resource or an API. */
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
  /** What it is one of, unless this folder knows it by a list of its own. */
  kind?: AnySubjectKind;
}

/** A workload, or a datastore when `engine` is there. */
export interface WorkloadSubject extends Subject<ObservedWorkload> {
  cluster: string;
  namespace: string;
  /** For datastores: what runs there, e.g. `PostgreSQL`. */
  engine?: string;
}

/** Everything that becomes a Resource or an API, in a fixed order, and the ways to find it. */
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
  /** What {@link subjectKinds} describe, in their order. */
  described: Subject[];
  /** Those of one kind of observation. */
  of<K extends ObservedKind>(observed: K): Subject<ObservedData[K]>[];
  all: Subject[];
  /**
   * By cluster, namespace (empty for none), lower-cased kind and name. The kind
   * of what {@link subjectKinds} describe is followed by its group:
   * `stage.kargo.akuity.io`.
   */
  byPlace: Map<string, Subject>;
}

/** Subjects named between two pauses. */
const pieceSize = 1000;

type Draft<T> = Omit<Subject<T>, 'ref' | 'name'> & { parts: string[] };

/** The container that stands for a workload: the one named like it, or the first. */
export function mainContainer(
  workload: ObservedWorkload,
): ObservedContainer | undefined {
  return (
    workload.containers.find(({ name }) => name === workload.meta.name) ??
    workload.containers[0]
  );
}

/** The image that stands for a workload. */
export function mainImage(workload: ObservedWorkload): string | undefined {
  return mainContainer(workload)?.image;
}

/** Names every object that becomes a Resource. */
export function* listSubjects(
  observed: SortedObservations,
  names: EntityNames,
): Generator<undefined, Subjects> {
  const seen = new Set<string>();
  const all: Subject[] = [];
  const byPlace = new Map<string, Subject>();

  const name = <T, S extends Subject<T> = Subject<T>>(
    list: S[],
    draft: Draft<T> & Partial<S>,
    group = '',
  ) => {
    const { parts } = draft;
    // One object that two partitions report is one thing, not a collision.
    const identity = placeKey(draft.type, ...parts);
    if (seen.has(identity)) {
      return;
    }
    seen.add(identity);
    const taken = names.take(draft.kind?.api ? 'api' : 'resource', parts, {
      title: draft.title,
      partition: draft.partition,
    });
    // The draft itself: an object put together of parts of others is slow to read ever after.
    const subject = Object.assign(draft, taken) as unknown as S;
    list.push(subject);
    all.push(subject);
    if (subject.cluster !== undefined) {
      byPlace.set(
        placeKey(
          subject.cluster,
          subject.namespace ?? '',
          group ? `${subject.objectKind}.${group}` : subject.objectKind,
          subject.objectName,
        ),
        subject,
      );
    }
  };

  const byKind = new Map<ObservedKind, Subject[]>();
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
    described: [],
    of: <K extends ObservedKind>(kind: K) =>
      (byKind.get(kind) ?? []) as Subject<ObservedData[K]>[],
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
    if (all.length % pieceSize === 0) {
      yield;
    }
    const image = mainImage(data);
    const engine = image === undefined ? undefined : datastoreEngine(image);
    name<ObservedWorkload, WorkloadSubject>(subjects.workloads, {
      ...inCluster(data, source, data.workloadKind),
      partition,
      type: engine ? 'datastore' : 'kubernetes-workload',
      engine,
    });
  }
  yield;
  for (const { data, source, partition } of observed.Gateway) {
    name(subjects.gateways, {
      ...inCluster(data, source, 'Gateway'),
      partition,
      type: 'gateway',
    });
  }
  yield;
  for (const { data, source, partition } of observed.Route) {
    if (all.length % pieceSize === 0) {
      yield;
    }
    name(subjects.routes, {
      ...inCluster(data, source, data.routeKind),
      partition,
      type: 'route',
    });
  }
  yield;
  for (const { data, source, partition } of observed.Ingress) {
    if (all.length % pieceSize === 0) {
      yield;
    }
    name(subjects.ingresses, {
      ...inCluster(data, source, 'Ingress'),
      partition,
      type: 'route',
    });
  }
  for (const { data, source, partition } of observed.ArgoProject) {
    name(subjects.projects, {
      parts: [
        instancePart(data.instance),
        data.namespace,
        'project',
        data.name,
      ],
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
      parts: [
        instancePart(data.instance),
        data.namespace,
        'application',
        data.name,
      ],
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
  for (const kind of subjectKinds) {
    yield;
    const list: Subject[] = [];
    for (const observation of observed[kind.observed]) {
      const identity = kind.identify(observation);
      if (identity) {
        const { group, labels = {}, annotations = {}, ...own } = identity;
        const { source, partition, data } = observation;
        const draft = { ...own, labels, annotations, source, partition, data };
        name<unknown>(list, { ...draft, kind }, group);
      }
    }
    if (list.length > 0) {
      byKind.set(kind.observed, list);
      subjects.described.push(...list);
    }
  }
  return subjects;
}
