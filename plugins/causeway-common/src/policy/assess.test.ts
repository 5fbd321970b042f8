import { compile, documentOf, scaling } from './__testUtils__/policies';
import { assess } from './assess';
import type { AssessmentInput } from './AssessmentInput';

const tier = {
  name: 'production',
  title: 'Production',
  level: 'high',
  match: "target.environment == 'production'",
  autonomous: [{ operation: 'scale-workload', environments: ['production'] }],
};

const scale = { name: 'scale', operations: ['scale-workload'], tier: 1 };

/** Assesses the scaling of payment-api under `spec`, with what is different. */
function judge(
  spec: object,
  change: (input: AssessmentInput) => void = () => {},
) {
  const document = documentOf({
    riskTiers: [tier],
    decisions: [scale],
    ...spec,
  });
  const input = scaling(document);
  change(input);
  return assess(compile(document), input);
}

describe('one requester across targets (H10)', () => {
  const after = (spread: number | undefined, spec = {}) =>
    judge(spec, input => {
      input.request.requester.spread = spread as number;
    });

  it.each([
    [0, 'run'],
    [19, 'run'],
    [20, 'review'],
    [200, 'review'],
    [undefined, 'review'],
    [NaN, 'review'],
    [-1, 'review'],
  ])(
    'after %s other targets: %s, with nothing said of it',
    (spread, outcome) => {
      expect(after(spread).outcome).toBe(outcome);
    },
  );

  it('reaches as far as policy says, for people too', () => {
    const spec = { agents: { spread: { targets: 3, within: '10m' } } };
    expect(after(2, spec).outcome).toBe('run');
    const person = judge(spec, input => {
      input.request.requester.spread = 3;
      input.request.requester.agent = false;
      delete input.agent;
    });
    expect(person).toMatchObject({
      outcome: 'review',
      decidedBy: 'policy/agents',
      summary: expect.stringMatching(/3 other targets within 10m/),
    });
  });
});

describe('an agent in production (H16)', () => {
  it('runs what a rule names with operation and environment', () => {
    expect(judge({}).outcome).toBe('run');
  });

  it.each([
    ['everything', ['*']],
    ['an operation without environment', ['scale-workload']],
    ['everything there', [{ operation: '*', environments: ['production'] }]],
  ])('runs nothing that is let by %s', (_, autonomous) => {
    const spec = { riskTiers: [{ ...tier, autonomous }] };
    expect(judge(spec)).toMatchObject({
      outcome: 'review',
      decidedBy: 'policy/agents',
    });
    const person = judge(spec, input => {
      input.request.requester.agent = false;
      delete input.agent;
    });
    expect(person.outcome).toBe('run');
    const elsewhere = judge({
      ...spec,
      agents: { nonProduction: ['production'] },
    });
    expect(elsewhere.outcome).toBe('run');
  });

  it('gains nothing by its record, and loses by it', () => {
    const spec = { agents: { minimumSamples: 51, minimumLowerBound: 0.8 } };
    expect(judge(spec).outcome).toBe('run');
    expect(judge(spec, input => (input.agent!.record.of = 50)).outcome).toBe(
      'review',
    );
    expect(
      judge(spec, input => (input.agent!.record.lowerBound = 0.79)).outcome,
    ).toBe('review');
    const unlisted = judge(
      { riskTiers: [{ ...tier, autonomous: [] }] },
      one => {
        one.agent!.record = { right: 1000, of: 1000, lowerBound: 1 };
      },
    );
    expect(unlisted.outcome).toBe('review');
  });
});

describe('cost (H10)', () => {
  const limits = [{ name: 'hour', perHour: 100, action: 'hard' }];

  it.each([NaN, -1, Infinity, -Infinity])('%s is no cost', cost => {
    expect(judge({}, input => (input.change.cost = cost))).toMatchObject({
      outcome: 'review',
      doubts: [{ code: 'cost-unknown' }],
    });
    expect(judge({ limits }, input => (input.change.cost = cost)).outcome).toBe(
      'refuse',
    );
  });

  it('is held with what is spent, in the same currency', () => {
    const of = (spent: number, currency = 'USD') =>
      judge({ limits }, input => {
        input.budget['limits/hour'] = { spent };
        input.change.currency = currency;
      });
    expect(of(98.5).outcome).toBe('run');
    expect(of(98.5).limits).toEqual([
      {
        rule: 'limits/hour',
        what: 'cost-per-hour',
        action: 'hard',
        limit: 100,
        value: 100,
        unit: 'USD/h',
        exceeded: false,
      },
    ]);
    expect(of(98.6).outcome).toBe('refuse');
    expect(of(-50).outcome).toBe('refuse');
    expect(of(0, 'EUR').refusals[0].reason).toContain(
      'EUR cannot be held against USD',
    );
  });
});

describe('who approves', () => {
  const approval = {
    count: 2,
    approvers: ['owner', 'group:default/platform'],
    separation: 'team',
  };
  const spec = { riskTiers: [{ ...tier, autonomous: [], approval }] };

  it('is nobody of the requester’s groups, where teams are separated', () => {
    expect(judge(spec).approval.approvers).toEqual(['group:default/platform']);
    const unknown = judge(
      spec,
      input => delete (input.request.requester as any).groups,
    );
    expect(unknown.approval.approvers).toEqual([]);
  });

  it('is never an owner that others name', () => {
    const claimed = judge({}, input => {
      input.claimed = { owner: 'group:default/mallory' };
      input.live = { owner: 'group:default/mallory' };
    });
    expect(claimed.approval.approvers).toEqual(['group:default/payments']);
    const unknown = judge({}, input => {
      delete input.target.owner;
      input.claimed = { owner: 'group:default/mallory' };
    });
    expect(unknown.approval.approvers).toEqual([]);
  });

  it('is more people where a decision asks for them', () => {
    const raised = judge({
      decisions: [
        scale,
        {
          name: 'rules',
          operations: ['scale-workload'],
          tier: 2,
          approval: {
            count: 1,
            required: [
              { group: 'group:default/security', count: 2 },
              { group: 'group:default/platform' },
            ],
          },
        },
      ],
    });
    expect(raised.approval).toMatchObject({
      // Each fills one slot, so there are three.
      count: 3,
      approvers: [
        'group:default/payments',
        'group:default/security',
        'group:default/platform',
      ],
    });
  });

  it('are producers of the capability about what they own, within bounds', () => {
    const owned = (proposed: number) =>
      judge(
        {
          riskTiers: [
            {
              ...tier,
              scaleFactor: 2,
              autonomous: [],
              approval: { approvers: ['group:default/platform'] },
            },
          ],
          capabilities: [
            { name: 'workload-scaling', producers: ['group:default/payments'] },
          ],
        },
        input => (input.change.quantities.replicas.proposed = proposed),
      ).approval.approvers;
    expect(owned(6)).toEqual([
      'group:default/platform',
      'group:default/payments',
    ]);
    expect(owned(7)).toEqual(['group:default/platform']);
  });
});

describe('refusals', () => {
  it('tells who may ask for a capability', () => {
    const of = (consumers: string[]) =>
      judge({ capabilities: [{ name: 'workload-scaling', consumers }] });
    expect(of(['group:default/payments']).outcome).toBe('run');
    expect(of(['group:default/storefront'])).toMatchObject({
      outcome: 'refuse',
      decidedBy: 'policy/capabilities/workload-scaling',
      refusals: [{ hint: 'It is offered to group:default/storefront.' }],
    });
  });

  it('freezes from the first moment until before the last', () => {
    const freeze = {
      name: 'quarter-end',
      from: '2026-11-24T10:00:00Z',
      to: '2026-11-24T12:00:00+01:00',
      reason: 'the books are closed',
      except: "estate.health == 'degraded'",
    };
    const at = (time: string, health = 'healthy') =>
      judge({ freezes: [freeze] }, input => {
        input.time.now = Date.parse(time);
        input.estate.health = health;
      }).outcome;
    expect(at('2026-11-24T09:59:59.999Z')).toBe('run');
    expect(at('2026-11-24T10:00:00Z')).toBe('refuse');
    expect(at('2026-11-24T10:00:00Z', 'degraded')).toBe('run');
    expect(at('2026-11-24T10:59:59.999Z')).toBe('refuse');
    expect(at('2026-11-24T11:00:00Z')).toBe('run');
    expect(at('no time')).toBe('refuse');
  });

  it('lets a direct change of what Git manages pass by a rule that says so', () => {
    const managed = (input: AssessmentInput) => {
      input.target.managed = true;
    };
    expect(judge({}, managed)).toMatchObject({
      outcome: 'refuse',
      decidedBy: 'policy/git-first',
    });
    const exception = {
      name: 'scaling',
      operations: ['scale-workload'],
      when: tier.match,
      reason: 'Git leaves replicas to us',
    };
    expect(judge({ gitFirst: [exception] }, managed)).toMatchObject({
      outcome: 'run',
      rules: expect.arrayContaining([
        expect.objectContaining({ rule: 'gitFirst/scaling' }),
      ]),
    });
  });
});

describe('bounds', () => {
  it('are held against the baseline, however small the steps', () => {
    const bounds = [{ name: 'double', quantity: 'replicas', maxFactor: 2 }];
    const step = (current: number, proposed: number) =>
      judge({ bounds }, input => {
        input.change.quantities.replicas = { current, proposed, baseline: 3 };
      }).outcome;
    expect(step(3, 6)).toBe('run');
    expect(step(6, 7)).toBe('review');
    expect(step(12, 24)).toBe('review');
  });

  it('of one decision do not bind another', () => {
    const bounds = [
      { name: 'b', quantity: 'replicas', maxFactor: 1, decisions: ['scale'] },
    ];
    expect(judge({ bounds })).toMatchObject({
      outcome: 'review',
      decidedBy: 'policy/bounds/b',
    });
    const both = [scale, { ...scale, name: 'other' }];
    expect(judge({ bounds, decisions: both })).toMatchObject({
      outcome: 'run',
      decidedBy: 'policy/decisions/other',
    });
  });
});
