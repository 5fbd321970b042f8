import fc from 'fast-check';
import { parseSubmission } from './parseSubmission';

const least = {
  operation: 'scale-workload',
  target: 'Component:payment-api',
  reason: 'The queue grows',
};

it('reads the least, with the reference in full', () => {
  expect(parseSubmission({ ...least, input: { replicas: 6 } })).toEqual({
    ...least,
    target: 'component:default/payment-api',
    input: { replicas: 6 },
  });
});

it('reads a decision record, with empty lists where there are none', () => {
  const { recommendation } = parseSubmission({
    ...least,
    recommendation: {
      asked: 'Why is it slow?',
      observed: [{ name: 'p99', value: 900, unit: 'ms', window: 'PT15M' }],
      decided: [{ path: 'spec.replicas', current: 3, proposed: 6 }],
      confidence: 0.9,
      usage: { tokens: 1200 },
    },
  });
  expect(recommendation).toMatchObject({
    constraints: [],
    rejected: [],
    confidence: 0.9,
    decided: [{ path: 'spec.replicas', current: 3, proposed: 6 }],
  });
});

it.each<[object, RegExp]>([
  [{ operation: 'Scale it' }, /operation: must be the name of an operation/],
  [{ target: 'payment-api' }, /target must be an entity reference such as/],
  [{ reason: '  ' }, /reason: /],
  [{ reason: 'x'.repeat(4001) }, /reason: .*4000/],
  [{ input: [] }, /input: .*record/],
  [{ idempotencyKey: 'a b' }, /idempotencyKey: must be 1 to 200 visible/],
  [{ tier: 1 }, /Unrecognized key: "tier"/],
  [{ recommendation: { confidence: 1.1 } }, /recommendation\.confidence/],
  [
    { recommendation: { observed: [{ name: 'a', value: '9' }] } },
    /recommendation\.observed\.0\.value/,
  ],
  [
    { recommendation: { observed: [{ name: 'a', value: 1, window: 'PT' }] } },
    /ISO 8601 duration/,
  ],
  [
    { recommendation: { constraints: Array(51).fill('a') } },
    /recommendation\.constraints: .*50/,
  ],
])('refuses %j and says where', (change, message) => {
  expect(() => parseSubmission({ ...least, ...change })).toThrow(message);
});

it('refuses secrets without repeating them', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const refused = (() => {
    try {
      return parseSubmission({ ...least, reason: `use ${token}` });
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toMatchObject({
    name: 'InputError',
    statusCode: 422,
    message: expect.stringMatching(/^reason holds what looks like a GitHub/),
  });
  expect(String(refused)).not.toContain(token);
});

it('answers anything with a submission or an InputError', () => {
  const everything = () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record(
            {
              operation: fc.oneof(fc.string(), fc.constant('scale-workload')),
              target: fc.oneof(fc.string(), fc.constant('component:a')),
              input: fc.oneof(fc.object(), fc.jsonValue()),
              reason: fc.string({ unit: 'binary' }),
              recommendation: fc.jsonValue(),
            },
            { requiredKeys: [] },
          ),
        ),
        value => {
          try {
            return /^\S+:\S+\/\S+$/.test(parseSubmission(value).target);
          } catch (error) {
            return (error as Error).name === 'InputError';
          }
        },
      ),
      { numRuns: 500 },
    );
  expect(everything).not.toThrow();
});
