import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, withFiles } from './testUtils';

interface Call {
  method: string;
  path: string;
  authorization?: string;
  body?: Record<string, unknown>;
}
type Answer = (
  call: Call,
  response: ServerResponse,
  nth: number,
) => [number, unknown] | undefined;

let answer: Answer;
let calls: Call[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(
    async (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const text = Buffer.concat(chunks).toString();
      const call = {
        method: request.method!,
        path: request.url!.replace('/api/causeway', ''),
        authorization: request.headers.authorization,
        body: text ? JSON.parse(text) : undefined,
      };
      calls.push(call);
      const told = answer(call, response, calls.length);
      if (told) {
        response.writeHead(told[0], { 'content-type': 'application/json' });
        response.end(
          typeof told[1] === 'string' ? told[1] : JSON.stringify(told[1]),
        );
      }
    },
  );
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  calls = [];
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
});

const run = (args: string[], more: { cwd?: string; stdin?: string } = {}) =>
  runCli(args, {
    cwd: more.cwd ?? '/',
    stdin: more.stdin,
    env: { CAUSEWAY_URL: url, CAUSEWAY_TOKEN: 's3cret' },
  });

const receipt = {
  id: '01JD2M',
  state: 'pending',
  tier: 2,
  summary: 'Scale payment-api from 3 to 6 pods',
  decidedBy: 'policy/decisions/scale-beyond',
  why: 'Needs 2 approvals',
  link: 'https://portal.example.com/approvals/01JD2M',
  expiresAt: 1_795_300_000_000,
  deciders: ['group:default/payments'],
  refusals: [],
};
const request = (state: string, events: string[] = []) => ({
  ...receipt,
  state,
  operation: { title: 'Scale a workload' },
  target: { title: 'payment-api' },
  plan: { summary: receipt.summary },
  assessment: {
    tier: 2,
    summary: receipt.why,
    decidedBy: receipt.decidedBy,
    refusals: [],
    approval: { approvers: receipt.deciders },
  },
  quorum: { missing: '2 more' },
  events: events.map(type => ({ type, message: `${type} it is` })),
});
const ask = ['request', 'scale-workload', 'resource:default/api', '-r', 'More'];

describe('causeway request', () => {
  it('asks with what it was given, and says what came of it', async () => {
    answer = () => [201, receipt];
    const { code, stdout, stderr } = await run([
      ...ask,
      ...['--input', '{"container":"api","replicas":1}', '-s', 'replicas=6'],
      ...['-s', 'name=blue green', '-s', 'dry=true', '-s', 'list=[1,"a"]'],
      ...['--key', 'incident-4711'],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(calls).toEqual([
      {
        method: 'POST',
        path: '/requests',
        authorization: 'Bearer s3cret',
        body: {
          operation: 'scale-workload',
          target: 'resource:default/api',
          reason: 'More',
          idempotencyKey: 'incident-4711',
          input: {
            container: 'api',
            replicas: 6,
            name: 'blue green',
            dry: true,
            list: [1, 'a'],
          },
        },
      },
    ]);
    expect(stdout).toBe(`Scale payment-api from 3 to 6 pods
  request  01JD2M
  state    pending
  tier     2
  why      Needs 2 approvals (policy/decisions/scale-beyond)
  decide   payments
  until    ${new Date(receipt.expiresAt).toISOString()}
  link     https://portal.example.com/approvals/01JD2M
`);
  });

  it('reads the input from standard input, and a record from a file', async () => {
    answer = () => [201, receipt];
    await withFiles({ 'record.json': '{"confidence":0.9}' }, async cwd => {
      await run([...ask, '--input', '@-', '--recommendation', '@record.json'], {
        cwd,
        stdin: '{"replicas":6}',
      });
    });
    expect(calls[0].body).toMatchObject({
      input: { replicas: 6 },
      recommendation: { confidence: 0.9 },
    });
  });

  it('sends once more what got no answer, with the same key', async () => {
    answer = (_, response, nth) => {
      if (nth === 1) {
        response.destroy();
        return undefined;
      }
      return [201, receipt];
    };
    expect(await run(ask)).toMatchObject({ code: 0 });
    expect(calls).toHaveLength(2);
    expect(calls[0].body?.idempotencyKey).toEqual(expect.any(String));
    expect(calls[1].body).toEqual(calls[0].body);
  });

  it('ends with 1 for what is refused, and says what to do instead', async () => {
    answer = () => [
      201,
      {
        ...receipt,
        state: 'refused',
        refusals: [
          {
            reason: 'Git sets it\u001b[2J\u202E\nstate    succeeded',
            hint: 'Change it there',
          },
        ],
      },
    ];
    const { code, stdout } = await run(ask);
    expect(code).toBe(1);
    expect(stdout).toContain('  refused  Git sets it [2J state    succeeded\n');
    expect(stdout).toContain('  hint     Change it there\n');
    expect(stdout).not.toContain('decide');
  });

  it.each([
    [[], 'Name an operation and a target'],
    [['scale-workload', 'a', 'b', '-r', 'x'], 'Name an operation and a target'],
    [['scale-workload', 'a'], 'Say why with --reason'],
    [['o', 't', '-r', 'x', '-s', 'replicas'], '--set takes name=value'],
    [['o', 't', '-r', 'x', '-s', 'a=1', '-s', 'a=2'], '--set gives a twice'],
    [['o', 't', '-r', 'x', '--input', '{'], '--input is not JSON'],
    [['o', 't', '-r', 'x', '--input', '[]'], 'must be a JSON object'],
    [['o', 't', '-r', 'x', '--input', '@none.json'], 'none.json'],
    [['o', 't', '-r', 'x', '--wait', 'long'], '--wait takes whole minutes'],
    [['o', 't', '-r', 'x', '--url', 'portal'], 'no address of a backend'],
  ])('asks for nothing when called with %j', async (args, said) => {
    const { code, stderr, stdout } = await run(['request', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(calls).toEqual([]);
  });

  it.each<[number, unknown, RegExp]>([
    [
      409,
      { error: { message: 'The key belongs to another request' } },
      /^error: The key belongs to another request\n$/,
    ],
    [401, 'no', /answers 401\. Log in with "backstage-cli auth login"/],
    [302, '', /redirect, which is not followed/],
    [200, '<html>', /something else than JSON/],
  ])('tells of the answer %d %j', async (status, body, said) => {
    answer = () => [status, body];
    const { code, stderr } = await run(ask);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('s3cret');
  });
});

describe('causeway status', () => {
  it('waits, tells each event once, and ends as the request does', async () => {
    const told = [
      request('pending', ['Submitted']),
      request('running', ['Submitted', 'Approved']),
      request('failed', ['Submitted', 'Approved', 'ExecutionFailed']),
    ];
    answer = (_, __, nth) => [200, told[Math.min(nth, told.length) - 1]];
    const { code, stdout, stderr } = await run([
      'status',
      '01JD2M',
      '--wait',
      '1',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('  state    failed\n');
    expect(stderr).toBe(
      'Submitted: Submitted it is\nApproved: Approved it is\nExecutionFailed: ExecutionFailed it is\n',
    );
  });

  it('goes on waiting while the gate is away for a moment', async () => {
    answer = (_, __, nth) =>
      nth === 1 ? [503, {}] : [200, request('succeeded', ['Verified'])];
    expect(await run(['status', '01JD2M', '--wait', '1'])).toMatchObject({
      code: 0,
    });
    expect(calls).toHaveLength(2);
  });

  it('does not wait for what it may not read', async () => {
    answer = () => [404, { error: { message: 'There is no request 01JD2M' } }];
    expect(await run(['status', '01JD2M', '--wait', '1'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: There is no request 01JD2M\n',
    });
    expect(calls).toHaveLength(1);
  });

  it.each([[[]], [['a', 'b']], [['../halt']]])(
    'asks for nothing when called with %j',
    async args => {
      expect((await run(['status', ...args])).code).toBe(2);
      expect(calls).toEqual([]);
    },
  );
});

describe('causeway approve-link', () => {
  it('prints the link alone, and says when nobody has to decide', async () => {
    answer = () => [200, request('pending')];
    expect(await run(['approve-link', '01JD2M'])).toEqual({
      code: 0,
      stdout: `${receipt.link}\n`,
      stderr: 'Missing: 2 more. Asked: group:default/payments\n',
    });
    answer = () => [200, request('denied')];
    expect(await run(['approve-link', '01JD2M'])).toMatchObject({
      code: 1,
      stderr: 'It does not wait for people: it is denied\n',
    });
  });
});

describe('causeway withdraw', () => {
  it('takes it back with what was said', async () => {
    answer = () => [200, request('withdrawn')];
    expect(
      await run(['withdraw', '01JD2M', '--comment', 'Not needed']),
    ).toMatchObject({ code: 0, stdout: expect.stringContaining('withdrawn') });
    expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual(
      [
        ['POST', '/requests/01JD2M/withdraw', { comment: 'Not needed' }],
        ['GET', '/requests/01JD2M', undefined],
      ],
    );
  });
});

describe('causeway audit export', () => {
  it('asks for what the filters name', async () => {
    answer = () => [200, '{"a":1}\n'];
    expect(
      await run([
        ...['audit', 'export', '--request-id', '01JD2M', '--type', 'vote'],
        ...['--from', '2026-11-22', '--until', '2026-11-23T00:00:00Z'],
      ]),
    ).toEqual({ code: 0, stdout: '{"a":1}\n', stderr: '' });
    expect(calls[0].path).toBe(
      '/audit/export?requestId=01JD2M&type=vote&from=1795305600000&until=1795392000000',
    );
    expect(await run(['audit', 'export', '--from', 'soon'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--from takes a time'),
    });
  });

  it('leaves no half of it behind when it breaks off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":1}\n', () => response.destroy());
      return undefined;
    };
    await withFiles({}, async cwd => {
      const { code, stderr } = await run(
        ['audit', 'export', '-o', 'trail.jsonl'],
        { cwd },
      );
      expect(code).toBe(2);
      expect(stderr).toContain('broke off');
      expect(existsSync(join(cwd, 'trail.jsonl'))).toBe(false);
    });
  });
});
