import { ConfigReader } from '@backstage/config';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOperationParts } from '../createBuiltInOperations';
import { anything, dryRunsOnly, readsOnly } from './guards';
import { type ApiRequest, JsonTransport } from './JsonTransport';
import { KubernetesPlanClient } from './KubernetesClients';

const path = '/apis/apps/v1/namespaces/a/deployments/b';
const { signal } = new AbortController();

/** A server that answers as it is told and remembers what it was asked. */
async function startServer() {
  const seen: { method?: string; url?: string; authorization?: string }[] = [];
  const state = {
    status: 200,
    headers: {} as Record<string, string>,
    body: '{}',
  };
  const server: Server = createServer((request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, authorization: headers.authorization });
    response.writeHead(state.status, state.headers).end(state.body);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    state,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
      }),
  };
}

describe('clients', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const transport = (guard = anything) =>
    new JsonTransport({
      source: 'east',
      guard,
      timeout: 20_000,
      connection: {
        server: server.url,
        headers: { authorization: 'Bearer hush' },
      },
    });

  it.each<ApiRequest>([
    { method: 'PATCH', path },
    { method: 'PATCH', path, query: { dryRun: '' } },
    { method: 'PATCH', path, query: { dryRun: 'None' } },
    { method: 'PATCH', path, query: { dryrun: 'All' } },
    { method: 'PATCH', path: `${path}?dryRun=All` },
    { method: 'PATCH', path: `${path}?x`, query: { dryRun: 'All' } },
    { method: 'POST', path, query: { dryRun: 'All' } },
    { method: 'GET', path },
  ])(
    'dry runs are dry runs: $method $path $query is not sent',
    async request => {
      await expect(
        transport(dryRunsOnly).send(request, signal),
      ).rejects.toThrow('A plan must not write');
      expect(server.seen).toEqual([]);
    },
  );

  it.each<ApiRequest>([
    { method: 'PATCH', path },
    { method: 'PATCH', path, query: { dryRun: 'All' } },
    { method: 'POST', path: '/api/v1/applications/a/sync' },
    {
      method: 'GET',
      path: '/api/v1/applications/a',
      query: { refresh: 'hard' },
    },
    { method: 'GET', path: '/api/v1/applications/a?refresh=hard' },
  ])('reads are reads: $method $path $query is not sent', async request => {
    await expect(transport(readsOnly).send(request, signal)).rejects.toThrow(
      'A plan must not write',
    );
    expect(server.seen).toEqual([]);
  });

  it('a plan client tries what it patches', async () => {
    const client = new KubernetesPlanClient({
      signal,
      reads: transport(readsOnly),
      dryRuns: use => use(transport(dryRunsOnly)),
    });
    await client.get(path);
    await client.dryRun(path, { type: 'merge', body: {} });
    expect(server.seen.map(({ method, url }) => [method, url])).toEqual([
      ['GET', path],
      ['PATCH', `${path}?fieldManager=causeway&dryRun=All`],
    ]);
    expect('patch' in client).toBe(false);
  });

  it('a path with a query of its own is never sent', async () => {
    await expect(
      transport().send({ method: 'PATCH', path: `${path}?a` }, signal),
    ).rejects.toThrow('has a query in its path');
    expect(server.seen).toEqual([]);
  });

  it('redirects are not followed', async () => {
    const elsewhere = await startServer();
    server.state.status = 307;
    server.state.headers = { location: `${elsewhere.url}/` };
    await expect(
      transport().send({ method: 'PATCH', path, body: {} }, signal),
    ).rejects.toMatchObject({ status: 307, tookEffect: 'no' });
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  it('answers are bounded', async () => {
    server.state.body = JSON.stringify({ x: 'y'.repeat(17 * 1024 * 1024) });
    await expect(
      transport().send({ method: 'GET', path }, signal),
    ).rejects.toMatchObject({ name: 'ApiFailure', status: undefined });
  });

  it.each([
    [400, 'no'],
    [401, 'no'],
    [403, 'no'],
    [404, 'no'],
    [408, 'perhaps'],
    [409, 'no'],
    [422, 'no'],
    [429, 'no'],
    [500, 'perhaps'],
    [502, 'perhaps'],
    [504, 'perhaps'],
  ])('after %i a write took effect: %s', async (status, tookEffect) => {
    server.state.status = status;
    await expect(
      transport().send({ method: 'PATCH', path, body: {} }, signal),
    ).rejects.toMatchObject({ status, tookEffect });
  });

  it('nothing took effect where nobody listens', async () => {
    const gone = await startServer();
    await gone.close();
    const nobody = new JsonTransport({
      source: 'east',
      guard: anything,
      timeout: 20_000,
      connection: { server: gone.url, headers: {} },
    });
    await expect(
      nobody.send({ method: 'PATCH', path, body: {} }, signal),
    ).rejects.toMatchObject({ tookEffect: 'no' });
  });

  it('what a server says is bounded, and credentials are not repeated', async () => {
    server.state.status = 403;
    server.state.body = JSON.stringify({ message: 'x'.repeat(10_000) });
    const error: any = await transport()
      .send({ method: 'PATCH', path, body: {} }, signal)
      .catch(thrown => thrown);
    expect(error.message.length).toBeLessThan(1000);
    expect(JSON.stringify([error.message, error.stack])).not.toContain('hush');
  });
});

describe('causeway.gate', () => {
  const parts = (gate: {}, more: {} = {}) =>
    createOperationParts({
      config: new ConfigReader({
        causeway: {
          gate,
          estate: {
            sources: {
              kubernetes: [{ id: 'east', url: 'https://east.example' }],
              argocd: [
                { id: 'argocd', url: 'https://argocd.example', token: 't' },
              ],
              ...more,
            },
          },
        },
      }),
    });

  it.each<[{}, string]>([
    [
      { credentials: { kubernetes: { west: { token: 't' } } } },
      'causeway.gate.credentials.kubernetes.west',
    ],
    [
      { credentials: { argocd: { east: { token: 't' } } } },
      'causeway.gate.credentials.argocd.east',
    ],
    [
      { credentials: { kubernetes: { east: {} } } },
      'exactly one of kubeconfig, inCluster, token, tokenFile',
    ],
    [
      {
        credentials: { kubernetes: { east: { token: 't', inCluster: true } } },
      },
      'found inCluster and token',
    ],
    [{ credentials: { argocd: { argocd: {} } } }, 'argocd.token'],
    [{ prices: { vcpuHour: 1 } }, 'causeway.gate.prices.gibHour'],
    [{ prices: { vcpuHour: -1, gibHour: 1 } }, 'causeway.gate.prices.vcpuHour'],
    [
      { prices: { vcpuHour: 1, gibHour: 1, currency: 'Euro' } },
      'causeway.gate.prices.currency',
    ],
  ])('%j stops the start: %s', (gate, message) => {
    expect(() => parts(gate)).toThrow(message);
  });

  it('takes other prices', () => {
    expect(
      parts({ prices: { currency: 'EUR', vcpuHour: 0.04, gibHour: 0 } }).prices,
    ).toEqual({ currency: 'EUR', vcpuHour: 0.04, gibHour: 0 });
    expect(parts({}).prices.currency).toBe('USD');
  });

  it('refuses a source without write credentials before anything is asked', () => {
    expect(() =>
      parts({}).plan.access.requireCredentials('kubernetes', 'east'),
    ).toThrow('The gate has no write credentials for source east');
  });
});
