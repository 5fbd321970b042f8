import { parse } from '@bufbuild/cel';

/** An expression as the library parses it. */
export type ParsedExpression = ReturnType<typeof parse>;

/** One node of an expression. */
export type Expr = ParsedExpression['expr'];

type Kinds = Expr['exprKind'];
type Case<C extends Kinds['case']> = Extract<Kinds, { case: C }>;

export type Call = NonNullable<Case<'callExpr'>['value']>;
export type Comprehension = NonNullable<Case<'comprehensionExpr'>['value']>;

/** Nodes directly below. */
export function childrenOf(expr: Expr): Expr[] {
  const kind = expr.exprKind;
  const present = (nodes: (Expr | undefined)[]) =>
    nodes.filter(one => one !== undefined);
  switch (kind.case) {
    case 'selectExpr':
      return present([kind.value.operand]);
    case 'callExpr':
      return present([kind.value.target, ...kind.value.args]);
    case 'listExpr':
      return kind.value.elements;
    case 'comprehensionExpr':
      return present([
        kind.value.iterRange,
        kind.value.accuInit,
        kind.value.loopCondition,
        kind.value.loopStep,
        kind.value.result,
      ]);
    default:
      return [];
  }
}

/** `['target', 'owner']` of `target.owner`; undefined where it is no plain path. */
export function pathOf(expr: Expr): string[] | undefined {
  const kind = expr.exprKind;
  if (kind.case === 'identExpr') {
    return [kind.value.name];
  }
  if (kind.case === 'selectExpr' && kind.value.operand) {
    const before = pathOf(kind.value.operand);
    return before && [...before, kind.value.field];
  }
  return undefined;
}

/** Functions of macros' expansions begin with it, and so do their variables. */
export const accumulator = '@result';

/** What a macro evaluates for each element: the part of its loop that was written. */
export function bodyOf(loop: Comprehension): Expr | undefined {
  const step = loop.loopStep?.exprKind;
  if (step?.case !== 'callExpr') {
    return undefined;
  }
  return step.value.args.find(arg => {
    const kind = arg.exprKind;
    return !(kind.case === 'identExpr' && kind.value.name === accumulator);
  });
}

let nextId = 1_000_000n;

function node(exprKind: Kinds): Expr {
  nextId += 1n;
  return { $typeName: 'cel.expr.Expr', id: nextId, exprKind } as Expr;
}

export function callNode(name: string, args: Expr[]): Expr {
  return node({
    case: 'callExpr',
    value: { $typeName: 'cel.expr.Expr.Call', function: name, args } as Call,
  });
}

export function identNode(name: string): Expr {
  return node({
    case: 'identExpr',
    value: { $typeName: 'cel.expr.Expr.Ident', name },
  });
}

/** A path, or with `test` whether it is there. */
export function selectNode(path: readonly string[], test = false): Expr {
  const [first, ...rest] = path;
  return rest.reduce(
    (operand, field, at) =>
      node({
        case: 'selectExpr',
        value: {
          $typeName: 'cel.expr.Expr.Select',
          operand,
          field,
          testOnly: test && at === rest.length - 1,
        },
      }),
    identNode(first),
  );
}
