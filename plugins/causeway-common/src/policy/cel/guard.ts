import {
  callNode,
  childrenOf,
  identNode,
  pathOf,
  selectNode,
  type Expr,
} from './ast';

/** Whether an agent asks: bound beside the variables of a policy. */
export const agentAsks = '@agentAsks';

/**
 * Makes a condition of a rule that makes things stricter hold in doubt:
 *
 * - `has(target.owner)` fails, rather than being false, where it is absent: the
 *   rule then counts as matched.
 * - What looks at `live` or `claimed` does not match where they say nothing, so
 *   that saying something never turns a match off.
 * - What looks at `agent` does not match where no agent asks.
 *
 * With that, taking a value away never makes a matched rule a rule that does
 * not match, and neither does adding a claim.
 */
export function guard(expr: Expr): Expr {
  const kind = expr.exprKind;
  if (
    kind.case === 'callExpr' &&
    (kind.value.function === '_&&_' || kind.value.function === '_||_')
  ) {
    return callNode(kind.value.function, kind.value.args.map(guard));
  }
  const conditions = guardsOf(expr);
  const plain = withoutPresence(expr);
  return conditions.reduce(
    (rest, condition) => callNode('_&&_', [condition, rest]),
    plain,
  );
}

/** Whether an expression looks at `live` or `claimed`. */
export function mentionsClaims(expr: Expr): boolean {
  const root = pathOf(expr)?.[0];
  return (
    root === 'live' ||
    root === 'claimed' ||
    childrenOf(expr).some(mentionsClaims)
  );
}

function guardsOf(expr: Expr): Expr[] {
  const paths = new Map<string, string[]>();
  let agent = false;
  const visit = (one: Expr) => {
    const path = pathOf(one);
    if (path?.[0] === 'agent') {
      agent = true;
    }
    if (path && (path[0] === 'live' || path[0] === 'claimed') && path[1]) {
      paths.set(path.join('.'), path.slice(0, 2));
    }
    childrenOf(one).forEach(visit);
  };
  visit(expr);
  return [
    ...[...paths.values()].map(path => selectNode(path, true)),
    ...(agent ? [identNode(agentAsks)] : []),
  ];
}

/**
 * Whether that something is not there says all there is to say: input is what
 * was asked, a plan names every quantity that it changes, and `live` and
 * `claimed` are guarded.
 */
function isKnownAbsence(path: readonly string[]): boolean {
  const [root, second] = path;
  return (
    root === 'live' ||
    root === 'claimed' ||
    (root === 'request' && second === 'input') ||
    (root === 'change' && second === 'quantities' && path.length === 3)
  );
}

/** `has(x)` of what the platform may not know becomes `x == x`. */
function withoutPresence(expr: Expr): Expr {
  const kind = expr.exprKind;
  if (kind.case === 'selectExpr' && kind.value.testOnly) {
    const value: Expr = {
      ...expr,
      exprKind: { ...kind, value: { ...kind.value, testOnly: false } },
    };
    return isKnownAbsence(pathOf(value) ?? [])
      ? expr
      : callNode('_==_', [value, value]);
  }
  switch (kind.case) {
    case 'callExpr':
      return {
        ...expr,
        exprKind: {
          ...kind,
          value: {
            ...kind.value,
            args: kind.value.args.map(withoutPresence),
            target: kind.value.target && withoutPresence(kind.value.target),
          },
        },
      };
    case 'comprehensionExpr':
      return {
        ...expr,
        exprKind: {
          ...kind,
          value: {
            ...kind.value,
            iterRange:
              kind.value.iterRange && withoutPresence(kind.value.iterRange),
            loopStep:
              kind.value.loopStep && withoutPresence(kind.value.loopStep),
          },
        },
      };
    default:
      return expr;
  }
}
