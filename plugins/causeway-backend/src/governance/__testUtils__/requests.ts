import type {
  GateRequest,
  OperationDescription,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';
import { toListed } from '../requests/toListed';

/** A digest as requests carry it. */
export const digest = 'd1'.repeat(32);

/** The operations of the fake gate. */
export const operations: OperationDescription[] = [
  {
    name: 'scale-workload',
    version: '1',
    title: 'Scale workload',
    description: 'Sets the number of replicas of a workload',
    class: 'application',
    capability: 'workload-scaling',
    targetTypes: ['kubernetes-workload', 'service'],
    effects: ['Starts or stops pods'],
    idempotent: true,
    reversible: true,
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        replicas: { type: 'integer', minimum: 0, maximum: 1000 },
        strategy: { type: 'string', enum: ['at-once', 'step-by-step'] },
      },
      required: ['replicas'],
      additionalProperties: false,
    },
    examples: [
      {
        title: 'Six replicas',
        target: 'component:default/payment-api',
        input: { replicas: 6 },
      },
    ],
  },
  {
    name: 'sync-application',
    version: '1',
    title: 'Sync application',
    description: 'Brings an application to what Git says',
    class: 'application',
    capability: 'delivery',
    targetTypes: ['argocd-application'],
    effects: ['Applies what Git says'],
    idempotent: true,
    reversible: false,
    inputSchema: {
      type: 'object',
      properties: {},
      additionalProperties: false,
    },
    examples: [],
  },
];

/** A request that waits for people. */
export function gateRequest(change: Partial<GateRequest> = {}): GateRequest {
  const approval = {
    count: 2,
    required: [{ group: 'group:default/security', count: 1 }],
    approvers: ['group:default/payments'],
    presence: false,
    decideWithin: 3_600_000,
    executeWithin: 3_600_000,
    commentOnDeny: true,
  };
  return {
    id: 'r1',
    state: 'pending',
    revision: 1,
    operation: {
      name: 'scale-workload',
      version: '1',
      title: 'Scale workload',
      class: 'application',
      capability: 'workload-scaling',
      hash: 'a0'.repeat(32),
      idempotent: true,
      reversible: true,
    },
    target: {
      entityRef: 'component:default/payment-api',
      title: 'payment-api',
      type: 'service',
      owner: 'group:default/payments',
      environment: 'production',
      claims: [],
      source: 'production-eu',
      freshness: {
        source: 'production-eu',
        partition: 'production-eu/deployments',
        state: 'fresh',
        confirmedAt: 1,
      },
      contested: false,
    },
    input: { replicas: 6 },
    reason: 'The queue grows',
    requester: {
      ref: 'user:default/ada',
      kind: 'user',
      set: ['user:default/ada'],
      entrance: 'rest',
    },
    discrepancies: [],
    assessment: {
      at: 1_000,
      outcome: 'review',
      tier: 2,
      risk: { name: 'core-bank', title: 'Core bank', level: 'critical' },
      decidedBy: 'policy/riskTiers/core-bank',
      summary: 'Two people approve what changes the core bank',
      policyHash: 'b0'.repeat(32),
      rules: [],
      doubts: [],
      limits: [],
      approval,
      refusals: [],
      verification: { soakMs: 60_000, autoRollback: true },
    },
    blastRadius: {
      total: 7,
      atLeast: false,
      byKind: { component: 7 },
      byEnvironment: { production: 7 },
      byOwner: { 'group:default/storefront': 7 },
    },
    recentFailures: [],
    digest,
    approval,
    votes: [],
    quorum: {
      met: false,
      approvals: 0,
      needed: 2,
      required: [{ group: 'group:default/security', needed: 1, have: 0 }],
      feasible: true,
      missing: '2 more, one from group:default/security',
    },
    createdAt: 1_000,
    updatedAt: 1_000,
    decideBy: 3_601_000,
    feedback: [],
    events: [],
    choices: {
      vote: { allowed: true },
      withdrawVote: { allowed: false, why: 'You have not voted' },
      withdraw: { allowed: true },
      reconcile: { allowed: true },
      feedback: { allowed: true },
      complete: { allowed: true },
    },
    link: '/approvals/r1',
    now: 2_000,
    ...change,
  };
}

/** A request as a list shows it. */
export function toRow(request: GateRequest): RequestRow {
  const { approvals, needed } = request.quorum;
  return { ...toListed(request, false), quorum: { approvals, needed } };
}
