import { celEnv, isCelError, plan } from '@bufbuild/cel';
import type { Expr } from './ast';
import { guard, mentionsClaims } from './guard';
import { parseExpression, type ExpressionUse } from './parseExpression';

/** What expressions look at, by name. */
export type Activation = Record<string, unknown>;

/** Whether a condition holds; `failed` where it cannot be told. */
export type Verdict = 'yes' | 'no' | 'failed';

/** A part of a condition that several conditions may have. */
export type Part = (activation: never) => unknown;

/** Parts of the conditions of one policy. */
export type Parts = Map<string, Part>;

const environment = celEnv({});

/**
 * An expression, ready to be evaluated many times. What `&&` joins is evaluated
 * apart and remembered: `target.environment == 'production'` stands in many
 * rules, and is asked once a request.
 */
export class Condition {
  /** Whether it looks at what others say of the target. */
  readonly usesClaims: boolean;

  readonly #parts: readonly Part[] | undefined;

  constructor(text: string, use: ExpressionUse, known: Parts) {
    const { parsed } = parseExpression(text, use);
    this.usesClaims = parsed !== undefined && mentionsClaims(parsed.expr);
    if (parsed) {
      const strict = use === 'raise';
      this.#parts = conjuncts(strict ? guard(parsed.expr) : parsed.expr).map(
        expr => partOf(expr, strict ? 'raise' : 'lower', known),
      );
    }
  }

  /**
   * As CEL's `&&`: one part that does not hold decides, whatever fails. Never
   * throws; an expression that cannot be used fails always.
   */
  holds(
    activation: Activation,
    answers: Map<Part, Verdict> = new Map(),
  ): Verdict {
    if (!this.#parts) {
      return 'failed';
    }
    let verdict: Verdict = 'yes';
    for (const part of this.#parts) {
      let answer = answers.get(part);
      if (!answer) {
        answer = evaluate(part, activation);
        answers.set(part, answer);
      }
      if (answer === 'no') {
        return 'no';
      }
      if (answer === 'failed') {
        verdict = 'failed';
      }
    }
    return verdict;
  }
}

function conjuncts(expr: Expr): Expr[] {
  const kind = expr.exprKind;
  return kind.case === 'callExpr' && kind.value.function === '_&&_'
    ? kind.value.args.flatMap(conjuncts)
    : [expr];
}

function partOf(expr: Expr, use: string, known: Parts): Part {
  const key = `${use} ${structureOf(expr)}`;
  const part = known.get(key) ?? (plan(environment, expr) as Part);
  known.set(key, part);
  return part;
}

/** Equal for expressions that say the same, wherever they stand. */
function structureOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value) => {
    if (key === 'id' || key === '$typeName') {
      return undefined;
    }
    return typeof value === 'bigint' ? `int ${value}` : value;
  });
}

function evaluate(part: Part, activation: Activation): Verdict {
  try {
    const value = part(activation as never);
    if (typeof value !== 'boolean' || isCelError(value)) {
      return 'failed';
    }
    return value ? 'yes' : 'no';
  } catch {
    return 'failed';
  }
}
