import type { ExpressionUse } from '../cel/parseExpression';
import type { PolicySpec } from '../PolicyDocument';
import type { Path } from './PolicySource';

/** An expression of a policy: where it stands and what it is for. */
export interface PolicyExpression {
  path: Path;
  text: string;
  use: ExpressionUse;
}

/** Every expression of a policy's `spec`. */
export function expressionsOf(spec: PolicySpec): PolicyExpression[] {
  const found: PolicyExpression[] = [];
  const add = (path: Path, text: string | undefined, use: ExpressionUse) => {
    if (text !== undefined) {
      found.push({ path: ['spec', ...path], text, use });
    }
  };
  spec.riskTiers.forEach((tier, at) => {
    add(
      ['riskTiers', at, 'match'],
      tier.match,
      tier.level === 'critical' ? 'raise' : 'tier',
    );
    tier.autonomous.forEach((entry, inner) =>
      add(['riskTiers', at, 'autonomous', inner, 'when'], entry.when, 'lower'),
    );
  });
  spec.decisions.forEach((decision, at) =>
    add(
      ['decisions', at, 'when'],
      decision.when,
      decision.tier === 1 ? 'lower' : 'raise',
    ),
  );
  spec.limits.forEach((limit, at) =>
    add(['limits', at, 'match'], limit.match, 'raise'),
  );
  spec.freezes.forEach((freeze, at) => {
    add(['freezes', at, 'when'], freeze.when, 'raise');
    add(['freezes', at, 'except'], freeze.except, 'lower');
  });
  spec.gitFirst.forEach((exception, at) =>
    add(['gitFirst', at, 'when'], exception.when, 'lower'),
  );
  return found;
}
