import { AuthorizeResult } from '@backstage/plugin-permission-common';
import fc from 'fast-check';
import request from 'supertest';
import { digest, gateRequest } from './__testUtils__/requests';
import { startFaces } from './__testUtils__/startFaces';
import { as } from './__testUtils__/testAuth';
import { gatePaths } from './openapi/gatePaths';
import { requestPaths } from './openapi/requestPaths';
import { causewayRequestConditions } from './permissions/requestConditions';

jest.setTimeout(120_000);

const ada = as.user('user:default/ada');

let lab: Awaited<ReturnType<typeof startFaces>>;
beforeAll(async () => {
  lab = await startFaces({ permissionEnabled: true });
  lab.gate.auditors = ['user:default/ada'];
  lab.gate.erasers = ['user:default/ada'];
  lab.gate.halters = ['user:default/ada'];
});
beforeEach(() => {
  lab.gate.requests = [gateRequest()];
});
afterAll(() => lab.stop());

const routes = Object.entries({ ...gatePaths, ...requestPaths }).flatMap(
  ([path, item]) =>
    Object.entries(
      item as Record<string, { parameters?: { name: string; in: string }[] }>,
    ).map(([method, { parameters = [] }]) => ({
      path,
      method: method as 'get' | 'post',
      query: parameters.flatMap(one => (one.in === 'query' ? [one.name] : [])),
    })),
);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ',',
    '%',
    '\u0000',
    '__proto__',
    '1e999',
    "'; DROP TABLE requests; --",
    'component:default/payment-api',
    'scale-workload',
    'pending',
    'approve',
    'all',
    digest,
    'x'.repeat(5000),
  ),
);
const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.double());
const names =
  'operation target input reason recommendation idempotencyKey agentName decision digest comment lookedFor outcome verdict scope seq of fields why'.split(
    ' ',
  );
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), value),
  fc.record({
    operation: fc.constant('scale-workload'),
    target: fc.constant('component:default/payment-api'),
    input: value,
    reason: text,
    recommendation: fc.dictionary(
      fc.constantFrom('observed', 'confidence', 'decided', 'usage', 'asked'),
      value,
    ),
  }),
  fc.jsonValue(),
);
const segment = fc.oneof(
  fc.constantFrom('r1', 'r9', '..', '%2e%2e', '%', '%E0%A4%A', '%00', 'a b'),
  text.map(one => encodeURIComponent(one) || '-'),
);

it('knows every route', () => {
  expect(routes).toHaveLength(21);
});

it.each(routes)(
  'answers $method $path with an answer or a reason, whatever comes',
  async ({ path, method, query }) => {
    await fc.assert(
      fc.asyncProperty(
        segment,
        fc.dictionary(fc.constantFrom('other', ...query), text),
        body,
        async (id, parameters, sent) => {
          const search = Object.entries(parameters)
            .map(([name, one]) => `${name}=${encodeURIComponent(one)}`)
            .join('&');
          const call = request(lab.server)
            [method](
              `/api/causeway${path.replace('{id}', id)}${search && `?${search}`}`,
            )
            .set('authorization', ada);
          const answer = await (method === 'post'
            ? call
                .set('content-type', 'application/json')
                .send(JSON.stringify(sent))
            : call);
          return (
            answer.status < 300 ||
            (answer.status < 500 &&
              typeof answer.body.error?.message === 'string')
          );
        },
      ),
      { numRuns: 25 },
    );
    // Nothing half written: what arrived was whole.
    for (const { args } of lab.gate.writes) {
      expect(JSON.stringify(args)).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }
  },
);

it.each([
  ['cut off', '{"operation":"scale', 'application/json', undefined],
  ['no JSON', 'operation=a', 'application/x-www-form-urlencoded', undefined],
  ['of another charset', '{}', 'application/json; charset=klingon', undefined],
  ['of another encoding', '{}', 'application/json', 'klingon'],
  ['falsely compressed', '{}', 'application/json', 'gzip'],
])('refuses a body that is %s', async (_, sent, type, encoding) => {
  const { status, body: answer } = await request(lab.server)
    .post('/api/causeway/requests')
    .set('authorization', ada)
    .set('content-type', type)
    .set(encoding ? { 'content-encoding': encoding } : {})
    .send(sent);
  expect([status, typeof answer.error.message]).toEqual([400, 'string']);
});

it('lets nobody around the document by another way of writing a path', async () => {
  for (const path of [
    '/REQUESTS?state=pending&state=approved&limit=100000',
    '/requests/?limit[a]=1',
    '/Requests/r1/',
    '//requests?limit=0',
    '/AUDIT?from[]=a',
  ]) {
    const { status } = await request(lab.server)
      .get(`/api/causeway${path}`)
      .set('authorization', ada);
    expect([path, status < 500]).toEqual([path, true]);
  }
});

it("decides about one request for whoever asks Backstage's permissions", async () => {
  lab.decideBy(({ name }) =>
    name === 'causeway.request.vote'
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'causeway',
          resourceType: 'causeway-request',
          conditions: causewayRequestConditions.isTargetOwnedBy({
            owners: ['group:default/payments'],
          }),
        }
      : { result: AuthorizeResult.ALLOW },
  );
  lab.gate.requests = [
    gateRequest(),
    gateRequest({
      id: 'r2',
      target: { ...gateRequest().target, owner: 'group:default/others' },
    }),
  ];
  const { body: answer } = await request(lab.server)
    .post('/api/permission/authorize')
    .set('authorization', ada)
    .send({
      items: ['r1', 'r2', 'r9'].map(resourceRef => ({
        id: resourceRef,
        resourceRef,
        permission: {
          type: 'resource',
          name: 'causeway.request.vote',
          attributes: { action: 'update' },
          resourceType: 'causeway-request',
        },
      })),
    })
    .expect(200);
  expect(answer.items.map(({ result }: { result: string }) => result)).toEqual([
    'ALLOW',
    'DENY',
    'DENY',
  ]);
});
