import { InputError } from '@backstage/errors';
import {
  isMap,
  isScalar,
  parseAllDocuments,
  type Document,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import { insertStamp } from './insertStamp';

/** Longer texts are no catalog files. */
const longestFile = 1_000_000;

/** Annotations by key. */
export type Stamp = Readonly<Record<string, string>>;

/**
 * Adds annotations to every entity of a catalog file, and leaves the rest of
 * it as it is: comments, order, quotes, and documents that hold nothing.
 *
 * @param name - the file's, for errors
 * @throws InputError with file, document and line for what is no catalog file
 */
export function stampDocuments(
  text: string,
  { name, stamp }: { name: string; stamp: Stamp },
): { text: string; stamped: number } {
  if (text.length > longestFile) {
    throw new InputError(
      `${name} is longer than ${longestFile} characters: that is no catalog file`,
    );
  }
  const documents = [...parseAllDocuments(text)] as Document<ParsedNode>[];
  const entities = documents.filter(({ contents, errors }, at) => {
    const [fault] = errors;
    if (fault) {
      throw new InputError(
        `${name}, document ${at + 1}, is no YAML: ${fault.message.split('\n')[0]}`,
      );
    }
    return !isNothing(contents);
  });
  if (entities.length === 0) {
    throw new InputError(`${name} holds no entity: there is nothing to stamp`);
  }
  const places = entities.map(entity =>
    findMetadata(entity, `${name}, document ${documents.indexOf(entity) + 1},`),
  );
  const kept = insertStamp(text, places, stamp);
  entities.forEach(entity => setStamp(entity, stamp));
  return {
    stamped: entities.length,
    // Where annotations cannot be put between the lines, as into { a: b }, the
    // file is written anew: then its comments stay, and its layout may not.
    text: kept !== undefined && says(kept, documents) ? kept : write(documents),
  };
}

function isNothing(node: unknown): boolean {
  return (
    node === null ||
    node === undefined ||
    (isScalar(node) && node.value === null)
  );
}

function findMetadata(
  { contents }: Document<ParsedNode>,
  where: string,
): YAMLMap<ParsedNode, ParsedNode> {
  if (!isMap(contents)) {
    throw new InputError(
      `${where} is no entity: it has to be a map with apiVersion, kind and metadata`,
    );
  }
  const metadata = contents.get('metadata', true);
  if (!isMap(metadata)) {
    throw new InputError(
      `${where} has no metadata: an entity needs at least metadata.name`,
    );
  }
  const annotations = metadata.get('annotations', true);
  if (!isNothing(annotations) && !isMap(annotations)) {
    throw new InputError(
      `${where} has annotations that are no map: they are pairs of a key and a text`,
    );
  }
  return metadata as YAMLMap<ParsedNode, ParsedNode>;
}

function setStamp(entity: Document<ParsedNode>, stamp: Stamp): void {
  const annotations = entity.getIn(['metadata', 'annotations'], true);
  if (isNothing(annotations)) {
    entity.setIn(['metadata', 'annotations'], entity.createNode({ ...stamp }));
    return;
  }
  for (const [key, value] of Object.entries(stamp)) {
    entity.setIn(['metadata', 'annotations', key], value);
  }
}

/** Whether a text says what the documents say. */
function says(
  text: string,
  documents: readonly Document<ParsedNode>[],
): boolean {
  const read = [...parseAllDocuments(text)];
  return (
    read.every(({ errors }) => errors.length === 0) &&
    // The order of keys is no part of what an entity says.
    sorted(read) === sorted(documents)
  );
}

function sorted(documents: readonly { toJS(): unknown }[]): string {
  return JSON.stringify(
    documents.map(one => one.toJS()),
    (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort())
        : value,
  );
}

function write(documents: readonly Document<ParsedNode>[]): string {
  return documents
    .map(one => one.toString({ lineWidth: 0 }))
    .map((text, at) =>
      at > 0 && !text.startsWith('---') ? `---\n${text}` : text,
    )
    .join('');
}
