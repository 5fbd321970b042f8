import fc from 'fast-check';
import { bodyLimits, checkJson } from './checkJson';

const nested = (depth: number) =>
  JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

it('takes whatever is small, shallow and whole', () => {
  fc.assert(
    fc.property(
      fc
        .jsonValue({ maxDepth: 6, stringUnit: 'grapheme-ascii' })
        // What is refused below.
        .filter(value => !JSON.stringify(value).includes('"__proto__":')),
      value => {
        expect(() => checkJson(value, 'The body')).not.toThrow();
      },
    ),
  );
});

it.each<[string, unknown, RegExp]>([
  ['20,000 levels', nested(20_000), /nested more than 16 deep/],
  ['one level too many', nested(bodyLimits.depth + 1), /more than 16 deep/],
  [
    'too many values',
    Array(bodyLimits.values + 1).fill(0),
    /^The body holds more than 5000 values/,
  ],
  [
    'a lone surrogate',
    { input: { name: 'a\ud800b' } },
    /^input\.name holds half of a character/,
  ],
  ['a lone surrogate as a name', { '\udc00': 1 }, /^\? holds half/],
  ['a control character', { reason: 'a\u0000b' }, /^reason holds control/],
  ['the last control', ['a\u009f'], /^\[0\] holds control/],
  [
    'a number beyond all',
    JSON.parse('{"input":{"n":1e999}}'),
    /^input\.n is a number that is too large/,
  ],
  ['a prototype', JSON.parse('{"__proto__":{}}'), /__proto__ is no name/],
  [
    'a long text',
    { reason: 'x'.repeat(20_001) },
    /^reason has 20001 characters, at most 20000/,
  ],
])('refuses %s and says where', (_, value, message) => {
  expect(() => checkJson(value, 'The body')).toThrow(message);
});

it('takes the deepest that is allowed, pairs of surrogates, tabs and line ends', () => {
  expect(() =>
    checkJson(
      [nested(bodyLimits.depth - 1), { reason: 'a\tb\r\nc 👩‍🚀 é' }],
      'The body',
    ),
  ).not.toThrow();
});
