import type { JsonObject, JsonValue } from '@backstage/types';
import {
  riskLevels,
  type RiskLevel,
} from '@causeway/backstage-plugin-causeway-common';

/** A risk tier as far as it can be read. */
export interface ReadTier {
  name: string;
  title: string;
  level: RiskLevel;
  match?: string;
  autonomous: string[];
  approval?: {
    count: number;
    required: { group: string; count: number }[];
    approvers: string[];
    decideWithin?: string;
    presence: boolean;
  };
  scaleFactor?: number;
  autoRollback: boolean;
  limits: string[];
}

/** A decision as far as it can be read. */
export interface ReadDecision {
  name: string;
  title?: string;
  operations: string[];
  when?: string;
  tier: string;
  reason?: string;
}

/** Something with a name; what else it says is kept as it is. */
export interface ReadRule {
  name: string;
  title?: string;
  says: JsonObject;
}

/** A policy in parts that people can read; what nobody knows here is in `other`. */
export interface ReadPolicy {
  riskTiers: ReadTier[];
  decisions: ReadDecision[];
  bounds: ReadRule[];
  limits: ReadRule[];
  freezes: ReadRule[];
  agents?: JsonObject;
  classes?: JsonObject;
  other: JsonObject;
}

const object = (value: JsonValue | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;

const list = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.map(object).filter((item): item is JsonObject => item !== undefined)
    : [];

const text = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : undefined;

const texts = (value: JsonValue | undefined): string[] =>
  (Array.isArray(value) ? value : [])
    .map(text)
    .filter((item): item is string => item !== undefined);

function limitText(limit: JsonObject): string {
  const amount = limit.perHour ?? limit.perDecision;
  const per = limit.perHour === undefined ? 'a decision' : 'an hour';
  return `${text(limit.action) ?? '?'}: ${text(amount) ?? '?'} ${
    text(limit.currency) ?? ''
  } ${per}`.replace(/ +/g, ' ');
}

function autonomousText(entry: JsonValue): string | undefined {
  const rule = object(entry);
  if (!rule) {
    return text(entry);
  }
  const conditions = [
    texts(rule.environments).length > 0 &&
      `in ${texts(rule.environments).join(', ')}`,
    text(rule.when) && `when ${text(rule.when)}`,
  ].filter(Boolean);
  return [text(rule.operation) ?? '?', ...conditions].join(' ');
}

function tierOf(tier: JsonObject): ReadTier {
  const approval = object(tier.approval);
  const level = riskLevels.find(known => known === tier.level) ?? 'critical';
  return {
    name: text(tier.name) ?? '?',
    title: text(tier.title) ?? text(tier.name) ?? '?',
    level,
    match: text(tier.match),
    autonomous: (Array.isArray(tier.autonomous) ? tier.autonomous : [])
      .map(entry => autonomousText(entry))
      .filter((entry): entry is string => entry !== undefined),
    approval: approval && {
      count: Number(approval.count ?? 1),
      required: list(approval.required).map(required => ({
        group: text(required.group) ?? '?',
        count: Number(required.count ?? 1),
      })),
      approvers: texts(approval.approvers),
      decideWithin: text(approval.decideWithin),
      presence: approval.presence === true,
    },
    scaleFactor:
      typeof tier.scaleFactor === 'number' ? tier.scaleFactor : undefined,
    autoRollback: tier.autoRollback === true,
    limits: list(tier.limits).map(limitText),
  };
}

function decisionOf(decision: JsonObject): ReadDecision {
  return {
    name: text(decision.name) ?? '?',
    title: text(decision.title),
    operations: [
      ...texts(decision.operations),
      ...texts(decision.classes),
      ...texts(decision.capabilities),
    ],
    when: text(decision.when),
    tier: text(decision.tier) ?? '?',
    reason: text(decision.reason),
  };
}

function ruleOf(rule: JsonObject): ReadRule {
  const { name, title, ...says } = rule;
  return { name: text(name) ?? '?', title: text(title), says };
}

const isNothing = (value: JsonValue | undefined) =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Reads as much of a policy as is known here; never fails. */
export function readPolicy(document: JsonObject): ReadPolicy {
  const { spec, apiVersion, kind, ...outside } = document;
  const {
    riskTiers,
    decisions,
    bounds,
    limits,
    freezes,
    agents,
    classes,
    ...rest
  } = object(spec) ?? {};
  const tiers = list(riskTiers).map(tierOf);
  return {
    // Tried strictest first, whatever the file's order.
    riskTiers: riskLevels.flatMap(level =>
      tiers.filter(tier => tier.level === level),
    ),
    decisions: list(decisions).map(decisionOf),
    bounds: list(bounds).map(ruleOf),
    limits: list(limits).map(ruleOf),
    freezes: list(freezes).map(ruleOf),
    agents: object(agents),
    classes: object(classes),
    other: Object.fromEntries(
      Object.entries({ ...outside, ...rest }).filter(
        ([, value]) => !isNothing(value),
      ),
    ),
  };
}
