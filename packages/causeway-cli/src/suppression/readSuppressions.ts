import { SourceFile } from '../document/SourceFile';

/** One comment that asks for findings to be left out. */
export interface Suppression {
  rules: string[];
  reason: string | undefined;
  /** Lines that it covers, from 1; the whole file where absent. */
  line?: number;
  /** Where the comment stands. */
  offset: number;
  endOffset: number;
}

const comment =
  /(?:^|\s)#\s*causeway-disable(-next-line|-line)?[ \t]+([^\n\r]*)/g;

/**
 * The suppressions of a file:
 *
 * `# causeway-disable-next-line rule-a, rule-b -- why`, `…-line` at the end of a
 * line, and `# causeway-disable rule -- why` for the whole file.
 */
export function readSuppressions(file: SourceFile): Suppression[] {
  if (!file.text.includes('causeway-disable')) {
    return [];
  }
  return [...file.text.matchAll(comment)].map(match => {
    const offset = match.index + match[0].indexOf('#');
    const line = file.lines.place(offset).line;
    const [rules, ...reason] = match[2].split(/\s--\s|^--\s/);
    return {
      rules: rules.split(/[\s,]+/).filter(Boolean),
      reason: reason.join(' -- ').trim() || undefined,
      line: coveredLine(match[1], line),
      offset,
      endOffset: match.index + match[0].trimEnd().length,
    };
  });
}

function coveredLine(
  form: string | undefined,
  line: number,
): number | undefined {
  if (form === '-next-line') {
    return line + 1;
  }
  return form === '-line' ? line : undefined;
}
