import type {
  Assessment,
  AssessmentOutcome,
  DecisionTier,
  Doubt,
} from '../governance/assessment';
import type { AssessmentInput } from './AssessmentInput';
import { resolveDefaultApproval } from './assess/approval';
import { judge, ruleFailed } from './assess/judge';
import { joinJudgements } from './assess/joinJudgements';
import type { Ground, Judgement } from './assess/Judgement';
import { readKnown, type Known } from './assess/Known';
import { viewsOf, type View } from './assess/views';
import type { CompiledPolicy, CompiledTier } from './compilePolicy';
import { countOf } from '../countOf';

/**
 * What a policy makes of a request.
 *
 * The request is judged from every view: as the platform knows its target, and
 * as `live` and `claimed` values would have it; and under every risk tier that
 * may be the right one. The strictest of all counts, component by component.
 * So nothing that a tenant writes, and nothing that is not known, makes a
 * decision easier (THREATS C2, H1). Never throws.
 *
 * @public
 */
export function assess(
  policy: CompiledPolicy,
  input: AssessmentInput,
): Assessment {
  try {
    const known = readKnown(input);
    const judgements = viewsOf(known).flatMap(view =>
      tiersOf(policy, view).map(({ compiled, doubts }) => {
        const judgement = judge(policy, known, view, compiled);
        judgement.doubts.push(...doubts);
        return { judgement, view };
      }),
    );
    return conclude(policy, known, joinJudgements(judgements));
  } catch {
    return assessInDoubt(policy, {
      at: timeOf(input),
      doubt: {
        code: 'rule-failed',
        message: 'The policy could not be evaluated',
      },
    });
  }
}

function timeOf(input: AssessmentInput): number {
  try {
    return Number(input.time.now) || 0;
  } catch {
    return 0;
  }
}

/**
 * What holds where the policy could not be evaluated at all: people review it
 * as critical.
 *
 * @public
 */
export function assessInDoubt(
  policy: CompiledPolicy,
  options: { at: number; doubt: Doubt; owner?: string },
): Assessment {
  const approval = resolveDefaultApproval(policy.document, {
    owner: options.owner,
    requesterGroups: undefined,
  });
  return {
    at: options.at,
    outcome: 'review',
    tier: 2,
    risk: {
      name: 'default',
      title: 'The policy could not be evaluated, which is critical',
      level: 'critical',
    },
    decidedBy: 'policy/default',
    summary: `Needs ${approvals(approval.count)}: ${options.doubt.message}.`,
    policyHash: policy.hash,
    rules: [],
    doubts: [options.doubt],
    limits: [],
    approval,
    refusals: [],
    verification: { soakMs: 300_000, autoRollback: false },
  };
}

/**
 * Risk tiers that may be the right one: strictest first up to the first that
 * matches for sure, or the default where none does.
 */
function tiersOf(
  policy: CompiledPolicy,
  view: View,
): { compiled: CompiledTier | undefined; doubts: Doubt[] }[] {
  const found: { compiled: CompiledTier | undefined; doubts: Doubt[] }[] = [];
  for (const compiled of policy.rules.tiers) {
    const verdict =
      compiled.tier.level === 'critical'
        ? view.raises(compiled.match)
        : view.ask(compiled.match);
    if (verdict !== 'no') {
      found.push({
        compiled,
        doubts: verdict === 'failed' ? [ruleFailed(compiled.rule)] : [],
      });
    }
    // A claim adds a tier and takes none away.
    if (verdict === 'yes' && !compiled.match.usesClaims) {
      return found;
    }
  }
  return [...found, { compiled: undefined, doubts: [] }];
}

function conclude(
  policy: CompiledPolicy,
  known: Known,
  joined: Judgement,
): Assessment {
  const doubts = unique([...known.doubts, ...joined.doubts]);
  const reviews: Ground[] = [
    ...joined.reviews,
    ...doubts.map(({ message }) => ({ rule: 'default', reason: message })),
  ];
  const outcome = outcomeOf(joined, reviews);
  const ground = groundOf(outcome, joined, reviews);
  const [manual] = joined.manual;
  return {
    at: known.now ?? 0,
    outcome,
    tier: tierOf(outcome, joined),
    risk: joined.risk,
    decidedBy: `policy/${ground.rule}`,
    summary: summarize(outcome, ground.reason, joined.approval.count),
    policyHash: policy.hash,
    rules: unique(joined.rules),
    doubts,
    limits: joined.limits,
    approval: joined.approval,
    refusals: unique(
      joined.refusals.map(({ reason, hint }) => ({ reason, hint })),
    ),
    ...(outcome === 'manual' && {
      manual: {
        runbook: manual.runbook,
        checklist: [...new Set(joined.manual.flatMap(one => one.checklist))],
        doneBy: [...new Set(joined.manual.flatMap(one => one.doneBy))],
      },
    }),
    verification: {
      soakMs: joined.soakMs,
      autoRollback: joined.autoRollback,
    },
  };
}

function outcomeOf(
  judgement: Judgement,
  reviews: readonly Ground[],
): AssessmentOutcome {
  if (judgement.refusals.length > 0) {
    return 'refuse';
  }
  if (judgement.manual.length > 0) {
    return 'manual';
  }
  return reviews.length > 0 || !judgement.allowed ? 'review' : 'run';
}

function tierOf(
  outcome: AssessmentOutcome,
  judgement: Judgement,
): DecisionTier {
  if (judgement.manual.length > 0) {
    return 3;
  }
  return outcome === 'run' ? 1 : 2;
}

function groundOf(
  outcome: AssessmentOutcome,
  judgement: Judgement,
  reviews: readonly Ground[],
): Ground {
  const grounds: Record<AssessmentOutcome, Ground | undefined> = {
    refuse: judgement.refusals[0],
    manual: judgement.manual[0],
    review: reviews[0],
    run: judgement.allowed,
  };
  return (
    grounds[outcome] ?? {
      rule: 'default',
      reason: 'nothing lets it run by itself',
    }
  );
}

function summarize(
  outcome: AssessmentOutcome,
  reason: string,
  count: number,
): string {
  const because = reason.replace(/\.$/, '');
  const sentences: Record<AssessmentOutcome, string> = {
    run: `Runs by itself: ${because}.`,
    review: `Needs ${approvals(count)}: ${because}.`,
    manual: `People do this themselves: ${because}.`,
    refuse: `Refused: ${because}.`,
  };
  return sentences[outcome];
}

function approvals(count: number): string {
  return countOf(count, 'approval');
}

/** Without what is said twice; of few and small things. */
function unique<T extends object>(items: readonly T[]): T[] {
  const seen = new Map(items.map(item => [JSON.stringify(item), item]));
  return [...seen.values()];
}
