import fc from 'fast-check';
import { inputs, policies } from '../__testUtils__/arbitraries';
import { looserIn } from '../__testUtils__/noLooser';
import {
  compile,
  examplePolicy,
  scaling,
  sha256,
} from '../__testUtils__/policies';
import { assess } from '../assess';
import { builtInPolicy } from '../builtInPolicy';
import type { PolicySpec } from '../PolicyDocument';
import { policyHash } from '../policyHash';
import { comparePolicies } from './comparePolicies';
import { isNoStricter } from './isNoStricter';

type Change = (spec: PolicySpec) => void;

function changed(change: Change) {
  const document = structuredClone(examplePolicy());
  change(document.spec);
  return document;
}

const tighter: Record<string, Change> = {
  'one more approval': spec => {
    spec.riskTiers[1].approval.count += 1;
  },
  'one approver less': spec => {
    spec.riskTiers[1].approval.approvers.pop();
  },
  'an operation less that runs by itself': spec => {
    spec.riskTiers[1].autonomous.pop();
  },
  'a smaller scale factor': spec => {
    spec.riskTiers[1].scaleFactor = 1.1;
  },
  'a lower limit': spec => {
    spec.riskTiers[3].limits[0].perHour = 100;
  },
  'a hard limit in the place of an alert': spec => {
    spec.riskTiers[1].limits[0].action = 'hard';
  },
  'a freeze': spec => {
    spec.freezes.push({ name: 'f', when: 'true', reason: 'r' });
  },
  'a decision of tier 2': spec => {
    spec.decisions.push({ name: 'd', operations: ['x'], tier: 2 });
  },
  'a decision of tier 1 less': spec => {
    spec.decisions.shift();
  },
  'a refusal in the place of a review': spec => {
    spec.decisions.find(({ name }) => name === 'scale-beyond')!.tier = 'refuse';
  },
  'a narrower bound': spec => {
    spec.bounds[0].max = 10;
  },
  'fewer targets without people': spec => {
    spec.agents.spread.targets -= 1;
  },
  'targets that count for longer': spec => {
    spec.agents.spread.within = '2h';
  },
  'an environment less that is not production': spec => {
    spec.agents.nonProduction.pop();
  },
};

const looser: Record<string, Change> = {
  'an approval less': spec => {
    spec.riskTiers[1].approval.count -= 1;
  },
  'another approver': spec => {
    spec.riskTiers[1].approval.approvers.push('group:default/storefront');
  },
  'a required group less': spec => {
    spec.riskTiers[0].approval.required = [];
  },
  'an operation more that runs by itself': spec => {
    spec.riskTiers[1].autonomous.push({ operation: 'sync-application' });
  },
  'a tier more, even a critical one': spec => {
    spec.riskTiers.push({ ...spec.riskTiers[0], name: 'other' });
  },
  'a tier less': spec => {
    spec.riskTiers.shift();
  },
  'another match': spec => {
    spec.riskTiers[1].match = "target.environment == 'prod'";
  },
  'a higher limit': spec => {
    spec.riskTiers[3].limits[0].perHour = 201;
  },
  'no limit': spec => {
    spec.limits = [];
  },
  'no bound': spec => {
    spec.bounds = [];
  },
  'a decision of tier 1': spec => {
    spec.decisions.push({ name: 'd', operations: ['x'], tier: 1 });
  },
  'a decision of tier 3 less': spec => {
    spec.decisions.pop();
  },
  'another condition': spec => {
    spec.decisions[0].when = "target.environment == 'production'";
  },
  'a Git exception': spec => {
    spec.gitFirst.push({
      name: 'g',
      operations: ['scale-workload'],
      when: "target.environment == 'staging'",
      reason: 'r',
    });
  },
  'more targets without people': spec => {
    spec.agents.spread.targets += 1;
  },
  'targets that count for less long': spec => {
    spec.agents.spread.within = '30m';
  },
  'an agent that needs fewer samples': spec => {
    spec.agents.minimumSamples = 0;
  },
  'tighter here and looser there': spec => {
    spec.riskTiers[1].approval.count += 1;
    spec.limits = [];
  },
};

describe('comparePolicies', () => {
  it.each(Object.entries(tighter))('%s is tighter', (_, change) => {
    expect(comparePolicies(examplePolicy(), changed(change))).toBe('tighter');
    // And the other way round it is looser.
    expect(comparePolicies(changed(change), examplePolicy())).toBe('looser');
  });

  it.each(Object.entries(looser))('%s is looser', (_, change) => {
    expect(comparePolicies(examplePolicy(), changed(change))).toBe('looser');
  });

  it('takes other words for the same', () => {
    const other = changed(spec => {
      spec.riskTiers[1].title = 'In production';
      spec.decisions[0].reason = 'Small steps';
    });
    expect(comparePolicies(examplePolicy(), other)).toBe('same');
    expect(policyHash(other, sha256)).not.toBe(
      policyHash(examplePolicy(), sha256),
    );
    expect(comparePolicies(builtInPolicy, examplePolicy())).toBe('looser');
  });

  it('never calls a policy tighter that decides easier', () => {
    const changes = [...Object.values(tighter), ...Object.values(looser)];
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        inputs(examplePolicy()),
        (change, input) => {
          const before = examplePolicy();
          const after = changed(change);
          fc.pre(comparePolicies(before, after) !== 'looser');
          expect(
            looserIn(
              assess(compile(before), input),
              assess(compile(after), input),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes a policy for the same as itself', () => {
    fc.assert(
      fc.property(policies, document => {
        expect(comparePolicies(document, structuredClone(document))).toBe(
          'same',
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('isNoStricter', () => {
  const document = examplePolicy();
  const policy = compile(document);
  const approved = assess(policy, scaling(document));

  it('lets pass what is judged the same, also under other words', () => {
    expect(isNoStricter(approved, assess(policy, scaling(document)))).toBe(
      true,
    );
    const reworded = changed(spec => {
      spec.limits[0].title = 'At once';
    });
    const fresh = assess(compile(reworded), scaling(reworded));
    expect(fresh.policyHash).not.toBe(approved.policyHash);
    expect(isNoStricter(approved, fresh)).toBe(true);
  });

  it.each([
    ['a freeze', changed(tighter['a freeze'])],
    ['one more approval', changed(tighter['one more approval'])],
    ['one approver less', changed(tighter['one approver less'])],
    [
      'a presence',
      changed(spec => {
        spec.riskTiers[1].approval.presence = true;
      }),
    ],
    [
      'a required group',
      changed(spec => {
        spec.riskTiers[1].approval.required = [
          { group: 'group:default/security', count: 1 },
        ];
      }),
    ],
  ])('notices %s', (_, after) => {
    expect(isNoStricter(approved, assess(compile(after), scaling(after)))).toBe(
      false,
    );
  });

  it.each<[string, (input: ReturnType<typeof scaling>) => void]>([
    ['a stale target', input => (input.estate.fresh = false)],
    ['a contested one', input => (input.estate.contested = true)],
    ['another owner', input => (input.target.owner = 'group:default/x')],
    [
      'an owner whose tier is stricter',
      input => (input.target.owner = 'group:default/core-banking'),
    ],
    ['a target that Git manages', input => (input.target.managed = true)],
    [
      'a budget that is used up',
      input => (input.budget['riskTiers/production/an-hour'].spent = 1000),
    ],
    ['a cost that is not known any more', input => delete input.change.cost],
  ])('notices %s', (_, change) => {
    const input = scaling(document);
    change(input);
    expect(isNoStricter(approved, assess(policy, input))).toBe(false);
  });

  it('lets pass what became easier', () => {
    const input = scaling(document);
    input.target.environment = 'staging';
    const easier = assess(policy, input);
    expect(easier.outcome).toBe('run');
    expect(isNoStricter(approved, easier)).toBe(true);
    expect(isNoStricter(easier, approved)).toBe(false);
  });
});
