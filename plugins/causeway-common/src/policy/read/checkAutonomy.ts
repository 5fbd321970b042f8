import type { PolicyProblem } from './PolicyProblem';
import type { ReadDocument } from './checkRules';

/**
 * What runs by itself needs both a decision of tier 1 and a risk tier that
 * lets it; one without the other is seldom meant.
 */
export function checkAutonomy(
  documents: readonly ReadDocument[],
): PolicyProblem[] {
  const tiers = documents.flatMap(({ spec }) => spec.riskTiers);
  const firsts = documents.flatMap(({ spec }) =>
    spec.decisions.filter(({ tier }) => tier === 1),
  );
  const allowed = new Set(
    tiers.flatMap(({ autonomous }) => autonomous.map(one => one.operation)),
  );
  const decided = new Set(firsts.flatMap(({ operations = [] }) => operations));
  const byCapability = firsts.some(({ operations }) => !operations);
  return documents.flatMap(({ source, spec }) => [
    ...spec.decisions.flatMap((decision, at) =>
      decision.tier === 1 &&
      decision.operations &&
      !allowed.has('*') &&
      !decision.operations.some(operation => allowed.has(operation))
        ? source.problem({
            path: ['spec', 'decisions', at, 'operations'],
            severity: 'warning',
            message: `No risk tier lets ${decision.operations.join(', ')} run by itself, so this decision changes nothing`,
            hint: 'Name the operation in autonomous of a risk tier.',
          })
        : [],
    ),
    ...spec.riskTiers.flatMap((tier, at) =>
      tier.autonomous.flatMap(({ operation }, inner) =>
        operation !== '*' && !byCapability && !decided.has(operation)
          ? source.problem({
              path: ['spec', 'riskTiers', at, 'autonomous', inner],
              severity: 'warning',
              message: `No decision of tier 1 names ${operation}, so it never runs by itself`,
              hint: 'Add a decision with tier 1 for it.',
            })
          : [],
      ),
    ),
  ]);
}
