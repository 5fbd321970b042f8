import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import {
  causewayAnnotations,
  type CausewaySpec,
  type Edge,
  type SourcedValue,
  type SourceLink,
} from '@causeway/backstage-plugin-causeway-common';
import type { JsonObject } from '@backstage/types';
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

function toAnnotations({
  source,
  partition,
  annotations = {},
}: MetadataInput): Record<string, string> {
  const location = `causeway:${partition}`;
  const all: Record<string, string> = {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
    [causewayAnnotations.source]: source,
    [causewayAnnotations.partition]: partition,
  };
  for (const key of Object.keys(annotations)) {
    const value = annotations[key];
    if (value !== undefined) {
      all[key] = value;
    }
  }
  return all;
}

/** The metadata of an entity: bounded, and with what the catalog demands. */
export function toMetadata(input: MetadataInput): Entity['metadata'] {
  const { namespace, name, links, tags } = input;
  const metadata = {
    namespace,
    name,
    title: safeText(input.title, 120),
    description: safeText(input.description, 400),
    annotations: toAnnotations(input),
    links: links?.length ? links : undefined,
    tags: tags?.length ? tags : undefined,
  };
  // What is undefined is in no JSON, and so in no entity that leaves here.
  return metadata as Entity['metadata'];
}

function toOrigins(
  values: Record<string, SourcedValue | undefined>,
): CausewaySpec['origins'] {
  let origins: CausewaySpec['origins'];
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value) {
      origins ??= {};
      origins[name] = { origin: value.origin, rule: value.rule };
    }
  }
  return origins;
}

function isEmpty(values: Record<string, unknown>): boolean {
  return Object.keys(values).every(name => values[name] === undefined);
}

/** The part of `spec` that is Causeway's own; only what is known is in it. */
export function toCausewaySpec({
  ref,
  edges,
  environment,
  cluster,
  namespace,
  origins,
  details,
}: {
  ref: string;
  edges?: Edge[];
  cluster?: string;
  namespace?: string;
  environment?: SourcedValue;
  origins: Record<string, SourcedValue | undefined>;
  details?: Record<string, JsonObject[string] | undefined>;
}): JsonObject {
  const spec: CausewaySpec = {
    edges: edges?.map(({ from, type, to }) =>
      from === ref ? { type, to } : { from, type, to },
    ),
    environment: environment?.value,
    cluster,
    namespace,
    origins: toOrigins(origins),
    details: details && !isEmpty(details) ? (details as JsonObject) : undefined,
  };
  return spec as JsonObject;
}
