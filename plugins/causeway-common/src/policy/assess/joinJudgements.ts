import { riskLevels } from '../../governance/assessment';
import { joinApprovals } from './approval';
import type { Judgement } from './Judgement';
import type { View } from './views';

const rankOf = ({ risk }: Judgement) => riskLevels.indexOf(risk.level);

/** The strictest of several judgements, component by component. */
export function joinJudgements(
  judged: readonly { judgement: Judgement; view: View }[],
): Judgement {
  const [own] = judged;
  // The first of the strictest: the platform's own view comes first.
  const strictest = judged.reduce((a, b) =>
    rankOf(b.judgement) < rankOf(a.judgement) ? b : a,
  );
  const others = judged.filter(one => one !== strictest);
  const all = [strictest, ...others].map(({ judgement }) => judgement);
  const everyAllowed = all.every(({ allowed }) => allowed);
  const joined: Judgement = {
    risk: strictest.judgement.risk,
    rules: all.flatMap(({ rules }) => rules),
    doubts: all.flatMap(({ doubts }) => doubts),
    limits: joinLimits(all),
    refusals: all.flatMap(({ refusals }) => refusals),
    manual: all.flatMap(({ manual }) => manual),
    reviews: all.flatMap(({ reviews }) => reviews),
    allowed: everyAllowed ? own.judgement.allowed : undefined,
    approval: others.reduce(
      (approval, { judgement }) => joinApprovals(approval, judgement.approval),
      strictest.judgement.approval,
    ),
    soakMs: Math.max(...all.map(({ soakMs }) => soakMs)),
    autoRollback: all.some(({ autoRollback }) => autoRollback),
  };
  if (
    strictest.view.says &&
    rankOf(strictest.judgement) < rankOf(own.judgement)
  ) {
    joined.rules.push({
      rule: `riskTiers/${joined.risk.name}`,
      effect: 'raised',
      reason: `${strictest.view.says}; such values can only make stricter`,
    });
  }
  return joined;
}

function joinLimits(all: readonly Judgement[]): Judgement['limits'] {
  const limits = new Map<string, Judgement['limits'][number]>();
  all
    .flatMap(judgement => judgement.limits)
    .forEach(limit => limits.set(limit.rule, limits.get(limit.rule) ?? limit));
  return [...limits.values()];
}
