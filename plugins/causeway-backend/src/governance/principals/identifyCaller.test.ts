import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { identifyCaller } from './identifyCaller';
import { readSession } from './readSession';

const subjects = [
  {
    subject: 'external:scaler',
    name: 'scaler',
    operations: ['scale-workload'],
    environments: ['staging'],
    accountable: 'group:default/platform',
  },
];

const token = (claims: object) =>
  `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

const ada = 'user:default/ada';

it('knows a person by a full reference in lower case', () => {
  expect(
    identifyCaller(mockCredentials.user('user:default/Ada'), {
      face: 'rest',
      subjects,
    }),
  ).toEqual({
    principal: { kind: 'user', ref: ada, session: 'unknown' },
    entrance: 'rest',
  });
});

it('knows a sign-in by the ownership claim of its own token', () => {
  const session = (authorization: string) =>
    identifyCaller(mockCredentials.user(ada), {
      face: 'rest',
      subjects,
      authorization,
    }).principal;
  expect(session(token({ sub: ada, ent: [ada] }))).toMatchObject({
    session: 'interactive',
  });
  expect(session(token({ sub: ada }))).toMatchObject({ session: 'unknown' });
  expect(
    session(token({ sub: 'user:default/other', ent: [ada] })),
  ).toMatchObject({ session: 'unknown' });
});

it('trusts no claim of a token that something else carries for the person', () => {
  expect(
    identifyCaller(
      mockCredentials.user(ada, { actor: { subject: 'plugin:mcp-actions' } }),
      {
        face: 'action',
        subjects,
        authorization: token({ sub: ada, ent: [ada] }),
      },
    ),
  ).toEqual({
    principal: {
      kind: 'user',
      ref: ada,
      actor: 'plugin:mcp-actions',
      session: 'unknown',
    },
    entrance: 'mcp',
  });
});

it('knows the entrance by who stands between, else by the face', () => {
  const entrance = (actor: string | undefined, face: 'rest' | 'action') =>
    identifyCaller(
      mockCredentials.user(ada, actor ? { actor: { subject: actor } } : {}),
      { face, subjects },
    ).entrance;
  expect(entrance(undefined, 'rest')).toBe('rest');
  expect(entrance(undefined, 'action')).toBe('action');
  expect(entrance('plugin:scaffolder', 'action')).toBe('template');
  expect(entrance('plugin:scaffolder', 'rest')).toBe('template');
  expect(entrance('plugin:mcp-actions', 'action')).toBe('mcp');
});

it('knows configured subjects with what they may ask for', () => {
  const { subject, name, ...rest } = subjects[0];
  expect(
    identifyCaller(mockCredentials.service(subject), {
      face: 'rest',
      subjects,
    }),
  ).toEqual({
    principal: { kind: 'subject', ref: `subject:${name}`, ...rest },
    entrance: 'rest',
  });
});

it.each([
  ['plugin:mcp-actions', /Connect the MCP client with the token of the person/],
  ['plugin:catalog', /plugins never ask/],
  ['external:other', /name it under causeway\.gate\.subjects/],
])('says to %s how to do it right', (subject, refusal) => {
  expect(
    identifyCaller(mockCredentials.service(subject), {
      face: 'rest',
      subjects,
    }).principal,
  ).toMatchObject({
    kind: 'other',
    ref: subject,
    refusal: expect.stringMatching(refusal),
  });
});

it('lets nobody in without credentials', () => {
  expect(() =>
    identifyCaller(mockCredentials.none(), { face: 'rest', subjects }),
  ).toThrow(/Sign in/);
});

it('never fails on a token, and finds a sign-in in none that is not one', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(readSession(text, ada)).toBe('unknown');
      expect(readSession(`Bearer a.${text}.b`, ada)).toBe('unknown');
    }),
  );
});
