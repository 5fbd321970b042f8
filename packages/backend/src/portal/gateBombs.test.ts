import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Caller } from './__testUtils__/callers';
import { connectAgent } from './__testUtils__/connectAgent';
import { endlessPost } from './__testUtils__/endlessPost';
import { gateRows } from './__testUtils__/gateRows';
import {
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

const routes = [
  '/requests',
  '/requests/assess',
  '/requests/{id}/votes',
  '/requests/{id}/votes/withdraw',
  '/requests/{id}/withdraw',
  '/requests/{id}/reconcile',
  '/requests/{id}/complete',
  '/requests/{id}/feedback',
  '/halt',
  '/halt/resume',
];

const submission = {
  operation: 'scale-workload',
  target: workloadRef('production-eu', 'payments', 'payment-api'),
  input: { replicas: 20 },
  reason: 'The queue grows',
};

/** JSON of 128 MB that says nothing. */
const huge = () =>
  Buffer.concat([
    Buffer.from('{"reason":"'),
    Buffer.alloc(128 * 1024 * 1024, 'a'),
    Buffer.from('"}'),
  ]);
const nested = (depth: number, before = '', after = '') =>
  `${before}${'['.repeat(depth)}${']'.repeat(depth)}${after}`;
const objects = (depth: number) =>
  `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const inField = (value: string) =>
  JSON.stringify(submission).replace('20}', `${value}}`);

type Bomb = [what: string, encoding: string | undefined, body: Buffer];

function makeBombs(): Bomb[] {
  const inflated = huge();
  const small = Buffer.from(JSON.stringify(submission));
  const gzip = gzipSync(inflated);
  return [
    ['128 MB of gzip', 'gzip', gzip],
    ['128 MB of deflate', 'deflate', deflateSync(inflated)],
    ['128 MB of brotli', 'br', brotliCompressSync(inflated)],
    ['gzip in gzip', 'gzip', gzipSync(gzip)],
    ['gzip in gzip, as said', 'gzip, gzip', gzipSync(gzip)],
    ['gzip that breaks off', 'gzip', gzipSync(small).subarray(0, 40)],
    ['gzip that is none', 'gzip', small],
    ['20,000 lists in gzip', 'gzip', gzipSync(nested(20_000))],
    ['an encoding that nobody knows', 'zstd', small],
    ['20,000 lists', undefined, Buffer.from(nested(20_000))],
    ['20,000 objects', undefined, Buffer.from(objects(20_000))],
    [
      '20,000 lists in a field',
      undefined,
      Buffer.from(inField(nested(20_000))),
    ],
    ['17 lists in a field', undefined, Buffer.from(inField(nested(17)))],
    [
      'a list of 100,000',
      undefined,
      Buffer.from(inField(`[${'1,'.repeat(99_999)}1]`)),
    ],
    [
      'a text of 200,000',
      undefined,
      Buffer.from(inField(`"${'a'.repeat(200_000)}"`)),
    ],
    ['half a character', undefined, Buffer.from(inField('"\\ud83d"'))],
    ['the other half', undefined, Buffer.from(inField('"\\ude00"'))],
    [
      'halves in the wrong order',
      undefined,
      Buffer.from(inField('"\\ude00\\ud83d"')),
    ],
    [
      'half a character as a name',
      undefined,
      Buffer.from(inField('{"\\udc00":1}')),
    ],
    [
      'bytes that are no UTF-8',
      undefined,
      Buffer.concat([
        Buffer.from('{"reason":"'),
        Buffer.from([0xc3, 0x28, 0xa0, 0xff]),
        Buffer.from('"}'),
      ]),
    ],
  ];
}

describe.each(databases.eachSupportedId())('bombs at the gate, %s', id => {
  const rows = gateRows();
  const bombs = makeBombs();
  let gate: GatePortal;
  let ada: Caller;
  let token: string;
  let waiting: string;
  let before: Record<string, number>;

  beforeAll(async () => {
    gate = await startGatePortal(databases, id, { features: [rows.module] });
    ada = await gate.person('ada-okafor');
    token = await gate.portal.tokenOf('noor-rahman');
    waiting = (await ada.post('/requests', submission).expect(201)).body.id;
    before = await rows.count();
  });
  afterAll(() => gate?.stop());
  afterEach(async () => {
    // eslint-disable-next-line jest/no-standalone-expect -- of every test here
    expect(await rows.count()).toEqual(before);
  });

  const pathOf = (route: string) =>
    `/api/causeway${route.replace('{id}', waiting)}`;

  it('know every route that takes a body', async () => {
    const { body } = await ada.get('/openapi.json').expect(200);
    const posts = Object.entries<object>(body.paths).flatMap(([path, item]) =>
      'post' in item && /causeway\/(requests|halt)/.test(path)
        ? [path.replace('/api/causeway', '')]
        : [],
    );
    expect(posts.sort()).toEqual([...routes].sort());
  });

  describe.each(routes)('%s', route => {
    it.each(bombs)('refuses %s', async (_what, encoding, body) => {
      const call = request(gate.portal.server)
        .post(pathOf(route))
        .set('authorization', `Bearer ${token}`)
        .set('content-type', 'application/json');
      if (encoding) {
        call.set('content-encoding', encoding);
      }
      // As bytes: the client must not make text of them.
      const answer = await call.serialize(sent => sent).send(body as never);
      expect([
        Math.floor(answer.status / 100),
        answer.body.error?.message,
      ]).toEqual([4, expect.stringMatching(/\w{3}/)]);
    });

    it.each([
      ['a list', {}, /more than 256 KB/],
      // Where no body is taken, none is looked at.
      ['text', { 'content-type': 'text/plain' }, /media type|no vote on it/],
      ['zstd', { 'content-encoding': 'zstd' }, /JSON in UTF-8/],
    ])('refuses %s that does not end', async (_what, headers, message) => {
      const { status, text, sent } = await endlessPost({
        server: gate.portal.server,
        path: pathOf(route),
        token,
        headers,
      });
      expect([
        Math.floor(status / 100),
        JSON.parse(text).error.message,
      ]).toEqual([4, expect.stringMatching(message)]);
      // What is in flight when the limit is reached, and no more of it than the sockets hold.
      expect(sent).toBeLessThan(32 * 1024 * 1024);
    });
  });

  it.each(['request-operation', 'assess-request'])(
    'refuses what is too deep, too much or half a character over the tool %s',
    async tool => {
      const agent = await connectAgent(
        gate.portal.server,
        await gate.portal.tokenOf('ada-okafor'),
      );
      const input = {
        ...submission,
        ...(tool === 'request-operation' && { idempotencyKey: 'bomb' }),
      };
      const taken = await agent.takes(tool);
      expect(taken).toEqual(expect.arrayContaining(Object.keys(input)));
      for (const [value, why] of [
        [JSON.parse(nested(17)), /nested more than 16 deep/],
        [JSON.parse(nested(2_000)), /nested more than 16 deep/],
        [Array(10_000).fill(1), /more than 5000 values/],
        ['a'.repeat(50_000), /at most 20000 are taken/],
        ['\ud83d', /half of a character/],
        [{ '\udc00': 1 }, /half of a character/],
      ] as const) {
        const answer = await agent.call(tool, {
          ...input,
          input: { replicas: value },
        });
        expect([answer.isError, answer.text]).toEqual([
          true,
          expect.stringMatching(why),
        ]);
      }
      await agent.close();
    },
  );

  it.each(bombs)(
    'answers %s at the door of agents with 4xx',
    async (_what, encoding, body) => {
      const call = request(gate.portal.server)
        .post('/api/mcp-actions/v1/causeway')
        .set('authorization', `Bearer ${token}`)
        .set('accept', 'application/json, text/event-stream')
        .set('content-type', 'application/json');
      if (encoding) {
        call.set('content-encoding', encoding);
      }
      const answer = await call.serialize(sent => sent).send(body as never);
      expect(Math.floor(answer.status / 100)).toBe(4);
    },
  );

  it('goes on as before', async () => {
    const { body } = await ada.post('/requests/assess', submission).expect(200);
    expect(body.assessment.outcome).toBe('review');
  });
});
