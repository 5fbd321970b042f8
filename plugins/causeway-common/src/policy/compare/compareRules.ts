import { durationMs } from '../duration';
import type {
  PolicyBound,
  PolicyDecision,
  PolicyDocument,
  PolicySpec,
} from '../PolicyDocument';
import type { Comparison } from './Comparison';

/** Holds everything but risk tiers of two policies against each other. */
export function compareRules(
  before: PolicyDocument,
  after: PolicyDocument,
  comparison: Comparison,
): void {
  const old = before.spec;
  const fresh = after.spec;
  compareDecisions(old.decisions, fresh.decisions, comparison);
  compareBounds(old.bounds, fresh.bounds, comparison);
  comparison.limits(old.limits, fresh.limits);
  comparison.more(old.freezes.map(core), fresh.freezes.map(core));
  comparison.more(
    old.interpretability.map(core),
    fresh.interpretability.map(core),
  );
  comparison.fewer(old.gitFirst.map(core), fresh.gitFirst.map(core));
  comparison.unchanged(
    old.capabilities.map(core),
    fresh.capabilities.map(core),
  );
  compareClasses(old.classes, fresh.classes, comparison);
  compareAgents(old.agents, fresh.agents, comparison);
  comparison.atMost(
    Number(old.delegation.allowed),
    Number(fresh.delegation.allowed),
  );
  comparison.atMost(
    durationMs(old.delegation.longest),
    durationMs(fresh.delegation.longest),
  );
  comparison.atLeast(
    Number(old.delegation.withinGroup),
    Number(fresh.delegation.withinGroup),
  );
}

/** Without what is only for people. */
function core<T extends object>(rule: T): object {
  const { title, reason, hint, ...rest } = rule as Record<string, unknown>;
  return rest;
}

const strictness = (tier: PolicyDecision['tier']) =>
  tier === 'refuse' ? 4 : tier;

function compareDecisions(
  before: readonly PolicyDecision[],
  after: readonly PolicyDecision[],
  comparison: Comparison,
): void {
  const selects = ({ tier, approval, manual, ...rest }: PolicyDecision) =>
    core(rest);
  comparison.byName(before, after, {
    added: ({ tier }) =>
      tier === 1 ? comparison.looser() : comparison.tighter(),
    removed: ({ tier }) =>
      tier === 1 ? comparison.tighter() : comparison.looser(),
    both: (old, fresh) => {
      comparison.unchanged(selects(old), selects(fresh));
      comparison.atLeast(strictness(old.tier), strictness(fresh.tier));
      if (old.tier === fresh.tier) {
        comparison.unchanged(
          [old.approval, old.manual?.doneBy],
          [fresh.approval, fresh.manual?.doneBy],
        );
      }
    },
  });
}

function compareBounds(
  before: readonly PolicyBound[],
  after: readonly PolicyBound[],
  comparison: Comparison,
): void {
  const selects = ({
    minFactor,
    maxFactor,
    min,
    max,
    ifAbsent,
    ...rest
  }: PolicyBound) => core(rest);
  comparison.byName(before, after, {
    added: () => comparison.tighter(),
    removed: () => comparison.looser(),
    both: (old, fresh) => {
      comparison.unchanged(selects(old), selects(fresh));
      comparison.atMost(old.maxFactor ?? Infinity, fresh.maxFactor ?? Infinity);
      comparison.atMost(old.max ?? Infinity, fresh.max ?? Infinity);
      comparison.atLeast(
        old.minFactor ?? -Infinity,
        fresh.minFactor ?? -Infinity,
      );
      comparison.atLeast(old.min ?? -Infinity, fresh.min ?? -Infinity);
      comparison.atLeast(
        Number(old.ifAbsent === 'stricter'),
        Number(fresh.ifAbsent === 'stricter'),
      );
    },
  });
}

/** A class that is described differs from one that is not: only raising what is there is tighter for sure. */
function compareClasses(
  before: PolicySpec['classes'],
  after: PolicySpec['classes'],
  comparison: Comparison,
): void {
  const assumptions = ['minutes', 'hours', 'never'];
  for (const name of ['application', 'infrastructure', 'migration'] as const) {
    const old = before[name];
    const fresh = after[name];
    if (!old || !fresh) {
      comparison.unchanged(old, fresh);
    } else {
      comparison.atLeast(old.approvals, fresh.approvals);
      comparison.atLeast(durationMs(old.soak), durationMs(fresh.soak));
      comparison.more(old.checks, fresh.checks);
      comparison.atLeast(
        assumptions.indexOf(old.rollback),
        assumptions.indexOf(fresh.rollback),
      );
    }
  }
}

function compareAgents(
  old: PolicySpec['agents'],
  fresh: PolicySpec['agents'],
  comparison: Comparison,
): void {
  const fewerIsTighter = [
    'requestsPerMinute',
    'assessmentsPerMinute',
    'openRequests',
    'openPerTarget',
  ] as const;
  fewerIsTighter.forEach(name => comparison.atMost(old[name], fresh[name]));
  comparison.atMost(old.repetition.count, fresh.repetition.count);
  comparison.atLeast(
    durationMs(old.repetition.within),
    durationMs(fresh.repetition.within),
  );
  comparison.atLeast(durationMs(old.coolDown), durationMs(fresh.coolDown));
  comparison.atMost(old.spread.targets, fresh.spread.targets);
  comparison.atLeast(
    durationMs(old.spread.within),
    durationMs(fresh.spread.within),
  );
  comparison.atLeast(old.minimumSamples, fresh.minimumSamples);
  comparison.atLeast(old.minimumLowerBound, fresh.minimumLowerBound);
  comparison.atLeast(Number(old.registeredOnly), Number(fresh.registeredOnly));
  comparison.fewer(old.nonProduction, fresh.nonProduction);
}
