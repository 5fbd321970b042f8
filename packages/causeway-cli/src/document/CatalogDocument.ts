import { SourceFile } from './SourceFile';

/** The way to a value inside a document: keys and indexes. */
export type DocumentPath = readonly (string | number)[];

/** A mapping that may become an entity. Nothing about its fields is known yet. */
export interface RawEntity {
  apiVersion?: unknown;
  kind?: unknown;
  metadata?: unknown;
  spec?: unknown;
  [field: string]: unknown;
}

/** Where one YAML document stands. It is kept when the document's value and tree are gone. */
export interface DocumentSpan {
  file: SourceFile;
  /** Position among the documents of the file, from 0. */
  index: number;
  /** Where the document's text begins and ends in the file. */
  offset: number;
  endOffset: number;
}

/** One YAML document of a file. */
export interface CatalogDocument extends DocumentSpan {
  value: RawEntity;
}

/** Whether a value is a mapping, as opposed to a list, a scalar or nothing. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined where the way ends early. */
export function valueAt(value: unknown, path: DocumentPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) {
      return undefined;
    }
    current = Object.prototype.hasOwnProperty.call(current, step)
      ? (current as Record<string | number, unknown>)[step]
      : undefined;
  }
  return current;
}
