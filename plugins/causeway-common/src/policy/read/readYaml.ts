import { Lexer, LineCounter, parseAllDocuments } from 'yaml';
import type { PolicyProblem } from './PolicyProblem';
import { PolicySource } from './PolicySource';

/** A file of a policy. */
export interface PolicyFile {
  /** Its name, for people. */
  file: string;
  text: string;
}

/** Bounds of what is read (THREATS M9). */
export const readLimits = {
  /** UTF-16 units of one file. */
  characters: 512 * 1024,
  /** Brackets inside each other. */
  depth: 32,
  /** Keys, values and marks of one file. */
  tokens: 100_000,
  files: 100,
};

/** The documents of a file; none where something is wrong with it. */
export function readYaml({ file, text }: PolicyFile): {
  sources: PolicySource[];
  problems: PolicyProblem[];
} {
  const lines = new LineCounter();
  const refuse = (offset: number, message: string, hint: string) => {
    const { line, col } = lineOf(text, offset);
    return {
      sources: [],
      problems: [
        {
          severity: 'error' as const,
          file,
          line,
          column: col,
          message,
          hint,
        },
      ],
    };
  };
  if (text.length > readLimits.characters) {
    return refuse(
      0,
      `The file has ${text.length} characters; at most ${readLimits.characters} are read`,
      'Split it: the files of a policy are put together.',
    );
  }
  const excess = findExcess(text);
  if (excess) {
    return refuse(excess.offset, excess.message, excess.hint);
  }
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      stringKeys: true,
    });
    const parsed = Array.isArray(documents) ? documents : [];
    const problems = parsed.flatMap(document =>
      document.errors.map(error => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          severity: 'error' as const,
          file,
          line: Math.max(line, 1),
          column: Math.max(col, 1),
          message:
            error.code === 'DUPLICATE_KEY'
              ? 'The same key stands twice here'
              : `This is not YAML: ${error.message}`,
          hint:
            error.code === 'DUPLICATE_KEY'
              ? 'Remove one of the two.'
              : 'Look at the indentation, and at brackets and quotes before this place.',
        };
      }),
    );
    if (problems.length > 0) {
      return { sources: [], problems };
    }
    const sources = parsed
      .filter(document => document.contents !== null)
      .map(document => new PolicySource({ file, text, document, lines }));
    return sources.length > 0
      ? { sources, problems: [] }
      : refuse(
          0,
          'The file is empty',
          'Write a policy into it, or leave it out.',
        );
  } catch {
    return refuse(
      0,
      'This is not YAML that can be read',
      'Look at brackets, indentation and very long lines.',
    );
  }
}

interface Excess {
  offset: number;
  message: string;
  hint: string;
}

/** What could exhaust the parser, found by its lexer, which keeps no tree. */
function findExcess(text: string): Excess | undefined {
  let offset = 0;
  let depth = 0;
  let count = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > readLimits.tokens) {
      return {
        offset,
        message: `The file has more than ${readLimits.tokens} parts`,
        hint: 'Split it: the files of a policy are put together.',
      };
    }
    // The lexer marks documents and scalars by control characters of its own.
    if (['\u0002', '\u0018', '\u001f'].includes(lexeme)) {
      scalar = lexeme === '\u001f';
      continue;
    }
    if (!scalar) {
      if (lexeme === '[' || lexeme === '{') {
        depth += 1;
      } else if (lexeme === ']' || lexeme === '}') {
        depth -= 1;
      }
      if (depth > readLimits.depth) {
        return {
          offset,
          message: `There are more than ${readLimits.depth} brackets inside each other`,
          hint: 'A policy needs no such depth.',
        };
      }
      if (/^[&*!]/.test(lexeme)) {
        return {
          offset,
          message: `Anchors, aliases and tags are not read: ${lexeme.slice(0, 40)}`,
          hint: 'Write it out. Whoever reads a policy should see what holds where it stands; a text that begins with *, & or ! needs quotes.',
        };
      }
    }
    scalar = false;
    offset += lexeme.length;
  }
  return undefined;
}

function lineOf(text: string, offset: number): { line: number; col: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, col: before[before.length - 1].length + 1 };
}
