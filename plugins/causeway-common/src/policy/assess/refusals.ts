import type { CompiledFreeze, CompiledPolicy } from '../compilePolicy';
import type { Verdict } from '../cel/Condition';
import { isOneOf } from './bounds';
import type { Judgement } from './Judgement';
import type { Known } from './Known';
import type { View } from './views';

interface Bench {
  known: Known;
  view: View;
  tierName: string;
  judgement: Judgement;
}

/** Refusals that no decision has to spell out: Git first, freezes, who may ask, bare recommendations. */
export function refuseForms(policy: CompiledPolicy, bench: Bench): void {
  holdGitFirst(policy, bench);
  policy.rules.freezes.forEach(freeze => holdFreeze(freeze, bench));
  holdCapabilities(policy, bench);
  holdInterpretability(policy, bench);
}

function refuse(
  { judgement }: Bench,
  refusal: { rule: string; effect: string; reason: string; hint: string },
): void {
  const { rule, effect, reason, hint } = refusal;
  judgement.refusals.push({ rule, reason, hint });
  judgement.rules.push({ rule, effect, reason });
}

function holdGitFirst(policy: CompiledPolicy, bench: Bench): void {
  const { known, view, judgement } = bench;
  if (!known.managed) {
    return;
  }
  const exception = policy.rules.exceptions.find(
    ({ operations, when }) =>
      known.operation !== undefined &&
      operations.includes(known.operation) &&
      view.lowers(when),
  );
  if (exception) {
    judgement.rules.push({
      rule: exception.rule,
      effect: 'direct-change',
      reason: exception.reason,
    });
    return;
  }
  refuse(bench, {
    rule: 'git-first',
    effect: 'refuse',
    reason: 'A GitOps controller manages what would be changed',
    hint: 'Change it in Git: open a pull request. A direct change needs a gitFirst rule of the policy.',
  });
}

function holdFreeze(
  { rule, freeze, from, to, when, except }: CompiledFreeze,
  bench: Bench,
): void {
  const { known, view, judgement } = bench;
  if (freeze.operations && !isOneOf(freeze.operations, known.operation)) {
    return;
  }
  const { now } = known;
  const inTime: Verdict[] = [
    from === undefined ? 'yes' : told(now, one => one >= from),
    to === undefined ? 'yes' : told(now, one => one < to),
    when ? view.raises(when) : 'yes',
  ];
  if (inTime.includes('no') || (except && view.lowers(except))) {
    return;
  }
  if (inTime.includes('failed')) {
    judgement.doubts.push({
      code: 'rule-failed',
      message: `${rule} could not be evaluated, so it counts as matched`,
    });
  }
  refuse(bench, {
    rule,
    effect: 'freeze',
    reason: `Frozen: ${freeze.reason}`,
    hint: freeze.to
      ? `Ask again after ${freeze.to}.`
      : 'Ask again when the freeze is over.',
  });
}

function told(
  now: number | undefined,
  holds: (now: number) => boolean,
): Verdict {
  if (now === undefined) {
    return 'failed';
  }
  return holds(now) ? 'yes' : 'no';
}

function holdCapabilities(policy: CompiledPolicy, bench: Bench): void {
  const { known } = bench;
  for (const { name, title, producers, consumers } of policy.document.spec
    .capabilities) {
    if (!consumers || !isOneOf([name], known.capability)) {
      continue;
    }
    const may = [...consumers, ...producers];
    if (!known.groups?.some(group => may.includes(group))) {
      refuse(bench, {
        rule: `capabilities/${name}`,
        effect: 'refuse',
        reason: `${title ?? name} is not offered to who asks`,
        hint: `It is offered to ${may.join(', ')}.`,
      });
    }
  }
}

function holdInterpretability(policy: CompiledPolicy, bench: Bench): void {
  const { known, tierName } = bench;
  if (!known.agent || known.missing.length === 0) {
    return;
  }
  for (const { name, operations, riskTiers, reason } of policy.document.spec
    .interpretability) {
    if (
      (!operations || isOneOf(operations, known.operation)) &&
      (!riskTiers || riskTiers.includes(tierName))
    ) {
      refuse(bench, {
        rule: `interpretability/${name}`,
        effect: 'refuse',
        reason: reason ?? 'An agent has to give its reasons in full here',
        hint: `Add to the recommendation: ${known.missing.slice(0, 20).join(', ')}.`,
      });
    }
  }
}
