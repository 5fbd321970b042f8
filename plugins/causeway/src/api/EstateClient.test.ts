import { EstateClient } from './EstateClient';

function createClient(response: Response) {
  const fetch = jest.fn(async (_url: unknown, _init?: unknown) => response);
  return { fetch, client: new EstateClient({ fetchApi: { fetch } as never }) };
}

const ok = (body: unknown) => new Response(JSON.stringify(body));

describe('EstateClient', () => {
  it('asks for status, entity and graph at their routes', async () => {
    const { client, fetch } = createClient(ok({}));
    fetch.mockImplementation(async () => ok({ fine: true }));
    await expect(client.getStatus()).resolves.toEqual({ fine: true });
    await client.getEntity('component:default/payment-api');
    await client.getFacts('component:default/payment-api');
    await client.getChanges('component:default/payment-api');
    await client.getGraph({
      entityRef: 'component:default/payment-api',
      depth: 2,
      direction: 'both',
      limit: 500,
    });
    await client.findEntities({
      text: 'led a&b',
      types: ['x', 'y'],
      limit: 20,
    });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'plugin://causeway/estate/status',
      'plugin://causeway/estate/entities/component/default/payment-api',
      'plugin://causeway/estate/entities/component/default/payment-api/facts',
      'plugin://causeway/estate/entities/component/default/payment-api/changes?parts=true',
      'plugin://causeway/estate/graph?entityRef=component%3Adefault%2Fpayment-api&depth=2&direction=both&limit=500',
      'plugin://causeway/estate/questions/find-entities?text=led+a%26b&type=x%2Cy&limit=20',
    ]);
  });

  it('hands on the signal that gives up', async () => {
    const { client, fetch } = createClient(ok({}));
    const { signal } = new AbortController();
    await client.getStatus({ signal });
    expect(fetch.mock.calls[0][1]).toMatchObject({ signal });
  });

  it('fails with what the server said', async () => {
    const body = {
      error: { name: 'NotAllowedError', message: 'not yours' },
      response: { statusCode: 403 },
    };
    const { client } = createClient(
      new Response(JSON.stringify(body), {
        status: 403,
        headers: { 'content-type': 'application/json' },
      }),
    );
    await expect(client.getStatus()).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotAllowedError', message: 'not yours' },
    });
  });
});
