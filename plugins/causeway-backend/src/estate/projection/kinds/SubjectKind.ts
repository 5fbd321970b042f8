import type {
  EntityCondition,
  Health,
  IngestedType,
  SourcedValue,
  SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import type { JsonObject } from '@backstage/types';
import type {
  ObservedData,
  ObservedKind,
  ObservedMetadata,
} from '../../observations/model';
import type { ProjectionConfig } from '../config';
import type { EntityContext, Observed } from '../model';
import type { OwnedSubject } from '../ownership/model';
import type { RelationRule } from '../relations/model';
import type { Subject, Subjects } from '../subjects';
import type { World } from '../World';

/** What differs from one type of entity to the next. */
export interface Particulars {
  title: string;
  description?: string;
  tags?: string[];
  annotations?: Record<string, string | undefined>;
  /** Only what rarely changes: an entity holds nothing volatile. */
  details?: Record<string, JsonObject[string] | undefined>;
}

/** Which thing an object is, and what it is called. */
export interface SubjectIdentity {
  type: IngestedType;
  /** Parts of the name, see `docs/estate/entities.md`. */
  parts: string[];
  /** For messages: `test in payments on production-eu`. */
  title: string;
  /** For what lives in a cluster: where. */
  cluster?: string;
  /** Empty for what belongs to no namespace. */
  namespace?: string;
  /** Lower-cased Kubernetes kind. */
  objectKind: string;
  /** API group of the kind: kinds of different groups may share their name. */
  group: string;
  objectName: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/**
 * One kind of thing that becomes a Resource or an API: everything that the
 * projection has to know of it, in one place. A kind without observations
 * costs nothing. All functions are pure.
 */
export interface SubjectKind<
  K extends ObservedKind = ObservedKind,
  D = ObservedData[K],
> {
  observed: K;
  /** Who it is; `undefined` for an object that becomes no entity. */
  identify(observation: Observed<K>): SubjectIdentity | undefined;
  describe(subject: Subject<D>, world: World): Particulars;
  /** Makes it an API instead of a Resource. */
  api?(
    subject: Subject<D>,
    world: World,
  ): {
    lifecycle: string;
    definition: string;
    /** Of MCP servers: where they are reached. */
    remotes?: { type: string; url: string }[];
  };
  /** Its pages at the source of truth; what is in a cluster has its dashboard by default. */
  links?(subject: Subject<D>, config: ProjectionConfig): SourceLink[];
  /** What the source says of its state. */
  conditions?(data: D): EntityCondition[] | undefined;
  /** Its health where that does not follow from its conditions. */
  health?(data: D): Health | undefined;
  /** What else is volatile about it. */
  context?(subject: Subject<D>, world: World): Partial<EntityContext>;
  /** What its owner is decided from, besides where it is. */
  owned?(subject: Subject<D>, subjects: Subjects): Partial<OwnedSubject>;
  /** Its environment where that is not the one of the place where it is; `undefined` for none. */
  environment?(
    subject: Subject<D>,
    known: {
      subjects: Subjects;
      config: ProjectionConfig;
      /** Environments of what {@link Subjects} lists before this kind. */
      of(other: Subject): SourcedValue | undefined;
    },
  ): SourcedValue | undefined;
  /** Rules of the relations that it proves. */
  relations?: RelationRule[];
}

/** Any {@link SubjectKind}: each of its functions takes subjects of its own kind only. */
export type AnySubjectKind = SubjectKind<ObservedKind, unknown>;

/** Who an object of a cluster is. */
export function identifyInCluster(
  {
    data: { meta },
    source,
  }: { data: { meta: ObservedMetadata }; source: string },
  kind: { type: IngestedType; kind: string; group: string },
): SubjectIdentity {
  const objectKind = kind.kind.toLowerCase();
  const namespace = meta.namespace ?? '';
  return {
    type: kind.type,
    parts: namespace
      ? [source, namespace, objectKind, meta.name]
      : [source, objectKind, meta.name],
    title: namespace
      ? `${meta.name} in ${namespace} on ${source}`
      : `${meta.name} on ${source}`,
    cluster: source,
    namespace,
    objectKind,
    group: kind.group,
    objectName: meta.name,
    labels: meta.labels,
    annotations: meta.annotations,
  };
}

/** The title that people read of something in a cluster: its name and where it is. */
export const placedTitle = ({ objectName, cluster }: Subject) =>
  `${objectName} (${cluster})`;
