import type {
  ApprovalRequirement,
  Assessment,
  GateRequest,
  Plan,
  Recommendation,
} from '@causeway/backstage-plugin-causeway-common';
import { fixtureNow } from './estateStatus';

const minute = 60_000;
const hour = 60 * minute;

export const fixtureDigest =
  '4f9c2a7be1d05c3388a1f0e2d4c6b8a09172635445362718f0e1d2c3b4a59687';

export const fixtureApproval: ApprovalRequirement = {
  count: 2,
  required: [{ group: 'group:default/security', count: 1 }],
  approvers: ['group:default/payments', 'group:default/platform'],
  presence: false,
  decideWithin: 4 * hour,
  executeWithin: hour,
  escalation: { after: hour, groups: ['group:default/on-call'] },
  commentOnDeny: true,
};

export const fixturePlan: Plan = {
  summary: 'Scale Deployment payments/payment-api from 6 to 12 replicas',
  changes: [
    {
      path: 'spec.replicas',
      label: 'Replicas',
      before: 6,
      after: 12,
      unit: 'pods',
    },
  ],
  quantities: [
    { name: 'replicas', current: 6, proposed: 12, baseline: 6, unit: 'pods' },
  ],
  warnings: ['The autoscaler’s upper bound is 12: nothing is left above.'],
  rollback: {
    summary: 'Scale it back to 6 replicas',
    changes: [
      { path: 'spec.replicas', label: 'Replicas', before: 12, after: 6 },
    ],
  },
  disruptive: false,
  dryRun: { done: true },
};

export const fixtureRecommendation: Recommendation = {
  asked: 'Checkout is slow since the campaign went out. Can you look?',
  decisionType: 'scaling',
  observed: [
    {
      name: 'p95 latency',
      value: 1840,
      unit: 'ms',
      window: 'PT15M',
      samples: 900,
      source: 'prometheus',
    },
    { name: 'CPU use', value: 0.93, window: 'PT15M', source: 'prometheus' },
  ],
  constraints: ['The database takes at most 240 connections.'],
  decided: [{ path: 'spec.replicas', current: 6, proposed: 12 }],
  rationale:
    'Load doubled within the hour and CPU is the bottleneck. See https://grafana.meridian.example/d/payments for the trend.',
  rejected: [
    { alternative: 'Raise CPU limits', why: 'needs a restart under load' },
  ],
  confidence: 0.86,
  model: 'example-large-2',
  traceId: '5b8efff798038103d269b633813fc60c',
  usage: { tokens: 18_240, cost: 0.21, durationMs: 42_000 },
};

export const fixtureAssessment: Assessment = {
  at: fixtureNow - 12 * minute,
  outcome: 'review',
  tier: 2,
  risk: { name: 'core-bank', title: 'Core bank', level: 'critical' },
  decidedBy: 'policy/riskTiers/core-bank',
  summary: '12 is 2 times the baseline of 6; nothing runs by itself here.',
  policyHash: 'a3f1'.repeat(16),
  rules: [
    {
      rule: 'riskTiers/core-bank',
      effect: 'tier-2',
      reason: 'Payments in production belong to the bank’s core.',
    },
    {
      rule: 'bounds/scale-within-half',
      effect: 'bound-exceeded',
      reason: '12 is 2 times the baseline of 6; up to 1.2 times is in bounds.',
    },
  ],
  doubts: [],
  limits: [
    {
      rule: 'riskTiers/core-bank/limits/hourly',
      what: 'cost-per-hour',
      action: 'alert',
      limit: 500,
      value: 312.4,
      unit: 'USD',
      exceeded: false,
    },
  ],
  approval: fixtureApproval,
  refusals: [],
  verification: { soakMs: 5 * minute, autoRollback: true },
};

const no = (why: string) => ({ allowed: false, why });

/** A request that waits for two people. */
export function createGateRequest(
  rest: Partial<GateRequest> = {},
): GateRequest {
  return {
    id: 'req-0001',
    state: 'pending',
    revision: 3,
    operation: {
      name: 'scale-workload',
      version: '1',
      title: 'Scale a workload',
      class: 'application',
      capability: 'workload-scaling',
      hash: 'b7'.repeat(32),
      idempotent: true,
      reversible: true,
    },
    target: {
      entityRef:
        'resource:default/production-eu.payments.deployment.payment-api',
      title: 'payment-api',
      type: 'kubernetes-workload',
      owner: 'group:default/payments',
      environment: 'production',
      claims: [],
      source: 'production-eu',
      freshness: {
        source: 'production-eu',
        partition: 'production-eu/-/deployments.apps',
        state: 'fresh',
        confirmedAt: fixtureNow - 3 * minute,
      },
      contested: false,
    },
    input: { replicas: 12 },
    reason: 'The campaign doubled the load; checkout times out.',
    requester: {
      ref: 'user:default/dana-whitfield',
      kind: 'user',
      actor: 'plugin:mcp-actions',
      set: ['user:default/dana-whitfield'],
      unverifiedName: 'scaler',
      entrance: 'mcp',
    },
    recommendation: fixtureRecommendation,
    discrepancies: [],
    assessment: fixtureAssessment,
    binding: {
      source: 'production-eu',
      sourceKind: 'kubernetes',
      address: 'https://production-eu.example:6443',
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'payments',
      name: 'payment-api',
      uid: '0b6f7c1e-6d4e-4a55-9f0e-1f2d3c4b5a69',
      fieldsHash: 'c4'.repeat(32),
    },
    plan: fixturePlan,
    cost: {
      currency: 'USD',
      before: 2.4,
      after: 4.8,
      delta: 2.4,
      parts: [
        {
          what: 'vCPU',
          quantity: 6,
          unit: 'vCPU-hour',
          price: 0.04,
          amount: 0.24,
        },
      ],
    },
    blastRadius: {
      total: 14,
      atLeast: false,
      byKind: { Component: 4, Resource: 10 },
      byEnvironment: { production: 12, '': 2 },
      byOwner: { 'group:default/payments': 9, 'group:default/shop': 5 },
    },
    recentFailures: [],
    digest: fixtureDigest,
    approval: fixtureApproval,
    votes: [
      {
        id: 'v1',
        voter: 'user:default/priya-raman',
        decision: 'approve',
        comment: 'Load is real, I see it too.',
        at: fixtureNow - 3 * minute,
        digest: fixtureDigest,
        presence: 'unattested',
        lookedFor: 48_000,
      },
    ],
    quorum: {
      met: false,
      approvals: 1,
      needed: 2,
      required: [{ group: 'group:default/security', needed: 1, have: 0 }],
      feasible: true,
      missing: '1 more, from group:default/security',
    },
    createdAt: fixtureNow - 12 * minute,
    updatedAt: fixtureNow - 3 * minute,
    // Tests may take a while: what they say of the time must stay true.
    decideBy: fixtureNow + 3 * hour + 48.9 * minute,
    feedback: [],
    events: [
      {
        seq: 1,
        type: 'Submitted',
        at: fixtureNow - 12 * minute,
        by: 'user:default/dana-whitfield',
        message: 'Asked through plugin:mcp-actions',
      },
      {
        seq: 2,
        type: 'Assessed',
        at: fixtureNow - 12 * minute,
        by: 'policy/riskTiers/core-bank',
        message: 'Tier 2: two people have to approve',
      },
      {
        seq: 3,
        type: 'VoteCast',
        at: fixtureNow - 3 * minute,
        by: 'user:default/priya-raman',
        message: 'Approved',
      },
    ],
    agentRecord: {
      agent: 'user:default/dana-whitfield plugin:mcp-actions',
      operation: 'scale-workload',
      environment: 'production',
      right: 47,
      of: 51,
      lowerBound: 0.82,
      minimum: 10,
    },
    choices: {
      vote: { allowed: true },
      withdrawVote: no('You have not voted.'),
      withdraw: no('You did not ask for it.'),
      reconcile: no('Its outcome is not unknown.'),
      feedback: no('It has not run yet.'),
      complete: no('It is no manual task.'),
    },
    link: '/approvals/req-0001',
    now: fixtureNow,
    ...rest,
  };
}
