import fc from 'fast-check';
import {
  attributesOf,
  inputs,
  pathsOf,
  policies,
  without,
} from './__testUtils__/arbitraries';
import { looserIn } from './__testUtils__/noLooser';
import { compile, examplePolicy, scaling } from './__testUtils__/policies';
import { assess } from './assess';
import type { AssessmentInput } from './AssessmentInput';
import { isNoStricter } from './compare/isNoStricter';

const cases = policies.chain(document =>
  fc.record({ document: fc.constant(document), input: inputs(document) }),
);

describe('assess', () => {
  it('is no looser when an attribute is taken away', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ document, input }, chosen) => {
        const policy = compile(document);
        const before = assess(policy, input);
        const paths = pathsOf(input);
        const path = paths[chosen % paths.length];
        const after = assess(policy, without(input, path));
        expect([path.join('.'), looserIn(before, after)]).toEqual([
          path.join('.'),
          [],
        ]);
      }),
      { numRuns: 800 },
    );
  });

  it('is no looser when live or claimed values are added', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom('live', 'claimed'),
        attributesOf,
        ({ document, input }, origin, said) => {
          const policy = compile(document);
          const added: AssessmentInput = {
            ...input,
            [origin]: { ...said, ...input[origin as 'live' | 'claimed'] },
          };
          expect(
            looserIn(assess(policy, input), assess(policy, added)),
          ).toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('never runs anything in doubt, and gets no looser by one', () => {
    fc.assert(
      fc.property(cases, fc.string(), ({ document, input }, code) => {
        const policy = compile(document);
        const doubted = assess(policy, {
          ...input,
          doubts: [{ code, message: 'Something is odd' }],
        });
        expect(looserIn(assess(policy, input), doubted)).toEqual([]);
        expect(doubted.outcome).not.toBe('run');
      }),
    );
  });

  it('says the same of the same', () => {
    fc.assert(
      fc.property(cases, ({ document, input }) => {
        const one = assess(compile(document), input);
        const other = assess(compile(structuredClone(document)), {
          ...structuredClone(input),
        });
        expect(other).toEqual(one);
        expect(isNoStricter(one, other)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('never throws and never runs what it cannot read', () => {
    fc.assert(
      fc.property(policies, fc.anything(), (document, anything) => {
        const assessment = assess(
          compile(document),
          anything as AssessmentInput,
        );
        expect(assessment.outcome).not.toBe('run');
      }),
      { numRuns: 200 },
    );
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(
      assess(compile(examplePolicy()), hostile as AssessmentInput),
    ).toMatchObject({ outcome: 'review', risk: { level: 'critical' } });
  });

  it('is monotone for every attribute of the example', () => {
    const document = examplePolicy();
    const policy = compile(document);
    for (const environment of ['development', 'staging', 'production']) {
      for (const proposed of [2, 4, 6]) {
        const input = scaling(document);
        input.target.environment = environment;
        input.change.quantities.replicas.proposed = proposed;
        const before = assess(policy, input);
        for (const path of pathsOf(input)) {
          const after = assess(policy, without(input, path));
          expect([path, looserIn(before, after)]).toEqual([path, []]);
        }
      }
    }
  });
});
