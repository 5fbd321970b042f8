import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type JsonRecord, record } from '../../../estate/sources/read';
import { parseYamlPath, type YamlStep } from './yamlPath';

/*
 * Changes single values of a YAML file and leaves everything else as it is to
 * the byte: comments, order, quotes. Whoever reviews the pull request sees the
 * lines that were approved and no others. What is written is read again and
 * compared with what was meant, so that no fault of this file gets out.
 */

/** A value as it can be written in one line. */
export type YamlValue = string | number | boolean;

/** One value that a file shall have. */
export interface YamlEdit {
  path: string;
  value: YamlValue;
  /** Which object of the file; may be left out where there is one. */
  object?: { kind: string; name: string };
}

/** One value before the edit, and the object that it is of. */
export interface EditedValue {
  steps: readonly YamlStep[];
  /** Number of the document in the file. */
  document: number;
  before?: unknown;
  after: YamlValue;
}

/** A file with its edits, and its objects without and with them. */
export interface EditedYaml {
  text: string;
  values: EditedValue[];
  before: JsonRecord[];
  after: JsonRecord[];
}

const maxDocuments = 100;

const maxAliases = 100;

const replace = (text: string, from: number, to: number, by: string) =>
  text.slice(0, from) + by + text.slice(to);

const noSuchField = (shown: string) =>
  refusal(
    'no-such-field',
    `There is no ${shown}`,
    'Entries of lists are named in brackets and cannot be added: containers[api]',
  );

const cannotEdit = (shown: string) =>
  refusal(
    'cannot-edit',
    `${shown} cannot be changed without touching other parts of the file`,
    'Change it by hand, in a pull request of your own',
  );

/** @throws OperationRefusal for what cannot be edited without touching anything else */
export function editYaml(
  file: string,
  text: string,
  edits: readonly YamlEdit[],
): EditedYaml {
  const before = toObjects(file, parse(file, text));
  let edited = text;
  const values: EditedValue[] = [];
  for (const edit of edits) {
    const one = applyEdit(file, edited, edit);
    edited = one.text;
    values.push(one.value);
  }
  const after = toObjects(file, parse(file, edited));
  return { text: edited, values, before, after };
}

function applyEdit(
  file: string,
  text: string,
  edit: YamlEdit,
): { text: string; value: EditedValue } {
  const shown = `${edit.path} of ${file}`;
  const steps = parseYamlPath(edit.path);
  if (!steps) {
    throw refusal(
      'no-such-field',
      `'${edit.path}' is no path of a field`,
      'Write it like spec.template.spec.containers[api].image',
    );
  }
  const documents = parse(file, text);
  const index = findDocument(file, documents, edit.object);
  const document = documents[index];
  const found = walk(document, steps, shown);
  const before =
    found.missing.length === 0 && isScalar(found.node)
      ? found.node.value
      : undefined;
  if (before === edit.value) {
    throw refusal(
      'nothing-to-do',
      `${shown} is ${JSON.stringify(before)} already`,
      'Ask for another value, or for nothing',
    );
  }
  const changed = splice(text, found, edit.value, shown);
  const wanted = toObjects(file, documents);
  setValue(wanted[index], found.keys, found.missing, edit.value);
  if (!isDeepStrictEqual(toObjects(file, parse(file, changed)), wanted)) {
    throw cannotEdit(shown);
  }
  return {
    text: changed,
    value: { steps, document: index, before, after: edit.value },
  };
}

/** How far a way leads into a document. */
interface Found {
  /** The last node that is there. */
  node: Node;
  /** Keys and numbers of the way to it. */
  keys: (string | number)[];
  /** Keys after it that are not there yet. */
  missing: string[];
  /** Whether it stands within braces or brackets. */
  flow: boolean;
}

function walk(document: Document, steps: YamlStep[], shown: string): Found {
  let node = document.contents as Node | null;
  const keys: (string | number)[] = [];
  let flow = false;
  for (const [at, step] of steps.entries()) {
    requireUnshared(node, shown);
    flow ||= isCollection(node) && node.flow === true;
    if (isMap(node)) {
      const next = pairOf(node, step.text)?.value as Node | null | undefined;
      if (next === undefined || next === null) {
        const missing = steps.slice(at);
        if (missing.some((one, place) => place > 0 && one.bracket)) {
          throw noSuchField(shown);
        }
        return { node, keys, missing: missing.map(one => one.text), flow };
      }
      keys.push(step.text);
      node = next;
    } else if (isSeq(node) && step.bracket) {
      const index = indexOf(node, step.text);
      if (index < 0) {
        throw noSuchField(shown);
      }
      keys.push(index);
      node = node.items[index] as Node;
    } else {
      throw noSuchField(shown);
    }
  }
  requireUnshared(node, shown);
  return { node: node!, keys, missing: [], flow };
}

function pairOf(map: YAMLMap, key: string) {
  return map.items.find(
    pair => isScalar(pair.key) && String(pair.key.value) === key,
  );
}

function indexOf({ items }: YAMLSeq, name: string): number {
  const byName = items.findIndex(
    item => isMap(item) && item.get('name') === name,
  );
  return byName < 0 && /^\d{1,4}$/.test(name) && Number(name) < items.length
    ? Number(name)
    : byName;
}

/** A value with an anchor stands in other places too. */
function requireUnshared(node: Node | null, shown: string): void {
  if (isAlias(node) || (node && 'anchor' in node && node.anchor)) {
    throw refusal(
      'shared-value',
      `${shown} is shared with other places of the file by an anchor`,
      'Change it by hand, in a pull request of your own',
    );
  }
}

function splice(
  text: string,
  found: Found,
  value: YamlValue,
  shown: string,
): string {
  const { node, missing, flow } = found;
  if (missing.length > 0) {
    return insert(text, node as YAMLMap, missing, value, flow, shown);
  }
  if (
    !isScalar(node) ||
    !node.range ||
    node.type === Scalar.BLOCK_FOLDED ||
    node.type === Scalar.BLOCK_LITERAL
  ) {
    throw refusal(
      'not-a-value',
      `${shown} is a map, a list or a text of several lines`,
      'Name the single values that shall change',
    );
  }
  const [from, to] = node.range;
  const written = flow ? JSON.stringify(value) : write(value, node.type);
  return replace(text, from, to, from === to ? ` ${written}` : written);
}

/** A key that is not there yet: after the last one of its map. */
function insert(
  text: string,
  map: YAMLMap,
  keys: string[],
  value: YamlValue,
  flow: boolean,
  shown: string,
): string {
  if (!map.range) {
    throw cannotEdit(shown);
  }
  if (flow || map.flow) {
    const inner = [...keys]
      .reverse()
      .reduce(
        (below, key) => `{ ${JSON.stringify(key)}: ${below} }`,
        JSON.stringify(value),
      );
    const close = text.lastIndexOf('}', map.range[1] - 1);
    return map.items.length === 0
      ? replace(text, map.range[0], map.range[1], inner)
      : replace(text, close, close, `, ${inner.slice(2, -2)} `);
  }
  const first = map.items[0]?.key as Node | undefined;
  if (!first?.range) {
    throw cannotEdit(shown);
  }
  const column =
    first.range[0] - (text.lastIndexOf('\n', first.range[0] - 1) + 1);
  const lines = keys.map((key, depth) => {
    const end = depth === keys.length - 1 ? ` ${write(value)}` : '';
    return `${' '.repeat(column + 2 * depth)}${write(key)}:${end}\n`;
  });
  const end = lineAfter(text, endOf(map));
  const gap = text[end - 1] === '\n' ? '' : '\n';
  return replace(text, end, end, gap + lines.join(''));
}

/** Where the last value of a node ends, without what follows it. */
function endOf(node: Node): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1)!;
    const value = last.value as Node | null;
    const key = last.key as Node;
    return value?.range && value.range[1] > value.range[0]
      ? endOf(value)
      : key.range![1];
  }
  if (isSeq(node) && !node.flow && node.items.length > 0) {
    return endOf(node.items.at(-1) as Node);
  }
  return node.range![1];
}

function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') {
    return at;
  }
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** In one line, with the quotes that stand there. */
function write(value: YamlValue, type?: string | null): string {
  const quoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
  return stringify(value, {
    lineWidth: 0,
    ...(quoted && { defaultStringType: type }),
  }).trimEnd();
}

function parse(file: string, text: string): Document[] {
  const documents = [
    ...parseAllDocuments(text, { stringKeys: true }),
  ] as Document[];
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error || documents.length > maxDocuments) {
    throw refusal(
      'not-yaml',
      error
        ? `${file} is no YAML that can be edited: ${error.message.split('\n')[0]}`
        : `${file} holds more than ${maxDocuments} documents`,
      'Templates and generated files are changed by hand: name a plain YAML file, such as one of values',
    );
  }
  return documents;
}

function findDocument(
  file: string,
  documents: readonly Document[],
  wanted: YamlEdit['object'],
): number {
  const named = toObjects(file, documents).map(nameOf);
  const fitting = named.flatMap((one, index) =>
    (
      wanted
        ? one?.kind === wanted.kind && one.name === wanted.name
        : isMap(documents[index].contents)
    )
      ? [index]
      : [],
  );
  if (fitting.length !== 1) {
    const all = named.flatMap(one => (one ? [`${one.kind} ${one.name}`] : []));
    throw refusal(
      'no-such-object',
      wanted
        ? `${file} has no ${wanted.kind} ${wanted.name}`
        : `${file} holds ${fitting.length} objects`,
      all.length > 0
        ? `Say in object which one: ${all.slice(0, 20).join(', ')}`
        : 'Name a file that holds an object',
    );
  }
  return fitting[0];
}

/** What an object calls itself, where it is one of Kubernetes. */
export function nameOf(
  object: unknown,
): { kind: string; name: string } | undefined {
  const { kind, metadata } = record(object) ?? {};
  const name = record(metadata)?.name;
  return typeof kind === 'string' && typeof name === 'string'
    ? { kind, name }
    : undefined;
}

function toObjects(file: string, documents: readonly Document[]): JsonRecord[] {
  try {
    return documents.map(
      document => record(document.toJS({ maxAliasCount: maxAliases })) ?? {},
    );
  } catch {
    // A bomb of aliases (THREATS M9), or one that leads nowhere.
    throw refusal(
      'not-yaml',
      `The aliases of ${file} cannot be followed`,
      'Name a plain YAML file',
    );
  }
}

function setValue(
  root: JsonRecord,
  keys: (string | number)[],
  missing: string[],
  value: YamlValue,
): void {
  const way = [...keys, ...missing];
  let at = root as Record<string | number, unknown>;
  for (const key of way.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string | number, unknown>;
  }
  at[way.at(-1)!] = value;
}

function refusal(code: string, reason: string, hint: string): OperationRefusal {
  return new OperationRefusal({ code, reason, hint });
}
