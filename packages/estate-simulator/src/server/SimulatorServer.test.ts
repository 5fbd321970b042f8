import express from 'express';
import { createManualTimers } from '../kubernetes/Timers';
import { createSimulatorServer, SimulatorServer } from './SimulatorServer';

describe('createSimulatorServer', () => {
  const timers = createManualTimers();
  let server: SimulatorServer;
  let counted: number;

  beforeEach(async () => {
    const router = express.Router();
    router.get('/hello', (_req, res) => {
      res.json({ hello: 'world' });
    });
    counted = 0;
    router.post('/count', (_req, res) => {
      counted += 1;
      res.json({ counted });
    });
    router.get('/count', (_req, res) => {
      res.json({ counted });
    });
    router.get('/open', (_req, res) => {
      res.write('first\n');
    });
    server = await createSimulatorServer({
      mounts: [{ path: '/one', router }],
      timers,
    });
  });

  afterEach(() => server.close());

  const get = (path: string) => fetch(server.httpUrl + path);
  const hello = () => get('/one/hello');

  it('serves its mounts, and nothing else', async () => {
    expect(await (await hello()).json()).toEqual({ hello: 'world' });
    expect((await get('/two')).status).toBe(404);
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(server.httpUrl).port);
    await expect(
      createSimulatorServer({ mounts: [], httpPort: port }),
    ).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken: stop what listens there or choose another httpPort`,
    );
    await expect(
      createSimulatorServer({ mounts: [], httpsPort: port }),
    ).rejects.toThrow('choose another httpsPort');
  });

  it('ends open answers when it closes', async () => {
    const open = await get('/one/open');
    await server.close();
    await expect(open.text()).rejects.toThrow();
  });

  it('answers in place of the real thing, so many times', async () => {
    const id = server.faults.add({
      method: 'get',
      path: '/one',
      status: 429,
      headers: { 'Retry-After': '7' },
      body: { message: 'slow down' },
      times: 2,
    });
    for (let count = 0; count < 2; count++) {
      const response = await hello();
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBe('7');
      expect(await response.json()).toEqual({ message: 'slow down' });
    }
    expect((await hello()).status).toBe(200);
    expect(server.faults.list()).toMatchObject([{ id, seen: 2 }]);
    expect(server.faults.remove(id)).toBe(true);
    expect(server.faults.remove(id)).toBe(false);
  });

  it('delays and breaks connections', async () => {
    server.faults.add({ path: /hello$/, delayMs: 5000, times: 1 });
    const late = hello();
    while (timers.pending === 0) await new Promise(setImmediate);
    timers.advance(5000);
    expect((await late).status).toBe(200);

    server.faults.add({ path: /hello$/, cut: 'before', times: 1 });
    await expect(hello()).rejects.toThrow('fetch failed');

    server.faults.add({ path: /hello$/, cut: 'middle', times: 1 });
    const half = await hello();
    expect(half.status).toBe(200);
    await expect(half.text()).rejects.toThrow();
    expect((await hello()).status).toBe(200);
  });

  it('does what was asked and never says so', async () => {
    server.faults.add({ path: /count$/, mute: true, times: 1 });
    const impatient = new AbortController();
    const unanswered = fetch(`${server.httpUrl}/one/count`, {
      method: 'POST',
      signal: impatient.signal,
    });
    while (counted === 0) await new Promise(setImmediate);
    impatient.abort();
    await expect(unanswered).rejects.toThrow('aborted');
    expect(await (await get('/one/count')).json()).toEqual({ counted: 1 });
  });

  it('takes faults over HTTP', async () => {
    const admin = (method: string, body?: unknown, path = '') =>
      fetch(`${server.httpUrl}/simulator/faults${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    // Not even a fault on everything locks the way out.
    const added = await admin('POST', { pattern: '.*', status: 500 });
    expect(added.status).toBe(201);
    const { id } = (await added.json()) as { id: string };
    expect((await hello()).status).toBe(500);
    expect(await (await admin('GET')).json()).toEqual([
      { id, pattern: '.*', status: 500, seen: 1 },
    ]);
    expect((await admin('DELETE', undefined, `/${id}`)).status).toBe(204);
    expect((await admin('DELETE', undefined, `/${id}`)).status).toBe(404);
    expect((await hello()).status).toBe(200);
    for (const [fault, error] of [
      [{ status: 500 }, /needs path/],
      [{ path: '/a', pattern: 'b', status: 500 }, /one of the two/],
      [{ pattern: '(', status: 500 }, /^pattern: /],
      [{ path: '/a', status: 'abc' }, /^status is a status from 100 to 599/],
      [{ path: '/a', cut: true }, /^cut is before or middle, not true/],
      [{ path: '/a', cuts: 'before' }, /there is no cuts/],
      [{ path: '/a', rewrite: 'odd' }, /^rewrite is empty, /],
      [{ path: '/a', method: 'PATCH' }, /says what goes wrong/],
      [[], /is an object/],
    ] as const) {
      const refused = await admin('POST', fault);
      expect(refused.status).toBe(400);
      const answer = (await refused.json()) as { error: string };
      expect(answer.error).toMatch(error);
    }
    expect(await (await admin('GET')).json()).toEqual([]);
    expect((await admin('DELETE')).status).toBe(204);
  });
});
