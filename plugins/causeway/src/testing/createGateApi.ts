import type {
  AssessmentPreview,
  AuditEntry,
  GateStatus,
  OperationDescription,
  PolicyView,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateApi } from '../api';
import { fixtureNow } from './estateStatus';
import {
  createGateRequest,
  fixtureAssessment,
  fixturePlan,
} from './gateRequest';
import { createRequestRows, pageOf } from './requestRows';

export function createGateStatus(rest: Partial<GateStatus> = {}): GateStatus {
  return {
    open: true,
    halts: [],
    freezes: [],
    pending: 12,
    mine: 5,
    policy: { hash: 'a3f1'.repeat(16), origin: 'policy.yaml', invalid: false },
    choices: {
      halt: { allowed: false, why: 'Members of security halt the gate' },
      readAudit: { allowed: true },
    },
    now: fixtureNow,
    ...rest,
  };
}

export const scaleWorkload: OperationDescription = {
  name: 'scale-workload',
  version: '1',
  title: 'Scale a workload',
  description: 'Changes how many replicas of a workload run.',
  class: 'application',
  capability: 'workload-scaling',
  targetTypes: ['kubernetes-workload'],
  effects: ['Starts or stops pods.'],
  idempotent: true,
  reversible: true,
  inputSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      replicas: {
        type: 'integer',
        title: 'Replicas',
        description: 'How many shall run',
        minimum: 0,
        maximum: 200,
      },
    },
    required: ['replicas'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Double it',
      target: 'resource:default/production-eu.payments.deployment.payment-api',
      input: { replicas: 12 },
    },
  ],
};

export const syncApplication: OperationDescription = {
  name: 'sync-application',
  version: '1',
  title: 'Sync an application',
  description: 'Brings an application to what Git says.',
  class: 'application',
  capability: 'delivery',
  targetTypes: ['argocd-application'],
  effects: ['Applies what is in Git.'],
  idempotent: true,
  reversible: false,
  inputSchema: { type: 'object', properties: {} },
  examples: [],
};

export function createPreview(
  rest: Partial<AssessmentPreview> = {},
): AssessmentPreview {
  const { target, cost, blastRadius } = createGateRequest();
  return {
    assessment: fixtureAssessment,
    target,
    plan: fixturePlan,
    cost,
    blastRadius,
    discrepancies: [],
    ...rest,
  };
}

export function createPolicyView(rest: Partial<PolicyView> = {}): PolicyView {
  return {
    hash: 'a3f1c0de99'.repeat(6),
    origin: 'examples/policy/bank.yaml',
    since: fixtureNow - 86_400_000,
    faults: [],
    document: {
      apiVersion: 'causeway.dev/v1',
      kind: 'Policy',
      metadata: { name: 'bank' },
      spec: {
        riskTiers: [
          {
            name: 'development',
            title: 'Development',
            level: 'low',
            match: 'target.environment == "development"',
            autonomous: [{ operation: '*' }],
            approval: { count: 1, approvers: ['owner'], required: [] },
            limits: [
              { name: 'cap', perHour: 200, currency: 'USD', action: 'hard' },
            ],
            autoRollback: false,
          },
          {
            name: 'core-bank',
            title: 'Core bank',
            level: 'critical',
            match: 'target.owner == "group:default/payments"',
            autonomous: [],
            scaleFactor: 1.2,
            approval: {
              count: 2,
              approvers: ['owner'],
              required: [{ group: 'group:default/security', count: 1 }],
              decideWithin: '4h',
              presence: true,
            },
            limits: [
              {
                name: 'hourly',
                perHour: 500,
                currency: 'USD',
                action: 'alert',
              },
            ],
            autoRollback: true,
          },
        ],
        decisions: [
          {
            name: 'scale-within-half',
            title: 'Scaling within half',
            operations: ['scale-workload'],
            when: 'change.quantities.replicas.factor <= 1.5',
            tier: 1,
            reason: 'Half more is routine.',
          },
          {
            name: 'failover',
            operations: ['fail-over'],
            tier: 3,
            manual: { checklist: ['Call the bank'] },
          },
        ],
        bounds: [
          {
            name: 'half',
            quantity: 'replicas',
            maxFactor: 1.5,
            minFactor: 0.5,
          },
        ],
        limits: [],
        freezes: [
          {
            name: 'quarter-end',
            from: '2026-12-28T00:00:00Z',
            reason: 'Close',
          },
        ],
        agents: { requestsPerMinute: 10, openRequests: 20 },
        classes: { migration: { approvals: 2, rollback: 'never' } },
        somethingNew: { depth: [1, 2] },
      },
    },
    ...rest,
  };
}

export function createAuditEntries(count: number): AuditEntry[] {
  const actions = ['Submitted', 'VoteCast', 'ExecutionStarted'];
  const types = ['request', 'vote', 'execution'];
  return Array.from({ length: count }, (_, index) => ({
    seq: count - index,
    at: fixtureNow - index * 30_000,
    type: types[index % 3],
    action: actions[index % 3],
    by: 'user:default/priya-raman',
    requestId: `req-${String(index + 1).padStart(4, '0')}`,
    subject: 'resource:default/production-eu.payments.deployment.payment-api',
    detail: { digest: '4f9c2a7b', note: `entry ${count - index}` },
    hash: 'd1'.repeat(32),
    previous: 'd0'.repeat(32),
  }));
}

/** A gate that answers from the fixtures, but for what is given. */
export function createGateApi(answers: Partial<GateApi> = {}): GateApi {
  const rows = createRequestRows(5);
  return {
    getStatus: async () => createGateStatus(),
    listOperations: async () => [scaleWorkload, syncApplication],
    assess: async () => createPreview(),
    submit: async () => ({
      id: 'req-0042',
      state: 'pending',
      tier: 2,
      summary: fixturePlan.summary,
      decidedBy: fixtureAssessment.decidedBy,
      why: fixtureAssessment.summary,
      link: '/approvals/req-0042',
      deciders: ['group:default/payments'],
      refusals: [],
    }),
    listRequests: async query =>
      pageOf(
        rows.filter(({ state }) => query.state?.includes(state) ?? true),
        query,
      ),
    getRequest: async id => createGateRequest({ id }),
    vote: async id => createGateRequest({ id, revision: 4 }),
    withdrawVote: async id => createGateRequest({ id, revision: 4 }),
    withdraw: async id =>
      createGateRequest({ id, revision: 4, state: 'withdrawn' }),
    reconcile: async (id, { outcome }) =>
      createGateRequest({ id, revision: 4, state: outcome }),
    complete: async id =>
      createGateRequest({ id, revision: 4, state: 'succeeded' }),
    giveFeedback: async (id, { verdict, comment }) =>
      createGateRequest({
        id,
        revision: 4,
        state: 'succeeded',
        feedback: [
          {
            by: 'user:default/priya-raman',
            at: fixtureNow,
            verdict,
            comment,
            counts: true,
          },
        ],
      }),
    getPolicy: async () => createPolicyView(),
    searchAudit: async () => ({
      items: createAuditEntries(3),
      now: fixtureNow,
    }),
    verifyAudit: async () => ({
      entries: 12_000,
      whole: true,
      head: 'd1'.repeat(32),
      durationMs: 104,
    }),
    getAuditAnchors: async () => ({
      state: 'off',
      why: 'no key is configured',
      open: 3,
      sinks: [],
      now: fixtureNow,
    }),
    exportAudit: async () => new Blob(['{}\n']),
    halt: async () => [],
    resume: async () => [],
    ...answers,
  };
}
