import type {
  AssessmentInput,
  PolicyDocument,
} from '@causeway/backstage-plugin-causeway-common/policy';
import { isRecord, merge } from './merge';
import { policyLibrary } from './policyLibrary';

/**
 * A request of which everything is known and nothing is odd: a person asks for
 * something about a healthy service in development that costs nothing. A case
 * says what is different; `null` takes a value away.
 */
export function completeInput(
  partial: unknown,
  document: PolicyDocument,
): AssessmentInput {
  const given = isRecord(partial) ? partial : {};
  const request = isRecord(given.request) ? given.request : {};
  const requester = isRecord(request.requester) ? request.requester : {};
  const operation = String(request.operation ?? 'restart-workload');
  const agent = requester.agent === true || isRecord(given.agent);
  const whole: AssessmentInput = {
    request: {
      operation,
      version: '1',
      class: 'application',
      capability: policyLibrary().builtInOperations[operation] ?? 'unnamed',
      input: {},
      requester: {
        ref: 'user:default/ada-okafor',
        kind: 'user',
        agent,
        groups: ['group:default/payments'],
        spread: 0,
      },
      entrance: agent ? 'mcp' : 'rest',
    },
    change: {
      cost: 0,
      currency: 'USD',
      disruptive: false,
      reversible: true,
      dryRun: true,
      quantities: {},
      paths: [],
    },
    target: {
      entityRef: 'resource:default/payment-api',
      kind: 'Resource',
      type: 'kubernetes-workload',
      name: 'payment-api',
      source: 'development',
      managed: false,
      owner: 'group:default/payments',
      environment: 'development',
      tenant: 'group:default/banking',
    },
    live: {},
    claimed: {},
    estate: {
      fresh: true,
      contested: false,
      health: 'healthy',
      sync: 'synced',
      blastRadius: { total: 0, environments: [], owners: [], complete: true },
      recentFailures: 0,
      facts: {},
    },
    agent: agent
      ? {
          id: 'user:default/ada-okafor via plugin:mcp-actions',
          registered: true,
          confidence: 0.9,
          record: { right: 47, of: 51, lowerBound: 0.82 },
          missing: [],
        }
      : undefined,
    budget: Object.fromEntries(
      policyLibrary()
        .budgetKeys(document)
        .map(key => [key, { spent: 0 }]),
    ),
    time: { now: Date.parse('2026-11-24T10:00:00Z') },
    doubts: [],
  };
  return withTime(merge(whole, given) as unknown as AssessmentInput);
}

/** A time may be written as people write it. */
function withTime(input: AssessmentInput): AssessmentInput {
  const { now } = input.time ?? {};
  return typeof now === 'string'
    ? { ...input, time: { now: Date.parse(now) } }
    : input;
}
