import { isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml';
import type { PolicyProblem } from './PolicyProblem';
import { offsetInSource } from './offsetInSource';

/** Keys and positions from a document's root to a value. */
export type Path = readonly (string | number)[];

/** One document of a file, which knows where each of its values stands. */
export class PolicySource {
  readonly file: string;

  readonly value: unknown;

  readonly #text: string;

  readonly #document: Document.Parsed;

  readonly #lines: LineCounter;

  constructor(options: {
    file: string;
    text: string;
    document: Document.Parsed;
    lines: LineCounter;
  }) {
    this.file = options.file;
    this.#text = options.text;
    this.#document = options.document;
    this.#lines = options.lines;
    this.value = options.document.toJS({ maxAliasCount: 0 });
  }

  /** Where something is wrong: the value, or the nearest one around it. */
  problem(
    problem: Pick<PolicyProblem, 'message' | 'hint'> & {
      path: Path;
      severity?: PolicyProblem['severity'];
      /** UTF-16 units into the text that stands there. */
      offset?: number;
      /** Points at a key of what stands there. */
      key?: string;
    },
  ): PolicyProblem {
    const { path, severity = 'error', offset, key, message, hint } = problem;
    return {
      severity,
      file: this.file,
      ...this.place(path, { offset, key }),
      message,
      hint,
    };
  }

  place(
    path: Path,
    options: { offset?: number; key?: string } = {},
  ): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(this.#offsetOf(path, options));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #offsetOf(path: Path, options: { offset?: number; key?: string }): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const part of [...path, ...(options.key ? [options.key] : [])]) {
      if (isMap(node)) {
        const pair = node.items.find(
          ({ key }) => (isScalar(key) ? key.value : key) === part,
        );
        if (!pair) {
          return offset;
        }
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node) && typeof part === 'number') {
        node = node.items[part];
        offset = startOf(node) ?? offset;
      } else {
        return offset;
      }
    }
    if (options.key || node === null || node === undefined) {
      return offset;
    }
    const start = startOf(node) ?? offset;
    if (options.offset === undefined || !isScalar(node) || !node.range) {
      return start;
    }
    return offsetInSource({
      source: this.#text,
      start,
      end: node.range[1],
      value: String(node.value),
      offset: options.offset,
      block: node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED',
    });
  }
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0];
}
