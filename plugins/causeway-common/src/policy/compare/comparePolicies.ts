import type { PolicyDocument } from '../PolicyDocument';
import { compareApprovals } from './compareApprovals';
import { compareRules } from './compareRules';
import { Comparison, same } from './Comparison';

/**
 * What a new policy does to decisions, as far as it can be shown.
 *
 * @public
 */
export type PolicyChange = 'same' | 'tighter' | 'looser';

/**
 * Compares two policies. What cannot be shown to be tighter, or to say the
 * same in other words, counts as looser (THREATS H12).
 *
 * @public
 */
export function comparePolicies(
  before: PolicyDocument,
  after: PolicyDocument,
): PolicyChange {
  const comparison = new Comparison();
  compareTiers(before, after, comparison);
  compareRules(before, after, comparison);
  return comparison.result;
}

/**
 * Risk tiers decide which rules hold for whom: one more, one less, another
 * order or another match may be a way out for somebody.
 */
function compareTiers(
  before: PolicyDocument,
  after: PolicyDocument,
  comparison: Comparison,
): void {
  const old = before.spec.riskTiers;
  const fresh = after.spec.riskTiers;
  if (
    !same(
      old.map(({ name }) => name),
      fresh.map(({ name }) => name),
    )
  ) {
    comparison.looser();
    return;
  }
  old.forEach((tier, at) => {
    const next = fresh[at];
    comparison.unchanged([tier.match, tier.level], [next.match, next.level]);
    comparison.fewer(tier.autonomous, next.autonomous);
    comparison.atMost(
      tier.scaleFactor ?? Infinity,
      next.scaleFactor ?? Infinity,
    );
    comparison.atLeast(Number(tier.autoRollback), Number(next.autoRollback));
    comparison.limits(tier.limits, next.limits);
    compareApprovals(tier.approval, next.approval, comparison);
  });
}
