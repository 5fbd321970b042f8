import { riskLevels } from '../governance/assessment';
import { Condition, type Parts } from './cel/Condition';
import { durationMs } from './duration';
import type {
  PolicyBound,
  PolicyDecision,
  PolicyDocument,
  PolicyFreeze,
  PolicyLimit,
  PolicyRiskTier,
  PolicySpec,
} from './PolicyDocument';

export interface CompiledTier {
  rule: string;
  tier: PolicyRiskTier;
  match: Condition;
  autonomous: {
    operation: string;
    environments: readonly string[] | undefined;
    when: Condition | undefined;
  }[];
  limits: CompiledLimit[];
}

export interface CompiledLimit {
  rule: string;
  limit: Omit<PolicyLimit, 'match' | 'operations' | 'riskTiers'> &
    Partial<Pick<PolicyLimit, 'operations' | 'riskTiers'>>;
  match: Condition | undefined;
}

export interface CompiledDecision {
  rule: string;
  decision: PolicyDecision;
  when: Condition | undefined;
  /** Bounds that belong to this decision alone. */
  bounds: CompiledBound[];
}

export interface CompiledBound {
  rule: string;
  bound: PolicyBound;
}

export interface CompiledFreeze {
  rule: string;
  freeze: PolicyFreeze;
  from: number | undefined;
  to: number | undefined;
  when: Condition | undefined;
  except: Condition | undefined;
}

export interface CompiledException {
  rule: string;
  operations: readonly string[];
  when: Condition;
  reason: string;
}

/**
 * A policy, ready to assess requests.
 *
 * @public
 */
export interface CompiledPolicy {
  /** SHA-256, hex, of the normalized document. */
  readonly hash: string;
  readonly document: PolicyDocument;
  /** @internal */
  readonly rules: CompiledRules;
}

/**
 * Rules of a policy with their expressions.
 *
 * @internal
 */
export interface CompiledRules {
  /** Strictest first. */
  tiers: readonly CompiledTier[];
  decisions: readonly CompiledDecision[];
  /** Bounds of no decision in particular. */
  bounds: readonly CompiledBound[];
  limits: readonly CompiledLimit[];
  freezes: readonly CompiledFreeze[];
  exceptions: readonly CompiledException[];
}

/**
 * Compiles a policy. An expression that cannot be used fails whenever it is
 * asked, which makes assessments stricter; reading files tells of it.
 *
 * @public
 */
export function compilePolicy(
  document: PolicyDocument,
  options: { hash: string },
): CompiledPolicy {
  const { spec } = document;
  const parts: Parts = new Map();
  const optional = (text: string | undefined, use: 'raise' | 'lower') =>
    text === undefined ? undefined : new Condition(text, use, parts);
  return {
    hash: options.hash,
    document,
    rules: {
      tiers: compileTiers(spec, parts),
      decisions: spec.decisions.map(decision => ({
        rule: `decisions/${decision.name}`,
        decision,
        when: optional(decision.when, decision.tier === 1 ? 'lower' : 'raise'),
        bounds: boundsOf(spec, one => one.decisions?.includes(decision.name)),
      })),
      bounds: boundsOf(spec, one => one.decisions === undefined),
      limits: spec.limits.map(limit => ({
        rule: `limits/${limit.name}`,
        limit,
        match: optional(limit.match, 'raise'),
      })),
      freezes: spec.freezes.map(freeze => ({
        rule: `freezes/${freeze.name}`,
        freeze,
        from: freeze.from === undefined ? undefined : Date.parse(freeze.from),
        to: freeze.to === undefined ? undefined : Date.parse(freeze.to),
        when: optional(freeze.when, 'raise'),
        except: optional(freeze.except, 'lower'),
      })),
      exceptions: spec.gitFirst.map(one => ({
        rule: `gitFirst/${one.name}`,
        operations: one.operations,
        when: new Condition(one.when, 'lower', parts),
        reason: one.reason,
      })),
    },
  };
}

function compileTiers(spec: PolicySpec, parts: Parts): CompiledTier[] {
  return spec.riskTiers
    .map(tier => ({
      rule: `riskTiers/${tier.name}`,
      tier,
      match: new Condition(
        tier.match,
        tier.level === 'critical' ? 'raise' : 'tier',
        parts,
      ),
      autonomous: tier.autonomous.map(entry => ({
        operation: entry.operation,
        environments: entry.environments,
        when:
          entry.when === undefined
            ? undefined
            : new Condition(entry.when, 'lower', parts),
      })),
      limits: tier.limits.map(limit => ({
        rule: `riskTiers/${tier.name}/${limit.name}`,
        limit,
        match: undefined,
      })),
    }))
    .sort(
      (a, b) =>
        riskLevels.indexOf(a.tier.level) - riskLevels.indexOf(b.tier.level),
    );
}

function boundsOf(
  spec: PolicySpec,
  chosen: (bound: PolicyBound) => boolean | undefined,
): CompiledBound[] {
  return spec.bounds
    .filter(chosen)
    .map(bound => ({ rule: `bounds/${bound.name}`, bound }));
}

/**
 * Names under which `AssessmentInput.budget` has to say what is spent: one a
 * limit per hour. A limit of which nothing is said counts as used up.
 *
 * @public
 */
export function budgetKeys(document: PolicyDocument): string[] {
  return [
    ...document.spec.limits
      .filter(limit => limit.perHour !== undefined)
      .map(limit => `limits/${limit.name}`),
    ...document.spec.riskTiers.flatMap(tier =>
      tier.limits
        .filter(limit => limit.perHour !== undefined)
        .map(limit => `riskTiers/${tier.name}/${limit.name}`),
    ),
  ];
}

/**
 * What holds for agents, with durations in milliseconds.
 *
 * @public
 */
export function agentRules(document: PolicyDocument) {
  const { agents } = document.spec;
  return {
    ...agents,
    repetition: {
      count: agents.repetition.count,
      withinMs: durationMs(agents.repetition.within),
    },
    coolDownMs: durationMs(agents.coolDown),
    spread: {
      targets: agents.spread.targets,
      withinMs: durationMs(agents.spread.within),
    },
  };
}
