import {
  bodyOf,
  childrenOf,
  pathOf,
  type Expr,
  type ParsedExpression,
} from './ast';
import type { ExpressionProblem } from './checkTypes';

/** What a rule that makes things easier may use: all of it fails where a value is absent. */
const allowed = new Set([
  '_&&_',
  '_==_',
  '_<_',
  '_<=_',
  '_>_',
  '_>=_',
  '_+_',
  '_-_',
  '_*_',
  '_/_',
  '@in',
  '_[_]',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'timestamp',
  'duration',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
]);

const comparisons = new Set(['_==_', '_<_', '_<=_', '_>_', '_>=_', '@in']);

/** Paths whose values somebody else wrote, with what to use instead. */
const foreign: { path: string[]; why: string }[] = [
  { path: ['claimed'], why: 'a tenant wrote it' },
  { path: ['live'], why: 'a label or annotation may say so' },
  { path: ['estate', 'facts'], why: 'facts may come from what tenants write' },
  { path: ['agent', 'confidence'], why: 'the agent says so itself' },
  { path: ['agent', 'record'], why: 'a record may only make stricter' },
  { path: ['agent', 'missing'], why: 'what is missing may only make stricter' },
];

/** Attributes of which one has to be matched for a risk tier that is less than critical. */
const anchors = ['environment', 'owner', 'tenant', 'source', 'entityRef'];

/**
 * A rule that makes things easier must be a positive match on what the platform
 * knows: negation, absence and what tenants write would let it through where
 * something is missing or made up (THREATS H1).
 */
export function checkLowering(
  source: ParsedExpression,
  options: { anchored: boolean },
): ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  const report = (expr: Expr, message: string, hint: string) =>
    problems.push({
      severity: 'error',
      offset: source.sourceInfo?.positions[String(expr.id)] ?? 0,
      message,
      hint,
    });
  let anchored = false;

  function visit(expr: Expr): void {
    const kind = expr.exprKind;
    if (kind.case === 'comprehensionExpr') {
      const macro = source.sourceInfo?.macroCalls[String(expr.id)]?.exprKind;
      const name = macro?.case === 'callExpr' ? macro.value.function : 'a loop';
      const body = bodyOf(kind.value);
      if (name !== 'exists' || !body || !kind.value.iterRange) {
        report(
          expr,
          `${name} can hold for an empty list, so this rule cannot rest on it`,
          'A rule that makes things easier needs something that is there: use exists, or in.',
        );
        return;
      }
      visit(kind.value.iterRange);
      visit(body);
      return;
    }
    if (kind.case === 'selectExpr' && kind.value.testOnly) {
      report(
        expr,
        'This rule makes things easier, so it cannot rest on whether something is there',
        'Match the value itself: an absent one never matches.',
      );
      return;
    }
    if (kind.case === 'callExpr') {
      visitCall(expr, kind.value.function, report);
      if (comparisons.has(kind.value.function)) {
        kind.value.args
          .filter(isComparison)
          .forEach(arg =>
            report(
              arg,
              'This rule makes things easier, so it cannot compare the result of a comparison',
              'Say what must hold rather than what must not.',
            ),
          );
      }
    }
    const path = pathOf(expr);
    if (path) {
      const other = foreign.find(one =>
        one.path.every((part, at) => path[at] === part),
      );
      if (other) {
        report(
          expr,
          `This rule makes things easier, so it cannot rest on ${other.path.join('.')}: ${other.why}`,
          'Match what the platform knows: target.environment, target.owner and such.',
        );
        return;
      }
      anchored ||= path[0] === 'target' && anchors.includes(path[1]);
    }
    childrenOf(expr).forEach(visit);
  }

  visit(source.expr);
  if (options.anchored && !anchored && problems.length === 0) {
    report(
      source.expr,
      'A risk tier below critical must match an attribute that the platform gives its targets',
      `Match one of ${anchors.map(one => `target.${one}`).join(', ')}.`,
    );
  }
  return problems;
}

function visitCall(
  expr: Expr,
  name: string,
  report: (expr: Expr, message: string, hint: string) => void,
): void {
  if (allowed.has(name)) {
    return;
  }
  const words: Record<string, string> = {
    '!_': 'negation',
    '_!=_': '!=',
    '_||_': '||, which hides what cannot be known',
    '_?_:_': 'a choice',
  };
  report(
    expr,
    `This rule makes things easier, so it cannot use ${words[name] ?? name}`,
    name === '_||_'
      ? "Write one rule for each case, or list the values: target.environment in ['development', 'staging']."
      : 'Say what must hold rather than what must not: an absent value must never match.',
  );
}

function isComparison(expr: Expr): boolean {
  return (
    expr.exprKind.case === 'callExpr' &&
    (comparisons.has(expr.exprKind.value.function) ||
      ['_&&_', '_||_', '!_', '_!=_'].includes(expr.exprKind.value.function))
  );
}
