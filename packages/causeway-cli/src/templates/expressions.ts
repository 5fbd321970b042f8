import { DocumentPath, isMapping } from '../document/CatalogDocument';

/** One text of a template that holds expressions. */
export interface TemplatedText {
  path: DocumentPath;
  text: string;
}

/** What an expression refers to, e.g. `['steps', 'fetch', 'output', 'url']`. */
export interface ExpressionUse {
  /** The way as far as it is written out; later steps may be computed. */
  way: string[];
}

/** What the engine's parser found in one text. */
export interface ParsedExpressions {
  /** What is wrong with the syntax. */
  problem?: string;
  uses: ExpressionUse[];
  filters: string[];
}

/** Whether a value is text with an expression in it. */
export function hasExpression(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${{');
}

/** Every text with an expression below a value. */
export function* templatedTexts(
  value: unknown,
  path: DocumentPath = [],
): Generator<TemplatedText> {
  if (hasExpression(value)) {
    yield { path, text: value };
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      yield* templatedTexts(value[at], [...path, at]);
    }
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield* templatedTexts(item, [...path, key]);
    }
  }
}

interface NunjucksNode {
  typename?: string;
  fields?: string[];
  value?: unknown;
  target?: NunjucksNode;
  val?: NunjucksNode;
  name?: NunjucksNode;
  children?: NunjucksNode[];
  [field: string]: unknown;
}

const engineOptions = {
  tags: { variableStart: '${{', variableEnd: '}}' },
};

/** Texts longer than this are parsed without what stands between their expressions. */
const longest = 50_000;

/**
 * Parses the expressions of one text with nunjucks, the engine that the
 * scaffolder runs them with.
 */
export function parseExpressions(text: string): ParsedExpressions {
  // Loaded here, because most catalogs hold no template.
  const nunjucks = require('nunjucks') as {
    parser: {
      parse(source: string, extensions: [], options: object): NunjucksNode;
    };
  };
  let tree: NunjucksNode;
  try {
    tree = nunjucks.parser.parse(
      text.length > longest ? withoutData(text) : text,
      [],
      engineOptions,
    );
  } catch (error) {
    return { problem: syntaxProblem(error), uses: [], filters: [] };
  }
  const found: ParsedExpressions = { uses: [], filters: [] };
  visit(tree, found, new Set(), 0);
  return found;
}

/** A text without what the engine would copy: the parser reads that letter by letter. */
function withoutData(text: string): string {
  const parts = text.match(/\$\{\{[^]*?\}\}|\{%[^]*?%\}|\$\{\{[^]*$|\{%[^]*$/g);
  return parts?.join(' ') ?? '';
}

function syntaxProblem(error: unknown): string {
  if (error instanceof RangeError) {
    return 'it is nested too deeply';
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').pop()!.trim().slice(0, 200);
}

function visit(
  node: unknown,
  found: ParsedExpressions,
  locals: ReadonlySet<string>,
  depth: number,
): void {
  if (typeof node !== 'object' || node === null || depth > 200) {
    return;
  }
  if (Array.isArray(node)) {
    node.forEach(child => visit(child, found, locals, depth + 1));
    return;
  }
  const current = node as NunjucksNode;
  switch (current.typename) {
    case 'LookupVal':
    case 'Symbol': {
      const way = wayOf(current);
      if (way && !locals.has(way[0])) {
        found.uses.push({ way });
      }
      if (current.typename === 'LookupVal') {
        visit(baseOf(current), found, locals, depth + 1);
        visitComputed(current, found, locals, depth);
      }
      return;
    }
    case 'Filter':
      if (typeof current.name?.value === 'string') {
        found.filters.push(current.name.value);
      }
      visit(current.args, found, locals, depth + 1);
      return;
    case 'For': {
      const inner = new Set([...locals, 'loop', ...symbolsOf(current.name)]);
      visit(current.arr, found, locals, depth + 1);
      visit(current.body, found, inner, depth + 1);
      visit(current.else_, found, locals, depth + 1);
      return;
    }
    case 'Set': {
      visit(current.value, found, locals, depth + 1);
      visit(current.body, found, locals, depth + 1);
      // A name that is set holds for the rest of the text.
      for (const name of symbolsOf(current.targets)) {
        (locals as Set<string>).add(name);
      }
      return;
    }
    case 'KeywordArgs':
      current.children?.forEach(pair =>
        visit(pair.value, found, locals, depth + 1),
      );
      return;
    case 'Pair':
      visit(current.value, found, locals, depth + 1);
      return;
    default:
      for (const field of current.fields ?? []) {
        visit(current[field], found, locals, depth + 1);
      }
  }
}

/** `a.b['c']` as a list; undefined for what does not begin with a name. */
function wayOf(node: NunjucksNode): string[] | undefined {
  const way: string[] = [];
  let current: NunjucksNode | undefined = node;
  while (current?.typename === 'LookupVal') {
    if (current.val?.typename === 'Literal') {
      way.unshift(String(current.val.value));
    } else {
      way.length = 0;
    }
    current = current.target;
  }
  return current?.typename === 'Symbol'
    ? [String(current.value), ...way]
    : undefined;
}

/** Where a look-up begins, unless that is a plain name, which `wayOf` has told already. */
function baseOf(node: NunjucksNode): NunjucksNode | undefined {
  let current: NunjucksNode | undefined = node;
  while (current?.typename === 'LookupVal') {
    current = current.target;
  }
  return current?.typename === 'Symbol' ? undefined : current;
}

function visitComputed(
  node: NunjucksNode,
  found: ParsedExpressions,
  locals: ReadonlySet<string>,
  depth: number,
): void {
  let current: NunjucksNode | undefined = node;
  while (current?.typename === 'LookupVal') {
    if (current.val?.typename !== 'Literal') {
      visit(current.val, found, locals, depth + 1);
    }
    current = current.target;
  }
}

function symbolsOf(node: unknown): string[] {
  if (Array.isArray(node)) {
    return node.flatMap(symbolsOf);
  }
  const current = node as NunjucksNode | undefined;
  if (current?.typename === 'Symbol') {
    return [String(current.value)];
  }
  return (current?.children ?? []).flatMap(symbolsOf);
}
