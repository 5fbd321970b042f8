import fc from 'fast-check';
import { entropyOf, findSecret, secretIn } from './findSecrets';

const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR3uL6iO9e';
/** So many characters without a pattern. */
const run = (length: number) => letters.repeat(10).slice(0, length);
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjMifQ', run(43)].join('.');

// Put together here, so that no scanner of this repository takes them for real.
const secrets: [string, string][] = [
  [
    'a private key',
    ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIE\n-----END'].join(' '),
  ],
  ['a private key', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')],
  ['a JSON web token', jwt],
  ['a GitHub token', `ghp_${run(36)}`],
  ['a GitHub token', `see github_pat_${run(30)} there`],
  ['a GitLab token', `glpat-${run(20)}`],
  ['an AWS access key', `AKIA${'ABCDEFGH23456723'}`],
  ['a Google key', `AIza${run(35)}`],
  [
    'a key of an Azure storage account',
    `AccountName=a;AccountKey=${run(80)}==`,
  ],
  ['a Slack token', `xoxb-${run(24)}`],
  ['a Slack token', `https://hooks.slack.com/services/${run(24)}`],
  ['a Stripe key', `sk_live_${run(24)}`],
  ['an npm token', `npm_${run(36)}`],
  ['a PyPI token', `pypi-AgE${run(60)}`],
  ["a model provider's key", `sk-ant-${run(40)}`],
  ["a model provider's key", `sk-${run(48)}`],
  ['a SendGrid key', `SG.${run(22)}.${run(43)}`],
  ['a Vault token', `hvs.${run(30)}`],
  ['a bearer token', `Authorization: Bearer ${run(30)}`],
  ['an address with a password', 'postgres://app:hunter22@db:5432/app'],
  ['a password or key', `DB_PASSWORD=${run(16)}`],
  ['a password or key', `"apiKey": "${run(20)}"`],
  ['a password or key', `client_secret: ${run(32)}`],
];

it.each(secrets)('finds %s', (what, text) => {
  expect(secretIn(text)).toBe(what);
  expect(findSecret({ reason: 'why', input: { list: ['a', text] } })).toEqual({
    at: 'input.list[1]',
    what,
  });
  expect(findSecret({ [text]: 'a' })).toMatchObject({ what });
});

it('finds a random value that something secret is called by', () => {
  expect(findSecret({ input: { password: run(16) } })).toEqual({
    at: 'input.password',
    what: 'a password or key',
  });
  expect(findSecret({ input: { tokens: [run(16)] } })).toEqual({
    at: 'input.tokens[0]',
    what: 'a password or key',
  });
});

it.each([
  'Scale payment-api from 3 to 6: p99 went from 120 ms to 900 ms in 15 minutes',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'commit 3c0b1f4e9a7d2b5c8e6f1a0d4b7c9e2f5a8d1b3c',
  'ghcr.io/meridian/payment-api:2.14.3',
  'https://argocd.example.com/applications/payments?view=tree',
  'the token expired, so the password was rotated by the security team',
  'password: ${PAYMENTS_PASSWORD_2024}',
  'secret=<the-secret-of-2024-here>',
  'password: ************1A',
  'resource:default/production-eu.payments.deployment.payment-api',
  'postgres://app:${PASSWORD}@db:5432/app',
])('lets %s pass', text => {
  expect(findSecret({ reason: text, input: { note: text } })).toBeUndefined();
});

it('measures what a text holds', () => {
  expect(entropyOf('aaaa')).toBe(0);
  expect(entropyOf('abab')).toBe(1);
});

it('never repeats what it found', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...secrets),
      fc.array(fc.string({ maxLength: 8 }), { maxLength: 4 }),
      ([, text], names) => {
        const value = names.reduce<unknown>(
          (inner, name) => ({ [name]: inner }),
          [text],
        );
        expect(JSON.stringify(findSecret(value))).not.toContain(text);
      },
    ),
  );
});

it.each([
  ['one letter', 'a'.repeat(20_000)],
  ['beginnings of tokens', 'eyJ'.repeat(6_000)],
  ['beginnings of addresses', 'a://'.repeat(5_000)],
  ['beginnings of addresses with people', 'a://b:'.repeat(3_000)],
  ['assignments', 'token='.repeat(3_000)],
  ['words and blanks', `token${' '.repeat(19_000)}`],
  ['keys', 'ghp_'.repeat(5_000)],
])('takes a bounded number of steps over %s', (_, text) => {
  // What takes quadratic time over 20,000 characters takes minutes over these.
  expect(() => findSecret(Array(50).fill(text))).not.toThrow();
});
