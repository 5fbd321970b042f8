import type { Document } from 'yaml';
import { DocumentPath, DocumentSpan } from './CatalogDocument';
import { yamlLibrary } from './yamlLibrary';

/** Whether the key or the value at a path is meant. */
export type Part = 'key' | 'value';

/** Where something stands: offsets in the file's text. */
export interface Span {
  offset: number;
  endOffset: number;
}

/**
 * Where a path stands in a syntax tree. Where the way ends early (a field that
 * is missing, a value behind an alias), the last step that exists is meant.
 */
export function locate(
  tree: Document.Parsed,
  path: DocumentPath,
  part: Part,
): Span {
  const { isMap, isScalar, isSeq } = yamlLibrary();
  let node: unknown = tree.contents;
  let span = firstKey(tree);
  for (let at = 0; at < path.length; at += 1) {
    const last = at === path.length - 1;
    if (isMap(node)) {
      const wanted = String(path[at]);
      const pair = node.items.find(
        item => isScalar(item.key) && String(item.key.value) === wanted,
      );
      if (!pair) {
        return span;
      }
      const key = toSpan(rangeOf(pair.key));
      const value = toSpan(rangeOf(pair.value));
      // An empty value has no text of its own: its key is the place to look at.
      const visible = value.endOffset > value.offset;
      span = last && part === 'value' && visible ? value : key;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(path[at])];
      if (!item) {
        return span;
      }
      span = toSpan(rangeOf(item));
      node = item;
    } else {
      return span;
    }
  }
  return span;
}

function firstKey(tree: Document.Parsed): Span {
  const root = tree.contents;
  if (yamlLibrary().isMap(root) && root.items.length > 0) {
    return toSpan(rangeOf(root.items[0].key));
  }
  return toSpan(rangeOf(root));
}

function toSpan([offset, endOffset]: [number, number]): Span {
  return { offset, endOffset };
}

/** A syntax tree of one document, and what its offsets lack to be the file's. */
export interface PlacedTree {
  tree: Document.Parsed;
  shift: number;
}

/** Parses one document again, for a finding that is made after its tree was dropped. */
export function reparse(document: DocumentSpan): PlacedTree {
  const { text } = document.file;
  const shift = text.lastIndexOf('\n', document.offset - 1) + 1;
  const tree = yamlLibrary().parseDocument(
    text.slice(shift, document.endOffset),
    {
      merge: false,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    },
  ) as Document.Parsed;
  return { tree, shift };
}

/** Start and end of a node's own text. */
export function rangeOf(node: unknown): [number, number] {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}
