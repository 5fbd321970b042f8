import { spawnSync } from 'node:child_process';
import { mockServices } from '@backstage/backend-test-utils';
import {
  assess,
  builtInPolicy,
  compilePolicy,
  policyDocument,
  type AssessmentInput,
  type PolicyDocument,
} from '@causeway/backstage-plugin-causeway-common/policy';
import type { CurrentPolicy } from './PolicyService';
import { WorkerPolicyEvaluator } from './WorkerPolicyEvaluator';

function policyOf(spec: unknown): PolicyDocument {
  return policyDocument.parse({ ...builtInPolicy, spec });
}

function currentOf(document: PolicyDocument, hash = 'h'): CurrentPolicy {
  return {
    compiled: compilePolicy(document, { hash }),
    view: {
      hash,
      origin: 'test',
      since: 0,
      document: {},
      faults: [],
    },
  };
}

const input = (environment = 'development'): AssessmentInput => ({
  request: {
    operation: 'restart-workload',
    version: '1',
    class: 'application',
    capability: 'workload-restart',
    input: {},
    requester: {
      ref: 'user:default/ada-okafor',
      kind: 'user',
      agent: false,
      groups: ['group:default/payments'],
      spread: 0,
    },
    entrance: 'rest',
  },
  change: {
    cost: 0,
    currency: 'USD',
    disruptive: true,
    reversible: false,
    dryRun: true,
    quantities: {},
    paths: Array.from({ length: 300 }, (_, at) => `spec.${at}`),
  },
  target: {
    entityRef: 'resource:default/payment-api',
    kind: 'Resource',
    type: 'kubernetes-workload',
    name: 'a'.repeat(5000),
    source: 'development',
    managed: false,
    owner: 'group:default/payments',
    environment,
  },
  live: {},
  claimed: {},
  estate: {
    fresh: true,
    contested: false,
    health: 'degraded',
    blastRadius: { total: 0, environments: [], owners: [], complete: true },
    recentFailures: 0,
    facts: {},
  },
  budget: {},
  time: { now: 1_900_000_000_000 },
  doubts: [],
});

const easy = policyOf({
  riskTiers: [
    {
      name: 'development',
      title: 'Development',
      level: 'low',
      match: "target.environment == 'development'",
      autonomous: ['*'],
    },
  ],
  decisions: [{ name: 'restart', operations: ['restart-workload'], tier: 1 }],
});

const bombs = [
  {
    name: 'a triple loop over 300 items is given up',
    when: "change.paths.exists(a, change.paths.exists(b, change.paths.exists(c, a + b == c + 'x')))",
    deadline: 1000,
    leastTurns: 20,
    expected: {
      outcome: 'review',
      tier: 2,
      risk: { level: 'critical' },
      doubts: [{ code: 'rule-failed' }],
      approval: { approvers: ['group:default/payments'] },
    },
  },
  {
    name: 'a pattern that explodes elsewhere is linear',
    when: `target.name.matches('^(a+)+$') && target.name.matches('^(a|a)*b$')`,
    deadline: 60_000,
    leastTurns: 1,
    expected: { outcome: 'run', doubts: [] },
  },
];

describe('WorkerPolicyEvaluator', () => {
  const evaluators: WorkerPolicyEvaluator[] = [];

  function evaluatorOf(
    policy: CurrentPolicy | (() => CurrentPolicy),
    deadlineMs = 60_000,
  ) {
    const evaluator = new WorkerPolicyEvaluator({
      policies: {
        current: async () => (typeof policy === 'function' ? policy() : policy),
      },
      deadlineMs,
      logger: mockServices.logger.mock(),
    });
    evaluators.push(evaluator);
    return evaluator;
  }

  afterEach(() => evaluators.splice(0).forEach(one => one.stop()));

  it('assesses as the rules do, one request after another', async () => {
    const policy = currentOf(easy);
    const evaluator = evaluatorOf(policy);
    evaluator.warm();
    const all = await Promise.all(
      ['development', 'production', 'development'].map(environment =>
        evaluator.assess(input(environment)),
      ),
    );
    expect(all.map(({ outcome }) => outcome)).toEqual(['run', 'review', 'run']);
    expect(all[1]).toEqual(assess(policy.compiled, input('production')));
  });

  it('judges by the policy that is in force at that moment', async () => {
    let now = currentOf(easy, 'one');
    const evaluator = evaluatorOf(() => now);
    expect((await evaluator.assess(input())).policyHash).toBe('one');
    now = currentOf(builtInPolicy, 'two');
    expect(await evaluator.assess(input())).toMatchObject({
      policyHash: 'two',
      outcome: 'review',
    });
    now = {
      ...currentOf(easy, 'one'),
      tier1Stopped: 'A newer policy is broken',
    };
    expect(await evaluator.assess(input())).toMatchObject({
      policyHash: 'one',
      outcome: 'review',
      doubts: [{ code: 'policy-invalid', message: 'A newer policy is broken' }],
    });
  });

  it.each(bombs)(
    '$name, and leaves the event loop alone',
    async ({ when, deadline, leastTurns, expected }) => {
      const document = policyOf({
        ...easy.spec,
        decisions: [
          ...easy.spec.decisions,
          { name: 'bomb', operations: ['restart-workload'], tier: 2, when },
        ],
      });
      const evaluator = evaluatorOf(currentOf(document), deadline);
      await evaluator.assess({
        ...input(),
        change: { ...input().change, paths: [] },
      });
      let turns = 0;
      let turning: NodeJS.Immediate | undefined;
      const turn = () => {
        turns += 1;
        turning = setImmediate(turn);
      };
      turning = setImmediate(turn);
      const assessment = await evaluator.assess(input());
      clearImmediate(turning);
      expect(assessment).toMatchObject(expected);
      // On the event loop it would not have turned at all.
      expect(turns).toBeGreaterThanOrEqual(leastTurns);
      // The next request has a thread again.
      const next = await evaluator.assess({
        ...input(),
        change: { ...input().change, paths: [] },
      });
      expect(next.outcome).toBe('run');
    },
  );

  it('looks at nothing that is too large or too deep', async () => {
    const evaluator = evaluatorOf(currentOf(easy));
    let deep: any = {};
    for (let at = 0; at < 20_000; at += 1) {
      deep = { deep };
    }
    for (const huge of [
      { text: 'x'.repeat(1_000_000) },
      { list: Array.from({ length: 100_000 }, () => 1) },
      deep,
    ]) {
      const { request } = input();
      expect(
        await evaluator.assess({
          ...input(),
          request: { ...request, input: huge },
        }),
      ).toMatchObject({ outcome: 'review', risk: { level: 'critical' } });
    }
  });

  it('gives an answer while it stops', async () => {
    const evaluator = evaluatorOf(currentOf(easy));
    evaluator.stop();
    expect(await evaluator.assess(input())).toMatchObject({
      outcome: 'review',
      doubts: [{ message: 'The backend is stopping' }],
    });
  });

  it('keeps no process up', () => {
    const script = `
      require(${JSON.stringify(require.resolve('@backstage/cli/config/nodeTransform.cjs'))});
      const { PolicyThread } = require(${JSON.stringify(require.resolve('./PolicyThread'))});
      new PolicyThread().ready().then(() => console.log('ready'));
    `;
    const { stdout, status } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect({ stdout, status }).toEqual({ stdout: 'ready\n', status: 0 });
  });
});
