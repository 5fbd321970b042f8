import { parse } from '@bufbuild/cel';
import { longestExpression } from '../schema/texts';
import type { ParsedExpression } from './ast';
import { checkLowering } from './checkLowering';
import { TypeChecker, type ExpressionProblem } from './checkTypes';

/**
 * What an expression is for: `raise` makes things stricter and may say
 * anything; `lower` makes them easier and must be a positive match; `tier` is a
 * `lower` that has to name an attribute of the target.
 */
export type ExpressionUse = 'raise' | 'lower' | 'tier';

/** An expression, checked; absent where it has errors. */
export interface CheckedExpression {
  parsed?: ParsedExpression;
  problems: ExpressionProblem[];
}

const isError = (problem: ExpressionProblem) => problem.severity === 'error';

export function parseExpression(
  text: string,
  use: ExpressionUse,
): CheckedExpression {
  if (text.length > longestExpression) {
    return {
      problems: [
        {
          severity: 'error',
          offset: longestExpression,
          message: `The expression has more than ${longestExpression} characters`,
          hint: 'Write it as several rules.',
        },
      ],
    };
  }
  try {
    const parsed = parse(text);
    const checker = new TypeChecker(parsed);
    checker.check();
    const { problems } = checker;
    if (use !== 'raise' && !problems.some(isError)) {
      problems.push(...checkLowering(parsed, { anchored: use === 'tier' }));
    }
    return { parsed: problems.some(isError) ? undefined : parsed, problems };
  } catch (error) {
    // Thrown for what is no expression, and where brackets overflow the stack.
    return { problems: [syntaxProblem(text, error)] };
  }
}

/** What the library throws for a text that is no expression. */
interface SyntaxFailure {
  location?: { start?: { offset?: number } };
}

function syntaxProblem(text: string, error: unknown): ExpressionProblem {
  const offset = (error as SyntaxFailure).location?.start?.offset ?? 0;
  const found = text.slice(offset, offset + 1);
  const lonelyEquals = found === '=' && !text.startsWith('==', offset);
  return {
    severity: 'error',
    offset,
    message: `The expression cannot be read: ${
      found
        ? `${JSON.stringify(found)} is not expected here`
        : 'it ends too soon'
    }`,
    hint: lonelyEquals
      ? 'Equality is written ==.'
      : "Expressions are CEL: target.environment == 'production' && change.disruptive.",
  };
}
