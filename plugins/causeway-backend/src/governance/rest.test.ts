import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { AdmissionRefused } from './agents/AdmissionRefused';
import { digest, gateRequest } from './__testUtils__/requests';
import { startFaces } from './__testUtils__/startFaces';
import { as } from './__testUtils__/testAuth';

jest.setTimeout(60_000);

const grace = as.user('user:default/grace');
const submission = {
  operation: 'scale-workload',
  target: 'component:default/payment-api',
  input: { replicas: 6 },
  reason: 'The queue grows',
};

describe('the routes of the gate', () => {
  let lab: Awaited<ReturnType<typeof startFaces>>;

  beforeAll(async () => {
    lab = await startFaces({ permissionEnabled: true });
    lab.gate.auditors = ['user:default/grace'];
    lab.gate.erasers = ['user:default/grace'];
    lab.gate.halters = ['user:default/grace'];
  });
  beforeEach(() => {
    lab.gate.requests = [gateRequest()];
    lab.gate.asked.length = 0;
  });
  afterAll(() => lab.stop());

  const get = (path: string) =>
    request(lab.server).get(`/api/causeway${path}`).set('authorization', grace);
  const post = (path: string, body?: object) =>
    request(lab.server)
      .post(`/api/causeway${path}`)
      .set('authorization', grace)
      .send(body);

  it('tell of the gate, the policy and the operations', async () => {
    expect((await get('/gate').expect(200)).body).toMatchObject({
      open: true,
      pending: 1,
    });
    await get('/policy').expect(200);
    const named = async (query: string) =>
      (await get(`/operations${query}`).expect(200)).body.map(
        ({ name }: { name: string }) => name,
      );
    expect(await named('')).toEqual(['scale-workload', 'sync-application']);
    expect(await named('?type=argocd-application')).toEqual([
      'sync-application',
    ]);
    expect(await named('?target=component:default/payment-api')).toEqual([
      'scale-workload',
    ]);
    await get('/operations?target=component:default/nothing').expect(404);
    await get('/operations?target=nothing').expect(400);
  });

  it('say when it is worth trying again', async () => {
    const refusal = { code: 'rate-limit', reason: 'Too fast', hint: 'Wait' };
    const submit = jest
      .spyOn(lab.gate, 'submit')
      .mockRejectedValueOnce(
        new AdmissionRefused({
          ...refusal,
          code: 'rate-limit',
          retryAfter: 1500,
        }),
      )
      .mockRejectedValueOnce(
        new AdmissionRefused({ ...refusal, code: 'halted' }),
      );
    const fast = await post('/requests', submission).expect(429);
    expect(fast.headers['retry-after']).toBe('2');
    expect(fast.body.error.message).toBe('Too fast. Wait');
    // Waiting does not help: a person has to resume it.
    const halted = await post('/requests', submission).expect(503);
    expect(halted.headers).not.toHaveProperty('retry-after');
    submit.mockRestore();
  });

  it('list and tell of requests', async () => {
    const { body } = await get('/requests?state=pending,approved&limit=10');
    expect(body).toMatchObject({ total: 1, items: [{ id: 'r1' }] });
    expect(lab.gate.asked[0]).toMatchObject({
      method: 'list',
      args: [{ state: ['pending', 'approved'], limit: 10 }, undefined],
      caller: {
        principal: { ref: 'user:default/grace', session: 'interactive' },
        entrance: 'rest',
      },
    });
    expect((await get('/requests/r1').expect(200)).body).toMatchObject({
      id: 'r1',
      blastRadius: { total: 7 },
    });
    expect((await get('/requests/r1/progress').expect(200)).body).toMatchObject(
      {
        id: 'r1',
        state: 'pending',
        tier: expect.any(Number),
      },
    );
    await get('/requests/r9/progress').expect(404);
    const missing = await get('/requests/r9').expect(404);
    expect(missing.body.error.message).toBe(
      'There is no request r9 that you may see; check the id',
    );
  });

  it.each([
    '/requests?state=waiting',
    '/requests?limit=0',
    '/requests?limit=201',
    '/requests?colour=red',
    '/requests?state=pending&state=approved',
    '/requests?text=%00',
    '/requests?text=%ED%A0%80%FF&mine=maybe',
    '/audit?limit=501',
    '/audit?from=yesterday',
  ])('refuse GET %s', async path => {
    const { body } = await get(path).expect(400);
    expect(body.error.message).toEqual(expect.any(String));
  });

  it('take a submission, with the key of the header or of the body', async () => {
    const { body } = await post('/requests', submission)
      .set('idempotency-key', 'k-1')
      .expect(201);
    expect(body).toMatchObject({ id: 'r2', state: 'pending' });
    expect(lab.gate.writes).toMatchObject([
      { method: 'submit', args: [{ ...submission, idempotencyKey: 'k-1' }] },
    ]);
    await post('/requests', { ...submission, idempotencyKey: 'k-1' })
      .set('idempotency-key', 'k-2')
      .expect(400);
    await post('/requests/assess', submission).expect(200);
    expect(lab.gate.writes).toHaveLength(1);
  });

  it.each<[string, object | undefined, string]>([
    ['votes', { decision: 'approve', digest }, 'vote'],
    ['votes/withdraw', undefined, 'withdrawVote'],
    [
      'reconcile',
      { outcome: 'failed', comment: 'Nothing changed' },
      'reconcile',
    ],
    ['complete', {}, 'complete'],
    ['feedback', { verdict: 'right' }, 'giveFeedback'],
  ])('pass %s on', async (path, body, method) => {
    const answer = await post(`/requests/r1/${path}`, body);
    expect([answer.status, answer.body.id]).toEqual([200, 'r1']);
    expect(lab.gate.writes).toMatchObject([{ method }]);
  });

  it('pass a withdrawal of whoever asked on, and nobody else’s', async () => {
    await post('/requests/r1/withdraw').expect(403);
    await request(lab.server)
      .post('/api/causeway/requests/r1/withdraw')
      .set('authorization', as.user('user:default/ada'))
      .send({ comment: 'It got better' })
      .expect(200);
    expect(lab.gate.writes).toMatchObject([
      { method: 'withdraw', args: ['r1', 'It got better'] },
    ]);
  });

  it('take no vote on what changed, and none by GET', async () => {
    await post('/requests/r1/votes', {
      decision: 'approve',
      digest: 'ee'.repeat(32),
    }).expect(409);
    const { status } = await get(
      `/requests/r1/votes?decision=approve&digest=${digest}`,
    );
    expect(status).toBe(404);
    expect(lab.gate.writes).toEqual([]);
  });

  it('take how long somebody looked in whole milliseconds, of one day at most', async () => {
    const vote = (lookedFor: number) =>
      post('/requests/r1/votes', { decision: 'approve', digest, lookedFor });
    await vote(1.5).expect(400);
    await vote(-1).expect(400);
    expect(lab.gate.writes).toEqual([]);
    await vote(3 * 86_400_000).expect(200);
    expect(lab.gate.writes).toMatchObject([
      { method: 'vote', args: ['r1', { lookedFor: 86_400_000 }] },
    ]);
  });

  it('halt and resume', async () => {
    const { body } = await post('/halt', {
      scope: 'subject:scaler',
      reason: 'It runs wild',
    }).expect(200);
    expect(body).toMatchObject([{ scope: 'subject:scaler' }]);
    await post('/halt/resume', {
      scope: 'subject:scaler',
      reason: 'Mended',
    }).expect(200);
    expect(lab.gate.writes.map(({ method }) => method)).toEqual([
      'halt',
      'resume',
    ]);
  });

  it('search, verify and export the trail', async () => {
    expect(
      (await get('/audit?requestId=r1&limit=10').expect(200)).body.items,
    ).toHaveLength(3);
    expect((await get('/audit/verify').expect(200)).body.whole).toBe(true);
    const { headers, text } = await get('/audit/export?by=user:default/ada')
      .buffer(true)
      .parse((res, done) => {
        let whole = '';
        res.on('data', chunk => {
          whole += chunk;
        });
        res.on('end', () => done(null, whole));
      })
      .then(({ headers: all, body }) => ({ headers: all, text: String(body) }));
    expect(headers['content-type']).toMatch(/^application\/x-ndjson/);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).seq),
    ).toEqual([1, 2, 3]);
    expect(lab.audit.queries.at(-1)).toEqual({ by: 'user:default/ada' });
  });

  it('tell what vouches for the trail', async () => {
    expect((await get('/audit/anchors').expect(200)).body).toMatchObject({
      state: 'off',
      open: 3,
      sinks: [],
    });
  });

  it('erase texts for those who may, and refuse what says too much or too little', async () => {
    const { body } = await post('/audit/erase', {
      of: 'user:default/Ada',
      fields: ['reason'],
      why: 'ticket 12',
    }).expect(200);
    expect(body).toEqual({ texts: 2, entries: 1 });
    expect(lab.audit.erased).toEqual([
      {
        of: 'user:default/ada',
        fields: ['reason'],
        why: 'ticket 12',
        by: 'user:default/grace',
      },
    ]);
    for (const bad of [
      {},
      { why: 'all of it' },
      { seq: 1, of: 'user:default/ada', why: 'both' },
      { seq: 0, why: 'x' },
      { seq: 1.5, why: 'x' },
      { seq: 1 },
      { seq: 1, why: ' ' },
      { seq: 1, why: 'x', fields: [] },
      { of: 'ada okafor', why: 'x' },
      { seq: 1, why: 'x', everything: true },
    ]) {
      const { status, body: refusal } = await post('/audit/erase', bad);
      expect([bad, status]).toEqual([bad, 400]);
      expect(refusal.error.message).toEqual(expect.any(String));
    }
    lab.gate.erasers = [];
    await post('/audit/erase', { seq: 1, why: 'ticket 12' }).expect(403);
    lab.gate.erasers = ['user:default/grace'];
    for (const caller of [
      as.user('user:default/ada'),
      as.through('mcp-actions', 'user:default/grace'),
      as.static('scaler'),
    ]) {
      await request(lab.server)
        .post('/api/causeway/audit/erase')
        .set('authorization', caller)
        .send({ seq: 1, why: 'ticket 12' })
        .expect(403);
    }
    expect(lab.audit.erased).toHaveLength(1);
  });

  it('cut the connection where an export breaks, and answer where it cannot begin', async () => {
    lab.audit.breaksAfter = 2;
    await expect(get('/audit/export')).rejects.toThrow(/aborted|hang up/);
    lab.audit.breaksAfter = 0;
    await get('/audit/export').expect(500);
    lab.audit.breaksAfter = Infinity;
  });

  it('refuse bodies that nothing behind could take', async () => {
    const raw = (body: string, type = 'application/json') =>
      request(lab.server)
        .post('/api/causeway/requests')
        .set('authorization', grace)
        .set('content-type', type)
        .send(body);
    const message = async (body: string, type?: string) => {
      const answer = await raw(body, type);
      expect(answer.status).toBe(400);
      return answer.body.error.message;
    };
    expect(await message('{"reason":')).toMatch(/no JSON/);
    expect(
      await message(JSON.stringify({ reason: 'x'.repeat(270_000) })),
    ).toMatch(/more than 256 KB/);
    expect(await message(`${'['.repeat(9000)}${']'.repeat(9000)}`)).toMatch(
      /nested more than 16 deep/,
    );
    expect(await message('{"reason":"\\ud800"}')).toMatch(/reason holds half/);
    expect(await message('{"input":{"a":"\\u0000"}}')).toMatch(
      /input\.a holds control/,
    );
    expect(await message('reason=a', 'text/plain')).toMatch(/media type/);
    expect(await message('"text"')).toMatch(/no JSON object/);
    expect(lab.gate.writes).toEqual([]);
  });

  it('answer secrets with 422 and without them', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    for (const [path, body] of [
      ['/requests', { ...submission, reason: token }],
      ['/requests', { ...submission, input: { env: [token] } }],
      ['/requests/assess', { ...submission, agentName: token }],
      ['/requests/r1/votes', { decision: 'deny', digest, comment: token }],
      ['/requests/r1/feedback', { verdict: 'wrong', comment: token }],
      ['/halt', { scope: 'all', reason: token }],
      ['/audit/erase', { seq: 1, why: token }],
    ] as const) {
      const { status, text } = await post(path, body);
      expect([path, status]).toEqual([path, 422]);
      expect(text).not.toContain(token);
      expect(text).not.toContain('a1B2');
    }
    await post('/requests', submission)
      .set('idempotency-key', token)
      .expect(422);
    expect(lab.gate.writes).toEqual([]);
  });

  it('stand in one OpenAPI document with the estate', async () => {
    const { body } = await get('/openapi.json').expect(200);
    const paths = Object.keys(body.paths);
    expect(paths).toContain('/api/causeway/requests/{id}/votes');
    expect(paths).toContain('/api/causeway/estate/graph');
    expect(body.info.title).toBe('Causeway');
  });

  it('tell nobody what is missing from what is forbidden', async () => {
    lab.decideBy(({ name }) => ({
      result:
        name === 'causeway.request.read'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    }));
    const [there, missing] = await Promise.all([
      get('/requests/r1'),
      get('/requests/r2'),
    ]);
    lab.decideBy(() => ({ result: AuthorizeResult.ALLOW }));
    expect([there.status, missing.status]).toEqual([404, 404]);
    expect(there.text.replaceAll('r1', '')).toBe(
      missing.text.replaceAll('r2', ''),
    );
  });
});
