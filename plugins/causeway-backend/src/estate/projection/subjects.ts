import type {
  IngestedType,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
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
import { readMainImage, type MainImage } from './images';
import { PlaceMap } from './PlaceMap';
import { placeKey, type SortedObservations } from './sortObservations';
import type { NamedService } from './World';

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
  /** The namespace that it lives in, where that is known. */
  home?: Subject<ObservedNamespace>;
  /** Its owner, once that is decided: `World.owner` tells it. */
  owner?: SourcedValue;
  /** Its environment, once that is decided: `World.environment` tells it. */
  environment?: SourcedValue;
}

/** A workload, or a datastore when `engine` is there. */
export interface WorkloadSubject extends Subject<ObservedWorkload> {
  cluster: string;
  namespace: string;
  /** The image that stands for it. */
  image?: MainImage;
  /** For datastores: what runs there, e.g. `PostgreSQL`. */
  engine?: string;
  /** The service that it is an instance of, once that is decided: `World.serviceOf` tells it. */
  service?: NamedService;
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

/** What is known of a subject before it has a name. */
interface Draft<T> extends Pick<
  Subject<T>,
  | 'type'
  | 'title'
  | 'source'
  | 'partition'
  | 'objectKind'
  | 'objectName'
  | 'data'
> {
  parts: string[];
  /** Whether its parts are its place, and nothing but that. */
  namedByPlace?: boolean;
  cluster?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  image?: MainImage;
  engine?: string;
  kind?: AnySubjectKind;
}

const none: Record<string, string> = Object.freeze({});

/** The container that stands for a workload: the one named like it, or the first. */
export function mainContainer(
  workload: ObservedWorkload,
): ObservedContainer | undefined {
  return (
    workload.containers.find(({ name }) => name === workload.meta.name) ??
    workload.containers[0]
  );
}

/** Those that may live in a namespace. */
export function* placed(subjects: Subjects): Iterable<Subject> {
  yield* subjects.workloads;
  yield* subjects.gateways;
  yield* subjects.routes;
  yield* subjects.ingresses;
  yield* subjects.described;
}

/** Names every object that becomes a Resource. */
export function* listSubjects(
  observed: SortedObservations,
  names: EntityNames,
): Generator<undefined, Subjects> {
  const seen = new Set<string>();
  const all: Subject[] = [];
  const byPlace = new Map<string, Subject>();
  const homes = new PlaceMap<Subject<ObservedNamespace>>();

  const name = <T, S extends Subject<T> = Subject<T>>(
    list: S[],
    draft: Draft<T>,
    group = '',
  ): S | undefined => {
    const { parts, cluster, namespace } = draft;
    const kind = draft.kind?.api ? 'api' : 'resource';
    const place =
      cluster === undefined
        ? undefined
        : placeKey(
            cluster,
            namespace ?? '',
            group ? `${draft.objectKind}.${group}` : draft.objectKind,
            draft.objectName,
          );
    // One object that two partitions report is one thing, not a collision.
    if (draft.namedByPlace && byPlace.has(place!)) {
      return undefined;
    }
    if (!draft.namedByPlace) {
      const identity = placeKey(draft.type, ...parts);
      if (seen.has(identity)) {
        return undefined;
      }
      seen.add(identity);
    }
    const taken = names.take(kind, parts, draft);
    // All of one shape, whatever they are: what reads thousands of them is much faster then.
    const subject: Subject<T> & Partial<Omit<WorkloadSubject, keyof Subject>> =
      {
        ref: taken.ref,
        name: taken.name,
        type: draft.type,
        title: draft.title,
        source: draft.source,
        partition: draft.partition,
        cluster,
        namespace,
        objectKind: draft.objectKind,
        objectName: draft.objectName,
        labels: draft.labels ?? none,
        annotations: draft.annotations ?? none,
        data: draft.data,
        kind: draft.kind,
        image: draft.image,
        engine: draft.engine,
        home:
          cluster !== undefined && namespace
            ? homes.get(cluster, namespace)
            : undefined,
        owner: undefined,
        environment: undefined,
        service: undefined,
      };
    list.push(subject as S);
    all.push(subject);
    if (place !== undefined) {
      byPlace.set(place, subject);
    }
    return subject as S;
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
      data,
    });
  }

  const inCluster = <T extends { meta: ObservedNamespace['meta'] }>(
    { data, source, partition }: { data: T; source: string; partition: string },
    type: IngestedType,
    kind: string,
  ): Draft<T> => {
    const { name: objectName, namespace, labels, annotations } = data.meta;
    const objectKind = kind.toLowerCase();
    return {
      type,
      title: `${objectName} in ${namespace ?? '-'} on ${source}`,
      source,
      partition,
      cluster: source,
      namespace: namespace ?? '',
      objectKind,
      objectName,
      labels,
      annotations,
      data,
      parts: [source, namespace ?? '', objectKind, objectName],
      namedByPlace: true,
    };
  };

  for (const { data, source, partition } of observed.Namespace) {
    const { name: objectName, labels, annotations } = data.meta;
    const namespace = name(subjects.namespaces, {
      parts: [source, objectName],
      type: 'kubernetes-namespace',
      title: `${objectName} on ${source}`,
      source,
      partition,
      cluster: source,
      namespace: '',
      objectKind: 'namespace',
      objectName,
      labels,
      annotations,
      data,
    });
    if (namespace) {
      homes.set(source, objectName, namespace);
    }
  }
  for (const observation of observed.Workload) {
    if (all.length % pieceSize === 0) {
      yield;
    }
    const { data } = observation;
    const container = mainContainer(data);
    const image = container && readMainImage(container.image);
    const engine = image && datastoreEngine(image);
    const draft = inCluster(
      observation,
      engine ? 'datastore' : 'kubernetes-workload',
      data.workloadKind,
    );
    draft.image = image;
    draft.engine = engine;
    name<ObservedWorkload, WorkloadSubject>(subjects.workloads, draft);
  }
  yield;
  for (const observation of observed.Gateway) {
    name(subjects.gateways, inCluster(observation, 'gateway', 'Gateway'));
  }
  yield;
  for (const observation of observed.Route) {
    if (all.length % pieceSize === 0) {
      yield;
    }
    name(
      subjects.routes,
      inCluster(observation, 'route', observation.data.routeKind),
    );
  }
  yield;
  for (const observation of observed.Ingress) {
    if (all.length % pieceSize === 0) {
      yield;
    }
    name(subjects.ingresses, inCluster(observation, 'route', 'Ingress'));
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
      labels: data.labels,
      annotations: data.annotations,
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
      labels: data.labels,
      annotations: data.annotations,
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
      data,
    });
  }
  for (const kind of subjectKinds) {
    yield;
    const list: Subject[] = [];
    for (const observation of observed[kind.observed]) {
      const identity = kind.identify(observation);
      if (identity) {
        const { source, partition, data } = observation;
        const draft = { ...identity, source, partition, data, kind };
        name<unknown>(list, draft, identity.group);
      }
    }
    if (list.length > 0) {
      byKind.set(kind.observed, list);
      subjects.described.push(...list);
    }
  }
  return subjects;
}
