import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Doubt } from '../../governance/assessment';
import type { TargetAttributes } from '../AssessmentInput';
import type { Activation } from '../cel/Condition';
import { agentAsks } from '../cel/guard';
import { toCelValue } from '../cel/toCelValue';

/** A number that is going to change, as far as it is known. */
export interface KnownQuantity {
  current?: number;
  proposed?: number;
  baseline?: number;
  /** proposed / baseline. */
  factor?: number;
}

/**
 * What is known of a request. Whatever has the wrong form is not known: what
 * comes in may be anything.
 */
export interface Known {
  operation: string | undefined;
  class: string | undefined;
  capability: string | undefined;
  groups: string[] | undefined;
  agent: { registered: boolean; of: number; lowerBound: number } | undefined;
  /** Other targets that the requester has changed without people lately. */
  spread: number | undefined;
  /** Parts of the decision record that are not there. */
  missing: string[];
  owner: string | undefined;
  environment: string | undefined;
  tenant: string | undefined;
  live: TargetAttributes;
  claimed: TargetAttributes;
  /** Whether Git has to come first; so it is, where nobody knows. */
  managed: boolean;
  /** Per hour. */
  cost: number | undefined;
  currency: string | undefined;
  quantities: ReadonlyMap<string, KnownQuantity>;
  spent(limit: string): number | undefined;
  now: number | undefined;
  doubts: Doubt[];
  /** Values of expressions that make stricter; without `target`. */
  values: Activation;
  /** Values of expressions that make easier: without what is incomplete. */
  certain: Activation;
  /** Platform's `target`, whose attributes may be replaced. */
  target: Record<string, unknown>;
}

export function readKnown(raw: unknown): Known {
  const input = record(raw);
  const request = record(input.request);
  const requester = record(request.requester);
  const change = record(input.change);
  const target = record(input.target);
  const estate = record(input.estate);
  const asksAsAgent =
    requester.agent !== false ||
    requester.kind !== 'user' ||
    input.agent !== undefined;
  const quantities = readQuantities(change.quantities);
  const cost = amount(change.cost);
  const now = number(record(input.time).now);
  const agent = asksAsAgent ? readAgent(input.agent) : undefined;
  const spread = amount(requester.spread);
  const radius = record(estate.blastRadius);
  const budget = record(input.budget);
  const values: Activation = {
    [agentAsks]: asksAsAgent,
    request: {
      ...texts(request, [
        'operation',
        'version',
        'class',
        'capability',
        'entrance',
      ]),
      input: record(request.input),
      requester: {
        ...texts(requester, ['ref', 'kind']),
        // Told only where it is: what is taken for an agent in doubt must not
        // match a rule that is for agents.
        agent:
          typeof requester.agent === 'boolean' && text(requester.kind)
            ? asksAsAgent
            : undefined,
        groups: list(requester.groups),
        spread,
      },
    },
    change: {
      ...texts(change, ['currency']),
      ...flags(change, ['disruptive', 'reversible', 'dryRun']),
      cost,
      quantities: Object.fromEntries(quantities),
      paths: list(change.paths),
    },
    live: attributes(input.live),
    claimed: attributes(input.claimed),
    estate: {
      ...texts(estate, ['health', 'sync']),
      ...flags(estate, ['fresh', 'contested']),
      blastRadius: {
        ...flags(radius, ['complete']),
        total: number(radius.total),
        environments: list(radius.environments),
        owners: list(radius.owners),
      },
      recentFailures: number(estate.recentFailures),
      facts: record(estate.facts),
    },
    agent,
    budget,
    time: { now: now === undefined ? undefined : toTimestamp(now) },
  };
  const converted = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, toCelValue(value)]),
  );
  const known: Known = {
    operation: text(request.operation),
    class: text(request.class),
    capability: text(request.capability),
    groups: list(requester.groups),
    agent: agent && {
      registered: agent.registered === true,
      of: agent.record.of ?? 0,
      lowerBound: agent.record.lowerBound ?? 0,
    },
    spread,
    missing: agent?.missing ?? (asksAsAgent ? ['everything'] : []),
    owner: text(target.owner),
    environment: text(target.environment),
    tenant: text(target.tenant),
    live: attributes(input.live),
    claimed: attributes(input.claimed),
    managed: target.managed !== false,
    cost,
    currency: text(change.currency),
    quantities,
    spent: limit =>
      Object.hasOwn(budget, limit)
        ? amount(record(budget[limit]).spent)
        : undefined,
    now,
    doubts: [],
    values: converted,
    certain:
      radius.complete === true
        ? converted
        : {
            ...converted,
            estate: toCelValue({
              ...record(values.estate),
              blastRadius: undefined,
            }),
          },
    target: {
      ...texts(target, ['entityRef', 'kind', 'type', 'name', 'source']),
      ...flags(target, ['managed']),
    },
  };
  known.doubts = readDoubts(input, known, asksAsAgent);
  return known;
}

function readDoubts(
  input: Record<string, unknown>,
  known: Known,
  asksAsAgent: boolean,
): Doubt[] {
  const estate = record(input.estate);
  const own: [boolean, string, string][] = [
    [
      known.owner === undefined,
      'owner-unknown',
      'It is not known who owns the target',
    ],
    [
      known.environment === undefined,
      'environment-unknown',
      'It is not known which environment the target is in',
    ],
    [
      estate.fresh !== true,
      'target-stale',
      'What is known of the target may be out of date',
    ],
    [
      estate.contested !== false,
      'target-contested',
      'Somebody who is not trusted for it lays claim to the target',
    ],
    [
      known.cost === undefined,
      'cost-unknown',
      'It is not known what the change costs',
    ],
    [known.now === undefined, 'time-unknown', 'The time is not known'],
    [
      asksAsAgent && input.agent === undefined,
      'agent-unknown',
      'An agent asks of which nothing is known',
    ],
    [
      known.spread === undefined,
      'spread-unknown',
      'It is not known what else the requester has changed without people',
    ],
    [
      known.missing.length > 0,
      'evidence-missing',
      `The decision record lacks ${known.missing.slice(0, 10).join(', ')}`,
    ],
    [
      [...known.quantities.values()].some(one => one.proposed === undefined),
      'quantity-unknown',
      'A value that the change would set is not known',
    ],
  ];
  const given = Array.isArray(input.doubts) ? input.doubts : undefined;
  return [
    ...(given ?? [{ code: 'input-incomplete' }]).map(doubt => ({
      code: text(record(doubt).code) ?? 'unknown',
      message:
        text(record(doubt).message) ?? 'Something could not be found out',
    })),
    ...own
      .filter(([holds]) => holds)
      .map(([, code, message]) => ({ code, message })),
  ];
}

function readAgent(raw: unknown): {
  registered?: boolean;
  confidence?: number;
  record: { right?: number; of?: number; lowerBound?: number };
  missing?: string[];
} {
  const agent = record(raw);
  const tally = record(agent.record);
  return {
    ...texts(agent, ['id']),
    ...flags(agent, ['registered']),
    confidence: number(agent.confidence),
    record: {
      right: number(tally.right),
      of: number(tally.of),
      lowerBound: number(tally.lowerBound),
    },
    missing: list(agent.missing),
  };
}

function readQuantities(raw: unknown): Map<string, KnownQuantity> {
  return new Map(
    Object.entries(record(raw)).map(([name, value]) => {
      const { current, proposed, baseline } = record(value);
      const quantity: KnownQuantity = {
        current: number(current),
        proposed: amount(proposed),
        baseline: amount(baseline),
      };
      if (quantity.proposed !== undefined && quantity.baseline) {
        const factor = quantity.proposed / quantity.baseline;
        quantity.factor = Number.isFinite(factor) ? factor : undefined;
      }
      return [name, quantity];
    }),
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** Finite and not negative: nothing earns credit (THREATS H10). */
function amount(value: unknown): number | undefined {
  const found = number(value);
  return found !== undefined && found >= 0 ? found : undefined;
}

function list(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every(one => typeof one === 'string')
    ? value
    : undefined;
}

function texts(from: Record<string, unknown>, names: string[]) {
  return Object.fromEntries(names.map(name => [name, text(from[name])]));
}

function flags<N extends string>(
  from: Record<string, unknown>,
  names: N[],
): Partial<Record<N, boolean>> {
  return Object.fromEntries(
    names.map(name => [
      name,
      typeof from[name] === 'boolean' ? from[name] : undefined,
    ]),
  ) as Partial<Record<N, boolean>>;
}

function attributes(raw: unknown): TargetAttributes {
  return texts(record(raw), ['owner', 'environment', 'tenant']);
}

/** Milliseconds that a timestamp can hold; others are no time. */
function toTimestamp(ms: number) {
  return Math.abs(ms) < 250_000_000_000_000
    ? timestampFromMs(Math.trunc(ms))
    : undefined;
}
