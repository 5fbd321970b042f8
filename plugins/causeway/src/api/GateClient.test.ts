import { GateClient } from './GateClient';

function createClient(answer: () => Response = () => new Response('{}')) {
  const fetch = jest.fn(async (_url: unknown, _init?: RequestInit) => answer());
  return { fetch, client: new GateClient({ fetchApi: { fetch } as never }) };
}

describe('GateClient', () => {
  it('writes lists comma separated and leaves out what is not asked', async () => {
    const { client, fetch } = createClient();
    await client.listRequests({
      state: ['pending', 'approved'],
      mine: true,
      asked: false,
      environment: [],
      text: 'a b',
      limit: 200,
    });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://causeway/requests?state=pending%2Capproved&mine=true&text=a+b&limit=200',
    );
  });

  it('asks each route with its method and body', async () => {
    const { client, fetch } = createClient();
    await client.getStatus();
    await client.getRequest('a/b');
    await client.vote('r1', { decision: 'deny', digest: 'd', comment: 'no' });
    await client.withdrawVote('r1');
    await client.withdraw('r1');
    await client.reconcile('r1', { outcome: 'failed', comment: 'saw it' });
    await client.complete('r1', 'done');
    await client.giveFeedback('r1', { verdict: 'wrong' });
    await client.getPolicy();
    await client.searchAudit({ type: 'vote', from: 5 });
    await client.verifyAudit();
    await client.getAuditAnchors();
    await client.exportAudit({ type: 'vote', cursor: 'c', limit: 5 });
    expect(
      fetch.mock.calls.map(
        ([url, init]) =>
          `${init?.method ?? 'GET'} ${String(url).replace('plugin://causeway', '')} ${init?.body ?? ''}`,
      ),
    ).toEqual([
      'GET /gate ',
      'GET /requests/a%2Fb ',
      'POST /requests/r1/votes {"decision":"deny","digest":"d","comment":"no"}',
      'POST /requests/r1/votes/withdraw {}',
      'POST /requests/r1/withdraw {}',
      'POST /requests/r1/reconcile {"outcome":"failed","comment":"saw it"}',
      'POST /requests/r1/complete {"comment":"done"}',
      'POST /requests/r1/feedback {"verdict":"wrong"}',
      'GET /policy ',
      'GET /audit?type=vote&from=5 ',
      'GET /audit/verify ',
      'GET /audit/anchors ',
      'GET /audit/export?type=vote ',
    ]);
  });

  it('takes the items out of lists that have a frame', async () => {
    const { client, fetch } = createClient(
      () => new Response('[{"name":"x"}]'),
    );
    await expect(
      client.listOperations({ type: 'kubernetes-workload' }),
    ).resolves.toEqual([{ name: 'x' }]);
    await expect(
      client.halt({ scope: 'all', reason: 'x' }),
    ).resolves.toHaveLength(1);
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'plugin://causeway/operations?type=kubernetes-workload',
      'plugin://causeway/halt',
    ]);
  });

  it('fails with what the gate said', async () => {
    const body = {
      error: { name: 'ConflictError', message: 'another digest' },
      response: { statusCode: 409 },
    };
    const { client } = createClient(
      () =>
        new Response(JSON.stringify(body), {
          status: 409,
          headers: { 'content-type': 'application/json' },
        }),
    );
    await expect(
      client.vote('r1', { decision: 'approve', digest: 'd' }),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: { message: 'another digest' },
    });
  });
});
