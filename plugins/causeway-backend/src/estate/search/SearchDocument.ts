import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { createHash } from 'node:crypto';
import { record, text, texts } from '../sources/read';
import { normalizeText } from './normalizeText';

/** What is shown of an entity that was found: what stands on it, nothing joined. */
export interface SearchDocument {
  ref: string;
  name: string;
  title?: string;
  description?: string;
  type?: string;
  owner?: string;
  lifecycle?: string;
  successor?: string;
  tags?: string[];
}

/** Values of an entity that are searched by. */
export type SearchValues = Partial<
  Record<
    'environment' | 'health' | 'sync' | 'condition' | 'tag' | 'parent' | 'part',
    string[]
  >
>;

/** A row of the index, as an entity alone makes it. */
export interface SearchRow {
  document: SearchDocument;
  hash: string;
  kind: string;
  deprecated: boolean;
  name: string;
  title: string;
  words: string;
  /** Values that stand on the entity. */
  values: SearchValues;
}

const limits = { title: 200, description: 400, word: 255, tags: 50 };

/** A reference as it stands on an entity, written out; `undefined` for none that can be read. */
function toRef(
  value: unknown,
  kind: string,
  namespace: string,
): string | undefined {
  const written = text(value, 512);
  if (written === undefined) {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(written, {
        defaultKind: kind,
        defaultNamespace: namespace,
      }),
    );
  } catch {
    return undefined;
  }
}

/** What is shown of an entity. */
export function toSearchDocument(entity: Entity): SearchDocument {
  const { metadata } = entity;
  const spec = record(entity.spec) ?? {};
  const annotations = record(metadata.annotations) ?? {};
  const namespace = metadata.namespace ?? DEFAULT_NAMESPACE;
  const title =
    text(metadata.title, limits.title) ??
    text(record(spec.profile)?.displayName, limits.title);
  const tags = texts(metadata.tags, limits.tags, 63);
  return {
    ref: stringifyEntityRef(entity),
    name: metadata.name,
    title: title === metadata.name ? undefined : title,
    description: text(metadata.description, limits.description),
    type: text(spec.type, limits.word),
    owner: toRef(spec.owner, 'group', namespace),
    lifecycle: text(spec.lifecycle, limits.word),
    successor: toRef(
      annotations[causewayAnnotations.successor],
      'component',
      namespace,
    ),
    tags: tags.length > 0 ? tags : undefined,
  };
}

/** Whether a lifecycle says that something should not be used any more. */
export function isDeprecated(lifecycle: string | undefined): boolean {
  return normalizeText(lifecycle ?? '') === 'deprecated';
}

/** Reads an entity into the index; the same entity gives the same row. */
export function toSearchRow(entity: Entity): SearchRow {
  const document = toSearchDocument(entity);
  const { name, title, tags = [], description, lifecycle } = document;
  const kind = entity.kind.toLowerCase();
  const parent =
    kind === 'group'
      ? toRef(
          record(entity.spec)?.parent,
          'group',
          entity.metadata.namespace ?? DEFAULT_NAMESPACE,
        )
      : undefined;
  return {
    document,
    hash: createHash('sha256')
      .update(JSON.stringify([document, parent]))
      .digest('hex'),
    kind,
    deprecated: isDeprecated(lifecycle),
    name: normalizeText(name, limits.word),
    title: normalizeText(title ?? ''),
    words: normalizeText([name, title, ...tags, description].join(' ')),
    values: {
      tag: tags.map(tag => normalizeText(tag)),
      parent: parent ? [parent] : undefined,
    },
  };
}
