import type { Condition, Verdict } from '../cel/Condition';
import type {
  CompiledDecision,
  CompiledPolicy,
  CompiledTier,
} from '../compilePolicy';
import {
  joinApprovals,
  raiseApproval,
  resolveApproval,
  resolveDefaultApproval,
} from './approval';
import { findZeros, holdBounds, holdScaleFactor, isOneOf } from './bounds';
import { holdAgentRules } from './agents';
import { classDefaultsOf } from './classDefaults';
import type { Ground, Judgement } from './Judgement';
import type { Known } from './Known';
import { holdLimits } from './limits';
import { holdSpread } from './spread';
import { refuseForms } from './refusals';
import type { View } from './views';

/** Judges a request as one view shows it, under one risk tier. */
export function judge(
  policy: CompiledPolicy,
  known: Known,
  view: View,
  compiled: CompiledTier | undefined,
): Judgement {
  const tierName = compiled?.tier.name ?? 'default';
  const people = { owner: known.owner, requesterGroups: known.groups };
  const changeClass = classDefaultsOf(policy.document.spec, known.class);
  const approval = compiled
    ? resolveApproval(compiled.tier.approval, people)
    : resolveDefaultApproval(policy.document, people);
  const judgement: Judgement = {
    risk: compiled
      ? {
          name: tierName,
          title: compiled.tier.title,
          level: compiled.tier.level,
        }
      : {
          name: 'default',
          title: 'No risk tier matches, which is critical',
          level: 'critical',
        },
    rules: [],
    doubts: [],
    limits: [],
    refusals: [],
    manual: [],
    reviews: [],
    allowed: undefined,
    approval: joinApprovals(approval, {
      count: changeClass.approvals,
      required: [],
      presence: false,
    }),
    soakMs: changeClass.soakMs,
    autoRollback: compiled?.tier.autoRollback ?? false,
  };
  judgement.rules.push({
    rule: compiled?.rule ?? 'default',
    effect: `risk-${judgement.risk.level}`,
    reason: judgement.risk.title,
  });
  const within = policy.rules.decisions.filter(decision =>
    decide(decision, { known, view, tierName, judgement, people }),
  );
  refuseForms(policy, { known, view, tierName, judgement });
  decideAutonomy(policy, {
    known,
    view,
    compiled,
    tierName,
    judgement,
    within,
  });
  holdMoney(policy, { known, view, compiled, tierName, judgement });
  if (changeClass.final) {
    judgement.reviews.push({
      rule: known.class === undefined ? 'default' : `classes/${known.class}`,
      reason: 'Nobody expects to undo a change of this class',
    });
  }
  addProducers(policy, known, judgement);
  return judgement;
}

interface Bench {
  known: Known;
  view: View;
  tierName: string;
  judgement: Judgement;
}

/** Lets one decision speak; gives whether it would let the request run. */
function decide(
  { rule, decision, when }: CompiledDecision,
  bench: Bench & { people: { owner: string | undefined } },
): boolean {
  const { known, view, tierName, judgement, people } = bench;
  const { riskTiers, operations, classes, capabilities, tier } = decision;
  if (riskTiers && !riskTiers.includes(tierName)) {
    return false;
  }
  if (tier === 1) {
    const named =
      includes(operations, known.operation) &&
      includes(classes, known.class) &&
      includes(capabilities, known.capability);
    return named && (!when || view.lowers(when));
  }
  const selected =
    (!operations || isOneOf(operations, known.operation)) &&
    (!classes || isOneOf(classes, known.class)) &&
    (!capabilities || isOneOf(capabilities, known.capability));
  const verdict = selected ? askToRaise(view, when) : 'no';
  if (verdict === 'no') {
    return false;
  }
  if (verdict === 'failed') {
    judgement.doubts.push(ruleFailed(rule));
  }
  const reason =
    decision.reason ?? decision.title ?? `${rule} asks for people's judgement`;
  judgement.rules.push({
    rule,
    effect: tier === 'refuse' ? 'refuse' : `tier-${tier}`,
    reason,
  });
  if (decision.approval) {
    judgement.approval = raiseApproval(judgement.approval, decision.approval);
  }
  if (tier === 'refuse') {
    judgement.refusals.push({
      rule,
      reason,
      hint: decision.hint ?? 'Ask whoever owns the policy.',
    });
  } else if (tier === 3) {
    judgement.manual.push({
      rule,
      reason,
      runbook: decision.manual?.runbook,
      checklist: decision.manual?.checklist ?? [],
      doneBy: (decision.manual?.doneBy ?? []).flatMap(one =>
        one === 'owner' ? (people.owner ?? []) : one,
      ),
    });
  } else {
    judgement.reviews.push({ rule, reason });
  }
  return false;
}

function askToRaise(view: View, when: Condition | undefined): Verdict {
  return when ? view.raises(when) : 'yes';
}

/** A rule that cannot be evaluated, and is taken for matched. */
export function ruleFailed(rule: string) {
  return {
    code: 'rule-failed',
    message: `${rule} could not be evaluated, so it counts as matched`,
  };
}

function includes(
  names: readonly string[] | undefined,
  name: string | undefined,
): boolean {
  return !names || (name !== undefined && names.includes(name));
}

/** Whether it may run by itself: a decision says so, the risk tier lets it, and it is within bounds. */
function decideAutonomy(
  policy: CompiledPolicy,
  bench: Bench & {
    compiled: CompiledTier | undefined;
    within: readonly CompiledDecision[];
  },
): void {
  const { known, view, compiled, tierName, judgement, within } = bench;
  const general = holdBounds(policy.rules.bounds, known, tierName);
  const scale = holdScaleFactor(compiled, known);
  judgement.doubts.push(...general.doubts, ...scale.doubts);
  const exceeded = [
    ...general.exceeded,
    ...scale.exceeded,
    ...findZeros(known),
  ];
  const held = within.map(one => ({
    ...one,
    result: holdBounds(one.bounds, known, tierName),
  }));
  const inside = held.find(
    ({ result }) => !result.exceeded.length && !result.doubts.length,
  );
  if (!inside) {
    held.forEach(({ result }) => {
      exceeded.push(...result.exceeded);
      judgement.doubts.push(...result.doubts);
    });
  }
  judgement.rules.push(...exceeded);
  judgement.reviews.push(...exceeded);

  const entries = (compiled?.autonomous ?? []).filter(
    entry =>
      (entry.operation === '*' || entry.operation === known.operation) &&
      (!entry.environments ||
        includes(entry.environments, view.attributes.environment)) &&
      (!entry.when || view.lowers(entry.when)),
  );
  const rule = compiled?.rule ?? 'default';
  if (entries.length === 0) {
    judgement.reviews.push({
      rule,
      reason: compiled
        ? `${compiled.tier.title}: ${known.operation ?? 'this operation'} does not run by itself`
        : 'No risk tier of the policy matches the target, so people decide',
    });
  } else if (within.length === 0) {
    judgement.reviews.push({
      rule: 'default',
      reason: `No decision of the policy lets ${known.operation ?? 'this operation'} run by itself here`,
    });
  }
  for (const reason of [
    holdAgentRules(policy.document, { known, view, entries }),
    holdSpread(policy.document, known),
  ]) {
    if (reason) {
      judgement.reviews.push({ rule: 'agents', reason });
      judgement.rules.push({ rule: 'agents', effect: 'tier-2', reason });
    }
  }
  if (inside && entries.length > 0 && exceeded.length === 0) {
    const reason = inside.decision.reason ?? inside.decision.title;
    judgement.allowed = {
      rule: inside.rule,
      reason: reason ?? `${known.operation} is within its bounds`,
    };
    judgement.rules.push({
      rule: inside.rule,
      effect: 'tier-1',
      reason: judgement.allowed.reason,
    });
  }
}

function holdMoney(
  policy: CompiledPolicy,
  bench: Bench & { compiled: CompiledTier | undefined },
): void {
  const { known, view, compiled, tierName, judgement } = bench;
  const results = holdLimits(
    [...policy.rules.limits, ...(compiled?.limits ?? [])],
    known,
    view,
    tierName,
  );
  for (const { reason, unknown, ...limit } of results) {
    judgement.limits.push(limit);
    if (!limit.exceeded) {
      continue;
    }
    const ground: Ground = { rule: limit.rule, reason };
    judgement.rules.push({ ...ground, effect: `limit-${limit.action}` });
    if (limit.action === 'hard') {
      judgement.refusals.push({
        ...ground,
        hint: unknown
          ? 'A hard limit needs a cost and a budget that are known; ask the platform team for a price.'
          : 'Ask for less, or wait until what is reserved is free again.',
      });
    } else {
      judgement.reviews.push(ground);
    }
  }
}

/** Who produces a capability may decide about what they own, within bounds. */
function addProducers(
  policy: CompiledPolicy,
  known: Known,
  judgement: Judgement,
): void {
  const { owner } = known;
  const produces = policy.document.spec.capabilities.some(
    ({ name, producers }) =>
      name === known.capability &&
      owner !== undefined &&
      producers.includes(owner),
  );
  const outside =
    judgement.doubts.length > 0 ||
    known.doubts.length > 0 ||
    judgement.rules.some(({ effect }) => effect === 'bound-exceeded');
  if (
    owner !== undefined &&
    produces &&
    !outside &&
    !judgement.approval.approvers.includes(owner)
  ) {
    judgement.approval = {
      ...judgement.approval,
      approvers: [...judgement.approval.approvers, owner],
    };
  }
}
