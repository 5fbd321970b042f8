import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Caller } from './__testUtils__/callers';
import { canaries, leafOf, leavesOf, withLeaf } from './__testUtils__/canaries';
import { connectAgent, type Agent } from './__testUtils__/connectAgent';
import { eventually } from './__testUtils__/eventually';
import { recordLogs } from './__testUtils__/recordLogs';
import { recordSpans } from './__testUtils__/recordSpans';
import {
  serviceTokens,
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';
import { storedText } from './__testUtils__/storedText';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

const submission = {
  operation: 'scale-workload',
  target: workloadRef('production-eu', 'payments', 'payment-api'),
  input: { replicas: 20 },
  reason: 'The queue grows',
  idempotencyKey: 'incident-1',
  agentName: 'scaler',
  recommendation: {
    asked: 'Keep it fast',
    decisionType: 'scaling',
    observed: [
      {
        name: 'p99',
        value: 900,
        unit: 'ms',
        window: 'PT15M',
        samples: 5,
        source: 'metrics',
      },
    ],
    constraints: ['At most 40'],
    decided: [{ path: 'spec.replicas', current: 10, proposed: 20 }],
    rationale: 'Each pod takes 200 requests a second',
    rejected: [{ alternative: 'Wait', why: 'It grows' }],
    confidence: 0.9,
    model: 'some-model-1',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    usage: { tokens: 1000, cost: 0.1, durationMs: 900 },
  },
};
const comment = 'Fits what the dashboards show';

/** A whole body of every route that takes one. */
const bodies: Record<string, object> = {
  '/requests': submission,
  '/requests/assess': submission,
  '/requests/{id}/votes': {
    decision: 'approve',
    digest: 'ab'.repeat(32),
    comment,
    lookedFor: 5,
  },
  '/requests/{id}/withdraw': { comment },
  '/requests/{id}/reconcile': { outcome: 'failed', comment },
  '/requests/{id}/complete': { comment },
  '/requests/{id}/feedback': { verdict: 'right', comment },
  '/halt': { scope: 'subject:nothing', reason: comment },
  '/halt/resume': { scope: 'subject:nothing', reason: comment },
};

const { idempotencyKey: _key, ...assessed } = submission;

/** A whole input of every tool of the gate. */
const toolInputs: Record<string, object> = {
  'request-operation': submission,
  'assess-request': assessed,
  'withdraw-request': { id: 'nothing', comment },
  'get-request': { id: 'nothing' },
  'list-requests': {
    state: 'pending',
    operation: 'scale-workload',
    environment: 'production',
    owner: 'payments',
    target: submission.target,
    asked: true,
    limit: 10,
    cursor: 'nothing',
  },
  'search-operations': { text: 'scale', target: submission.target },
};

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** Names of everything that a body may hold, as the OpenAPI document tells it. */
function fieldsOf({ properties = {}, items }: Schema, at = ''): string[] {
  return [
    ...(items ? fieldsOf(items, `${at}[]`) : []),
    ...Object.entries(properties).flatMap(([name, schema]) => [
      `${at}.${name}`,
      ...fieldsOf(schema, `${at}.${name}`),
    ]),
  ];
}

const placesOf = (body: object) =>
  new Set(
    leavesOf(body).flatMap(path =>
      path.map((_, at) =>
        path
          .slice(0, at + 1)
          .map(key => (typeof key === 'number' ? '[]' : `.${key}`))
          .join(''),
      ),
    ),
  );

describe.each(databases.eachSupportedId())('secrets at the gate, %s', id => {
  const logs = recordLogs();
  const stored = storedText();
  let spans: ReturnType<typeof recordSpans>;
  let gate: GatePortal;
  let agent: Agent;
  let ada: Caller;
  let tomas: Caller;
  let noor: Caller;
  let isla: Caller;
  let waiting: string;

  beforeAll(async () => {
    spans = recordSpans();
    gate = await startGatePortal(databases, id, {
      features: [stored.module, auditorServiceFactory],
      rootLogger: logs.rootLogger,
    });
    [ada, tomas, noor, isla] = await Promise.all(
      ['ada-okafor', 'tomas-novak', 'noor-rahman', 'isla-mcgregor'].map(
        gate.person,
      ),
    );
    agent = await connectAgent(
      gate.portal.server,
      await gate.portal.tokenOf('ada-okafor'),
    );
    const { body } = await ada.post('/requests', submission).expect(201);
    waiting = body.id;
  });
  afterAll(async () => {
    await agent?.close();
    await gate?.stop();
    spans?.stop();
  });

  /** All that is kept or told anywhere, by where. */
  async function everything(): Promise<Map<string, string>> {
    const told = await stored.read();
    told.set('logs', logs.lines.join('\n'));
    told.set('spans', spans.told.join('\n'));
    const { body: exported } = await isla
      .get('/audit/export')
      .buffer(true)
      .parse((res, done) => {
        let whole = '';
        res.on('data', (chunk: Buffer) => (whole += chunk.toString('utf8')));
        res.on('end', () => done(null, whole));
      })
      .expect(200);
    told.set('audit export', exported);
    return told;
  }

  async function findAnywhere(needles: Record<string, string>) {
    const found: string[] = [];
    for (const [where, text] of await everything()) {
      for (const [what, needle] of Object.entries(needles)) {
        if (text.includes(needle)) {
          found.push(`${what} in ${where}`);
        }
      }
    }
    return found;
  }

  const needles = Object.fromEntries(
    Object.entries(canaries).map(([what, { needle }]) => [what, needle]),
  );

  it('are looked for in every field that there is', async () => {
    const { body: document } = await ada.get('/openapi.json').expect(200);
    const posts = Object.entries<any>(document.paths).flatMap(
      ([path, { post }]) =>
        path.startsWith('/api/causeway/') && post?.requestBody
          ? [
              [
                path.replace('/api/causeway', ''),
                post.requestBody.content['application/json'].schema as Schema,
              ] as const,
            ]
          : [],
    );
    const ofTheGate = posts.filter(([path]) => /^\/(requests|halt)/.test(path));
    expect(ofTheGate.map(([path]) => path).sort()).toEqual(
      Object.keys(bodies).sort(),
    );
    for (const [path, schema] of ofTheGate) {
      const places = placesOf(bodies[path]);
      expect([path, fieldsOf(schema).filter(one => !places.has(one))]).toEqual([
        path,
        [],
      ]);
    }
  });

  it('are looked for in everything that a tool takes', async () => {
    expect(await agent.tools()).toEqual(
      expect.arrayContaining(
        Object.keys(toolInputs).map(tool => `causeway.${tool}`),
      ),
    );
    for (const [tool, input] of Object.entries(toolInputs)) {
      expect([tool, await agent.takes(tool)]).toEqual([
        tool,
        Object.keys(input).sort(),
      ]);
    }
  });

  describe.each(Object.entries(canaries))('%s', (_what, { text, needle }) => {
    it.each(Object.keys(bodies))(
      'is refused in each place of %s',
      async path => {
        const body = bodies[path];
        const send = async (sent: unknown) => {
          const { status, text: answer } = await noor.post(
            path.replace('{id}', waiting),
            sent,
          );
          expect([JSON.stringify(sent), status]).toEqual([
            JSON.stringify(sent),
            422,
          ]);
          expect(answer).not.toContain(needle);
        };
        for (const place of leavesOf(body)) {
          await send(withLeaf(body, place, text));
          await send(withLeaf(body, place, `see ${text}, as I said`));
        }
        // In a place that there is none, and as a name.
        await send({ ...body, more: { deep: [text] } });
        await send({ ...body, [text]: 'x' });
        // What is no JSON is not looked into, and not repeated either.
        const broken = await noor.post(
          path.replace('{id}', waiting),
          `{"comment": ${text}`,
        );
        expect(broken.status).toBe(400);
        expect(broken.text).not.toContain(needle);
      },
    );

    it.each(Object.keys(toolInputs))(
      'is refused by the tool %s for what it is, and not repeated',
      async tool => {
        const input = toolInputs[tool] as JsonObject;
        for (const place of leavesOf(input)) {
          const answer = await agent.call(
            tool,
            withLeaf(input, place, text) as JsonObject,
          );
          // Before it is looked for secrets, an action's schema may say that a number is none.
          const isText = typeof leafOf(input, place) === 'string';
          expect([tool, place, answer.isError, answer.text]).toEqual([
            tool,
            place,
            true,
            expect.stringMatching(
              isText
                ? /holds what looks like/
                : /holds what looks like|Expected/,
            ),
          ]);
          expect(answer.text).not.toContain(needle);
        }
      },
    );
  });

  it('are refused as the key of a request', async () => {
    const { text, needle } = canaries['a GitHub token'];
    const answer = await ada
      .post('/requests', submission)
      .set('idempotency-key', text);
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain(needle);
  });

  it('are nowhere afterwards, nor is the token of anybody who called', async () => {
    // Everybody has done what is theirs to do, with a token of theirs.
    const { digest } = (await noor.get(`/requests/${waiting}`)).body;
    for (const person of [tomas, noor]) {
      await person
        .post(`/requests/${waiting}/votes`, {
          decision: 'approve',
          digest,
          comment,
        })
        .expect(200);
    }
    await eventually(async () =>
      expect((await noor.get(`/requests/${waiting}`)).body.state).toBe(
        'succeeded',
      ),
    );
    await tomas
      .post(`/requests/${waiting}/feedback`, { verdict: 'right', comment })
      .expect(200);
    const asked = await agent.call('request-operation', {
      ...submission,
      idempotencyKey: 'incident-2',
      target: workloadRef('production-us', 'payments', 'payment-api'),
    });
    expect(asked.isError).toBe(false);
    await agent.call('withdraw-request', { id: asked.answer.id, comment });
    await gate.service('scaler').get('/requests').expect(200);

    const tokens: Record<string, string> = { ...serviceTokens };
    for (const login of ['ada-okafor', 'tomas-novak', 'noor-rahman']) {
      const token = await gate.portal.tokenOf(login);
      tokens[login] = token;
      // What is told of it without its signature would do for some.
      tokens[`${login}, its claims`] = token.split('.')[1];
    }
    expect(await findAnywhere({ ...needles, ...tokens })).toEqual([]);

    // The search finds what is there, everywhere that it looks.
    const there = await findAnywhere({ 'a comment': comment });
    expect(there).toContain('a comment in audit export');
    expect(
      there.filter(one => !one.endsWith('audit export')).length,
    ).toBeGreaterThan(0);
    expect(logs.lines.length).toBeGreaterThan(100);
    expect(logs.lines.join()).toMatch(/isAuditEvent/);
    expect(spans.told.join()).toMatch(/scale-workload/);
  });
});
