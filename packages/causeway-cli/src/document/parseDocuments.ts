import type { Document, ParsedNode, YAMLError } from 'yaml';
import { boundedTokens } from './boundedTokens';
import { CatalogDocument, isMapping } from './CatalogDocument';
import { inspectTree } from './inspectTree';
import { Limits } from './limits';
import { PlacedTree, reparse } from './locate';
import { parseSimple } from './parseSimple';
import { SourceFile } from './SourceFile';
import { yamlLibrary } from './yamlLibrary';

/** A document together with its syntax tree, which is dropped once its own rules have run. */
export interface ParsedDocument {
  document: CatalogDocument;
  tree: () => PlacedTree;
}

/**
 * Parses the documents of a file one by one, as the catalog does (YAML 1.2, no
 * merge keys), and notes in `file.problems` what is wrong with their form. One
 * at a time, because ten thousand trees at once do not fit.
 *
 * Duplicate keys are looked for here rather than by the library, whose search is
 * quadratic in the number of keys.
 */
export function* parseDocuments(
  file: SourceFile,
  limits: Limits,
): Generator<ParsedDocument> {
  const simple = parseSimple(file.text);
  if (simple) {
    for (const [index, one] of simple.slice(0, limits.documents).entries()) {
      yield withLazyTree({ ...one, file, index });
    }
    if (simple.length > limits.documents) {
      noteTooMany(file, simple[limits.documents].offset, limits);
    }
    return;
  }
  const { Composer } = yamlLibrary();
  const composer = new Composer<ParsedNode, true>({
    merge: false,
    uniqueKeys: false,
    keepSourceTokens: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  let index = 0;
  const trees = composer.compose(boundedTokens(file, limits), false, -1);
  for (;;) {
    let tree: Document.Parsed;
    try {
      const next = trees.next();
      if (next.done) {
        return;
      }
      tree = next.value as Document.Parsed;
    } catch (error) {
      noteParserFailure(file, error);
      return;
    }
    if (index >= limits.documents) {
      noteTooMany(file, tree.range[0], limits);
      return;
    }
    const parsed = readTree({ file, tree, index, limits });
    index += 1;
    if (parsed) {
      yield parsed;
    }
  }
}

function noteTooMany(
  file: SourceFile,
  offset: number,
  { documents }: Limits,
): void {
  file.problems.push({
    rule: 'yaml-limits',
    message: `The file has more than ${documents} documents; the rest is not read`,
    help: 'Split it, or raise catalog.validate.limits.documents in causeway.yaml.',
    offset,
    endOffset: offset,
  });
}

function withLazyTree(document: CatalogDocument): ParsedDocument {
  let placed: PlacedTree | undefined;
  return {
    document,
    tree: () => {
      placed ??= reparse(document);
      return placed;
    },
  };
}

function noteParserFailure(file: SourceFile, error: unknown): void {
  // Recursion in the composer ends as a RangeError long before memory is short.
  const tooDeep = error instanceof RangeError;
  file.problems.push({
    rule: tooDeep ? 'yaml-limits' : 'yaml-syntax',
    message: tooDeep
      ? 'The document is nested too deeply to be read'
      : `The document cannot be parsed: ${describe(error)}`,
    offset: 0,
    endOffset: 0,
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function readTree(options: {
  file: SourceFile;
  tree: Document.Parsed;
  index: number;
  limits: Limits;
}): ParsedDocument | undefined {
  const { file, tree, index, limits } = options;
  if (tree.errors.length > 0) {
    noteSyntax(file, tree.errors);
    return undefined;
  }
  if (!tree.contents || isEmptyScalar(tree.contents)) {
    return undefined;
  }
  const form = inspectTree(tree, limits);
  for (const problem of form.problems) {
    file.problems.push(problem);
  }
  if (form.fatal) {
    return undefined;
  }
  let value: unknown;
  try {
    value = tree.toJS({ maxAliasCount: limits.aliases });
  } catch (error) {
    file.problems.push({
      rule: 'yaml-limits',
      message:
        error instanceof ReferenceError && /alias count/i.test(error.message)
          ? `The document's aliases expand to more than ${limits.aliases} values, and the catalog refuses to read it`
          : `The document cannot be read: ${describe(error)}`,
      help: 'Write the values out instead of repeating them by alias.',
      offset: tree.range[0],
      endOffset: tree.range[0],
    });
    return undefined;
  }
  const [offset, , endOffset] = tree.contents.range ?? tree.range;
  if (!isMapping(value)) {
    file.problems.push({
      rule: 'document-not-entity',
      message: `The document is ${article(value)}, not an entity`,
      help: 'An entity is a mapping with apiVersion, kind, metadata and spec.',
      offset,
      endOffset: tree.contents.range?.[1] ?? offset,
    });
    return undefined;
  }
  return {
    document: { file, index, offset, endOffset, value },
    tree: () => ({ tree, shift: 0 }),
  };
}

function isEmptyScalar(node: unknown): boolean {
  return yamlLibrary().isScalar(node) && node.value === null;
}

function article(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function noteSyntax(file: SourceFile, errors: readonly YAMLError[]): void {
  const last = Math.max(0, file.text.trimEnd().length - 1);
  // One fault often makes the parser stumble again and again behind it.
  const first = errors.slice(0, 100);
  const distinct = first.filter(
    (error, at) => first.findIndex(one => one.pos[0] === error.pos[0]) === at,
  );
  for (const error of distinct.slice(0, 3)) {
    // The library reports its own exhausted recursion as a fault of the text.
    const tooDeep = /call stack/i.test(error.message);
    file.problems.push({
      rule: tooDeep ? 'yaml-limits' : 'yaml-syntax',
      message: tooDeep
        ? 'The document is nested too deeply to be read'
        : syntaxMessage(file.text, error),
      // What is never closed is found missing behind the last line.
      offset: Math.min(error.pos[0], last),
      endOffset: error.pos[1],
    });
  }
}

function syntaxMessage(text: string, error: YAMLError): string {
  const lineStart = text.lastIndexOf('\n', error.pos[0] - 1) + 1;
  if (
    /^\s*\t/.test(text.slice(lineStart, error.pos[1] + 1)) ||
    error.code === 'TAB_AS_INDENT'
  ) {
    return 'YAML does not allow tabs in indentation';
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') {
    return 'The value ends on its line, and the next line is indented as if it belonged to it: the indentation is wrong, or text with a colon lacks its quotes';
  }
  const first = error.message.split('\n')[0];
  return first.length > 300 ? `${first.slice(0, 300)}…` : first;
}
