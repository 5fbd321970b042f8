import type { CST } from 'yaml';
import { Limits } from './limits';
import { SourceFile } from './SourceFile';
import { yamlLibrary } from './yamlLibrary';

/** The parser's tokens, up to a bound for each document: a tree of more does not fit into memory. */
export function* boundedTokens(
  file: SourceFile,
  limits: Limits,
): Generator<CST.Token> {
  const { Lexer, Parser } = yamlLibrary();
  const parser = new Parser();
  let count = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(file.text)) {
    count += 1;
    if (count > limits.tokens) {
      file.problems.push({
        rule: 'yaml-limits',
        message: `The document has more than ${limits.tokens} parts; it and what follows is not read`,
        help: 'Split it, or raise catalog.validate.limits.tokens in causeway.yaml.',
        offset,
        endOffset: offset,
      });
      return;
    }
    if (!isMark(lexeme)) {
      offset += lexeme.length;
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') {
        count = 0;
      }
      yield token;
    }
  }
  yield* parser.end();
}

/** Whether the lexer made this up: it marks documents and scalars by control characters. */
function isMark(lexeme: string): boolean {
  return lexeme.length === 1 && ['\u0002', '\u0018', '\u001f'].includes(lexeme);
}
