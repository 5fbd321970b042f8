import fc from 'fast-check';
import type { AssessmentInput } from '../AssessmentInput';
import type { PolicyDocument } from '../PolicyDocument';
import { budgetKeys } from '../compilePolicy';
import { documentOf, scaling } from './policies';

const raising = [
  "target.environment == 'production'",
  "target.environment != 'development'",
  "has(target.owner) && target.owner == 'group:default/core-banking'",
  '!has(target.tenant)',
  "!(target.owner == 'group:default/payments')",
  "claimed.environment == 'production'",
  '!has(claimed.owner) || claimed.owner != target.owner',
  "!(live.environment == 'development')",
  'target.environment == live.environment',
  'agent.confidence < 0.8',
  'has(agent.confidence) && agent.confidence < 0.5 || agent.record.of < 10.0',
  '!agent.registered',
  'request.requester.agent == false',
  'change.quantities.replicas.factor > 1.5',
  'estate.blastRadius.total > 3.0 || estate.recentFailures > 0.0',
  "estate.facts['probes.liveness'] != true",
  "estate.blastRadius.owners.all(o, o == 'group:default/storefront')",
  'size(request.requester.groups) > 1',
  "estate.health == 'degraded' ? change.disruptive : !change.reversible",
  "time.now.getHours('Europe/London') >= 17",
  "'spec.replicas' in change.paths",
];

const lowering = [
  "target.environment in ['development', 'staging']",
  "target.environment == 'production' && estate.health == 'degraded'",
  "target.owner == 'group:default/payments'",
  "target.source.startsWith('production')",
  "target.environment == 'staging' && request.requester.agent == true",
  "target.tenant == 'group:default/banking' && agent.registered == false",
  "target.owner.contains('pay') && estate.blastRadius.total < 5.0",
  'estate.blastRadius.environments.exists(e, e == target.environment)',
  "target.environment.matches('^prod') && change.quantities.replicas.factor <= 2.0",
];

const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const raise = fc.constantFrom(...raising);
const lower = fc.constantFrom(...lowering);
const operation = fc.constantFrom('scale-workload', 'restart-workload');
const operations = fc.uniqueArray(operation, { minLength: 1 });
const groups = ['payments', 'platform', 'security'].map(
  name => `group:default/${name}`,
);
const group = fc.constantFrom(...groups);
const environments = ['development', 'staging', 'production'];
const tierNames = ['a', 'b', 'c'];
const ofTiers = optional(fc.subarray(tierNames, { minLength: 1 }));

const limit = fc.record({
  perHour: fc.constantFrom(0, 2, 100),
  action: fc.constantFrom('alert', 'hard', 'auto-stop'),
});

const approval = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  required: fc.uniqueArray(fc.record({ group }), {
    selector: one => one.group,
    maxLength: 1,
  }),
  approvers: fc.uniqueArray(fc.constantFrom('owner', ...groups)),
  presence: fc.boolean(),
  separation: fc.constantFrom('requester', 'team'),
});

const tier = fc
  .record({
    level: fc.constantFrom('critical', 'high', 'medium', 'low'),
    raise,
    lower,
    autonomous: fc.array(
      fc.oneof(
        fc.constant('*'),
        operation,
        fc.record({
          operation,
          environments: fc.subarray(environments, { minLength: 1 }),
          when: optional(lower),
        }),
      ),
      { maxLength: 3 },
    ),
    approval,
    scaleFactor: optional(fc.constantFrom(1.2, 1.5, 3)),
    limits: fc.array(limit, { maxLength: 1 }),
  })
  .map(({ raise: strict, lower: positive, ...rest }) => ({
    ...rest,
    match: rest.level === 'critical' ? strict : positive,
    limits: rest.limits.map(one => ({ ...one, name: 'an-hour' })),
  }));

const decision = fc
  .record({
    tier: fc.constantFrom(1, 1, 2, 3, 'refuse'),
    operations,
    riskTiers: ofTiers,
    raise: optional(raise),
    lower: optional(lower),
    approval: optional(fc.record({ count: fc.integer({ min: 1, max: 4 }) })),
  })
  .map(({ raise: strict, lower: positive, ...rest }) => ({
    ...rest,
    when: rest.tier === 1 ? positive : strict,
    approval: rest.tier === 1 ? undefined : rest.approval,
    manual: rest.tier === 3 ? {} : undefined,
  }));

/** Policies of any rules, good and odd. */
export const policies: fc.Arbitrary<PolicyDocument> = fc
  .record({
    riskTiers: fc.array(tier, { maxLength: 3 }),
    decisions: fc.array(decision, { maxLength: 5 }),
    bounds: fc.array(
      fc.record({
        maxFactor: fc.constantFrom(1, 1.5, 2, 4),
        decisions: optional(fc.constantFrom(['d0'], ['d1'])),
        riskTiers: ofTiers,
      }),
      { maxLength: 2 },
    ),
    limits: fc.array(
      fc.record({
        perDecision: fc.constantFrom(0, 2),
        action: fc.constantFrom('alert', 'hard'),
        match: optional(raise),
      }),
      { maxLength: 1 },
    ),
    freezes: fc.array(
      fc.record({
        when: raise,
        except: optional(lower),
        reason: fc.constant('holidays'),
      }),
      { maxLength: 1 },
    ),
    gitFirst: fc.array(
      fc.record({ operations, when: lower, reason: fc.constant('so be it') }),
      { maxLength: 1 },
    ),
    capabilities: fc.array(
      fc.record({
        producers: fc.subarray(groups),
        consumers: optional(fc.subarray(groups, { minLength: 1 })),
      }),
      { maxLength: 1 },
    ),
    interpretability: fc.array(fc.record({ riskTiers: ofTiers }), {
      maxLength: 1,
    }),
    agents: fc.record({
      minimumSamples: fc.constantFrom(0, 60),
      registeredOnly: fc.boolean(),
      nonProduction: fc.subarray(['development', 'staging', 'production']),
    }),
  })
  .map(spec =>
    documentOf({
      agents: spec.agents,
      riskTiers: spec.riskTiers.map((one, at) => ({
        ...one,
        name: tierNames[at],
        title: tierNames[at],
      })),
      decisions: numbered(spec.decisions, 'd'),
      bounds: numbered(spec.bounds, 'b').map(one => ({
        ...one,
        quantity: 'replicas',
      })),
      limits: numbered(spec.limits, 'l'),
      freezes: numbered(spec.freezes, 'f'),
      gitFirst: numbered(spec.gitFirst, 'g'),
      capabilities: spec.capabilities.map(one => ({
        ...one,
        name: 'workload-scaling',
      })),
      interpretability: numbered(spec.interpretability, 'i'),
    }),
  );

function numbered<T extends object>(rules: T[], prefix: string) {
  return rules.map((rule, at) => ({ ...rule, name: `${prefix}${at}` }));
}

export const attributesOf = fc.record(
  {
    owner: group,
    environment: fc.constantFrom(...environments),
    tenant: fc.constantFrom('group:default/banking', 'group:default/shop'),
  },
  { requiredKeys: [] },
);

/** Requests of which everything may be known, or nothing. */
export function inputs(
  document: PolicyDocument,
): fc.Arbitrary<AssessmentInput> {
  const whole = scaling(document);
  return fc
    .record({
      target: attributesOf,
      live: fc.oneof(fc.constant({}), attributesOf),
      claimed: fc.oneof(fc.constant({}), attributesOf),
      agent: fc.boolean(),
      proposed: fc.constantFrom(0, 1, 3, 4, 6, 20),
      health: fc.constantFrom('healthy', 'degraded', undefined),
      cost: fc.constantFrom(undefined, 0, 1.5, 50, NaN, -1, Infinity),
      managed: fc.boolean(),
      hour: fc.integer({ min: 0, max: 23 }),
      complete: fc.boolean(),
    })
    .map(given => ({
      ...whole,
      request: {
        ...whole.request,
        requester: { ...whole.request.requester, agent: given.agent },
      },
      agent: given.agent ? whole.agent : undefined,
      target: {
        ...whole.target,
        tenant: undefined,
        owner: undefined,
        environment: undefined,
        ...given.target,
        managed: given.managed,
      },
      live: given.live,
      claimed: given.claimed,
      change: {
        ...whole.change,
        cost: given.cost,
        quantities: {
          replicas: { current: 3, proposed: given.proposed, baseline: 3 },
        },
      },
      estate: {
        ...whole.estate,
        health: given.health,
        blastRadius: {
          ...whole.estate.blastRadius,
          complete: given.complete,
        },
      },
      budget: Object.fromEntries(
        budgetKeys(document).map(key => [key, { spent: 1 }]),
      ),
      time: { now: Date.UTC(2026, 10, 24, given.hour) },
    }));
}

/** Values that may be taken away; absence of the others says all there is to say. */
export function pathsOf(value: unknown, path: string[] = []): string[][] {
  const [root, second] = path;
  if (
    root === 'live' ||
    root === 'claimed' ||
    (root === 'request' && second === 'input' && path.length > 2)
  ) {
    return [];
  }
  const own =
    path.length > 0 && path.join('.') !== 'change.quantities.replicas'
      ? [path]
      : [];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? [
        ...own.filter(one => one.join('.') !== 'change.quantities'),
        ...Object.entries(value).flatMap(([key, inner]) =>
          pathsOf(inner, [...path, key]),
        ),
      ]
    : own;
}

/** A copy without what stands at a path. */
export function without<T>(value: T, path: readonly string[]): T {
  const copy = structuredClone(value);
  let at = copy as Record<string, unknown>;
  for (const part of path.slice(0, -1)) {
    at = at[part] as Record<string, unknown>;
  }
  delete at[path.at(-1)!];
  return copy;
}
