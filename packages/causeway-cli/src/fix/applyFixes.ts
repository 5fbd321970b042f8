import { isDeepStrictEqual } from 'node:util';
import { yamlLibrary } from '../document/yamlLibrary';
import { Edit, Finding } from '../findings/finding';
import { applyChanges } from './applyChanges';

/** Fixes that are tried one by one when all of them together would do harm. */
const triedSingly = 100;

/** What fixing one file came to. */
export interface FixOutcome {
  text: string;
  fixed: number;
  /** Fixes that were left out, and why. */
  refused: number;
  reason?: string;
}

/**
 * The text after the fixes of its findings. What an edit gets wrong would
 * destroy a file, so the result is parsed again, and unless exactly the values
 * that the fixes name differ, they are left out.
 */
export function applyFixes(
  text: string,
  findings: readonly Finding[],
): FixOutcome {
  const chosen = withoutOverlap(findings);
  const before = parseAll(text);
  if (!before) {
    return {
      text,
      fixed: 0,
      refused: chosen.length,
      reason: 'the file does not parse',
    };
  }
  const all = tryFixes(text, before.ends, chosen);
  if (all !== undefined) {
    return { text: all, fixed: chosen.length, refused: 0 };
  }
  const kept: Finding[] = [];
  let result = text;
  for (const finding of chosen.slice(0, triedSingly)) {
    const next = tryFixes(text, before.ends, [...kept, finding]);
    if (next !== undefined) {
      kept.push(finding);
      result = next;
    }
  }
  return {
    text: result,
    fixed: kept.length,
    refused: chosen.length - kept.length,
    reason: 'it would change more than it says',
  };
}

function withoutOverlap(findings: readonly Finding[]): Finding[] {
  const taken: Edit[] = [];
  return findings.filter(({ fix }) => {
    const free =
      fix?.edits.length &&
      fix.edits.every(edit => !taken.some(other => overlap(edit, other)));
    if (free) {
      taken.push(...fix.edits);
    }
    return free;
  });
}

function overlap(a: Edit, b: Edit): boolean {
  return a.offset < b.endOffset && b.offset < a.endOffset;
}

/** The text with the fixes in it; undefined where it would not say what they mean it to. */
function tryFixes(
  text: string,
  ends: readonly number[],
  findings: readonly Finding[],
): string | undefined {
  const edits = findings
    .flatMap(({ fix }) => fix?.edits ?? [])
    .sort((a, b) => b.offset - a.offset);
  let result = text;
  for (const edit of edits) {
    result =
      result.slice(0, edit.offset) + edit.text + result.slice(edit.endOffset);
  }
  // Parsed anew, because the changes are made in place.
  const meant = parseAll(text)!.values;
  const changes = findings.flatMap(({ fix }) => {
    const at = ends.findIndex(end => fix!.edits[0].offset < end);
    return fix?.change ? [{ ...fix.change, document: meant[at] }] : [];
  });
  return applyChanges(changes) &&
    isDeepStrictEqual(parseAll(result)?.values, meant) &&
    (!isJson(text) || isJson(result))
    ? result
    : undefined;
}

interface Parsed {
  values: unknown[];
  /** Where each document ends. */
  ends: number[];
}

/** The documents of a text; undefined where something is wrong with its form. */
function parseAll(text: string): Parsed | undefined {
  const documents = [
    ...yamlLibrary().parseAllDocuments(text, {
      merge: false,
      uniqueKeys: false,
      logLevel: 'error',
      prettyErrors: false,
    }),
  ];
  if (documents.some(({ errors }) => errors.length > 0)) {
    return undefined;
  }
  try {
    return {
      values: documents.map(one => one.toJS({ maxAliasCount: 100 })),
      ends: documents.map(({ range }) => range![2]),
    };
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
