import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import {
  causewayAnnotations,
  type CausewaySpec,
  type SourcedValue,
  type SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import type { JsonObject } from '@backstage/types';
import type { CarriedEdge } from '../relations/model';
import { safeText } from '../text';

/** What every entity has in its metadata. */
export interface MetadataInput {
  namespace: string;
  name: string;
  title?: string;
  description?: string;
  source: string;
  partition: string;
  /** Only keys that the emitters themselves write; nothing is copied from sources. */
  annotations?: Record<string, string | undefined>;
  links?: SourceLink[];
  tags?: string[];
}

function withoutUndefined<T extends object>(value: T): T {
  const known: Partial<T> = {};
  for (const field of Object.keys(value) as (keyof T)[]) {
    if (value[field] !== undefined) {
      known[field] = value[field];
    }
  }
  return known as T;
}

/** The metadata of an entity: bounded, and with what the catalog demands. */
export function toMetadata(input: MetadataInput): Entity['metadata'] {
  const location = `causeway:${input.partition}`;
  return withoutUndefined({
    namespace: input.namespace,
    name: input.name,
    title: safeText(input.title, 120),
    description: safeText(input.description, 400),
    annotations: withoutUndefined({
      [ANNOTATION_LOCATION]: location,
      [ANNOTATION_ORIGIN_LOCATION]: location,
      [causewayAnnotations.source]: input.source,
      [causewayAnnotations.partition]: input.partition,
      ...input.annotations,
    }) as Record<string, string>,
    links: input.links?.length
      ? input.links.map(link => ({ ...link }))
      : undefined,
    tags: input.tags?.length ? input.tags : undefined,
  });
}

/** The part of `spec` that is Causeway's own; only what is known is in it. */
export function toCausewaySpec(input: {
  ref: string;
  edges?: CarriedEdge[];
  cluster?: string;
  namespace?: string;
  environment?: SourcedValue;
  origins: Record<string, SourcedValue | undefined>;
  details?: Record<string, JsonObject[string] | undefined>;
}): JsonObject {
  const origins: NonNullable<CausewaySpec['origins']> = {};
  for (const name of Object.keys(input.origins)) {
    const value = input.origins[name];
    if (value) {
      origins[name] = { origin: value.origin, rule: value.rule };
    }
  }
  const details = withoutUndefined(input.details ?? {});
  const spec: CausewaySpec = {
    edges: input.edges?.length
      ? input.edges.map(({ from, type, to }) =>
          from === input.ref ? { type, to } : { from, type, to },
        )
      : undefined,
    environment: input.environment?.value,
    cluster: input.cluster,
    namespace: input.namespace,
    origins: Object.keys(origins).length > 0 ? origins : undefined,
    details:
      Object.keys(details).length > 0 ? (details as JsonObject) : undefined,
  };
  return withoutUndefined(spec) as JsonObject;
}
