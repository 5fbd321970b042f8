/**
 * How much a finding matters. A `note` never fails a check.
 *
 * @public
 */
export type Severity = 'error' | 'warning' | 'note';

/** A severity, or `off`: the rule does not run. */
export type RuleSetting = Severity | 'off';

/** Severities from mild to strict. */
export const severities: readonly Severity[] = ['note', 'warning', 'error'];

/** Whether one severity is at least as strict as another. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor);
}

/**
 * A place in a file. Offsets count UTF-16 units from 0; lines and columns count
 * from 1, as editors do.
 *
 * @public
 */
export interface Place {
  offset: number;
  endOffset: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/**
 * A replacement of text between two offsets.
 *
 * @public
 */
export interface Edit {
  offset: number;
  endOffset: number;
  text: string;
}

/** The one value or key of a document that a fix changes. */
export interface ValueChange {
  path: readonly (string | number)[];
  part: 'key' | 'value';
  value: string;
}

/**
 * A correction of a file's text.
 *
 * @public
 */
export interface Fix {
  edits: Edit[];
  /** What differs afterwards; nothing but the order where absent. */
  change?: ValueChange;
}

/**
 * Something that is wrong at one place.
 *
 * @public
 */
export interface Finding {
  /** Id of the rule, e.g. `reference-missing`. */
  rule: string;
  severity: Severity;
  /** What is wrong. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** Path of the file, relative to the working directory, with forward slashes. */
  file: string;
  place: Place;
  /** Reference of the entity, where the document has one. */
  entity?: string;
  /** Other places that belong to it: the first of two duplicates, the way of a cycle. */
  related?: { message: string; file: string; place: Place }[];
  /** What `--fix` would do. */
  fix?: Fix;
  /** Stable across moves within the file; the baseline's key. */
  fingerprint: string;
}
