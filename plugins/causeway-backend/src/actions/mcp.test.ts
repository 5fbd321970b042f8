import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { findPaths } from '@backstage/cli-common';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { smallEstate } from '../estate/__testUtils__/estates';
import { workload } from '../estate/__testUtils__/observations';
import { startQuestions } from '../estate/__testUtils__/startQuestions';
import { questionPaths } from '../estate/questions/questionsOpenApi';
import { questionNames } from '../estate/questions/createQuestions';
import { registerActions } from './registerActions';
import { gateActionNames } from './registerGateActions';
import { callTool, connectMcp } from './__testUtils__/connectMcp';

jest.setTimeout(60_000);

const config = {
  backend: { actions: { pluginSources: ['causeway'] } },
  mcpActions: {
    servers: {
      causeway: {
        name: 'Causeway',
        filter: {
          include: questionNames.map(name => ({ id: `causeway:${name}` })),
        },
      },
    },
  },
};

const payments = 'component:default/payment-api';
const checkout = 'component:default/checkout';

describe('the questions as tools of an MCP server', () => {
  let started: Awaited<ReturnType<typeof startQuestions>>;
  let client: Client;

  beforeAll(async () => {
    started = await startQuestions({
      features: [mcpPlugin],
      registerActions,
      config,
      observations: [
        ...smallEstate(),
        ...Array.from({ length: 12 }, (_, n) =>
          workload('production-eu', 'payments', `worker-${n}`, {
            image: `ghcr.io/meridian/worker:1.${n}.0`,
            data: {
              conditions: [
                {
                  type: 'Progressing',
                  status: 'False',
                  reason: 'ProgressDeadlineExceeded',
                },
              ],
            },
          }),
        ),
      ],
    });
    client = await connectMcp(started.server);
  });

  afterAll(() => client.close());

  it('are a list of at most 4.5 KB in which no schema is empty', async () => {
    const list = await client.listTools();
    expect(list.tools.map(({ name }) => name).sort()).toEqual(
      questionNames.map(name => `causeway.${name}`).sort(),
    );
    for (const { name, inputSchema, annotations, description } of list.tools) {
      expect([name, Object.keys(inputSchema.properties ?? {})]).not.toEqual([
        name,
        [],
      ]);
      expect(inputSchema).toMatchObject({ additionalProperties: false });
      expect(annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
      });
      expect(description!.length).toBeGreaterThan(60);
    }
    const bytes = Buffer.byteLength(JSON.stringify(list));
    process.stdout.write(`tools/list: ${bytes} bytes\n`);
    expect(bytes).toBeLessThanOrEqual(4608);
  });

  it('are what the named server of app-config.yaml carries', () => {
    // eslint-disable-next-line no-restricted-syntax -- a test runs from its source
    const { targetRoot } = findPaths(__dirname);
    const shipped = readFileSync(join(targetRoot, 'app-config.yaml'), 'utf8');
    expect(
      [...shipped.matchAll(/- id: causeway:(\S+)/g)].map(([, name]) => name),
    ).toEqual([...questionNames, ...gateActionNames]);
  });

  it('take the same input as their routes', async () => {
    const { tools } = await client.listTools();
    for (const name of questionNames) {
      const { inputSchema } = tools.find(
        tool => tool.name === `causeway.${name}`,
      )!;
      const { parameters } = questionPaths[`/estate/questions/${name}`].get;
      expect(Object.keys(inputSchema.properties!).sort()).toEqual(
        parameters.map(parameter => parameter.name).sort(),
      );
    }
  });

  it('answer "unhealthy production resources of team payments" in one call of less than 1,000 tokens', async () => {
    const { answer, text } = await callTool(client, 'find-entities', {
      kind: 'resource',
      environment: 'production',
      owner: 'payments',
      health: 'unhealthy',
    });
    expect(answer).toMatchObject({
      count: 12,
      shared: { owner: 'payments', environment: 'production' },
    });
    expect(answer.entities).toHaveLength(12);
    const tokens = encode(text).length;
    process.stdout.write(`12 unhealthy resources: ${tokens} tokens\n`);
    expect(tokens).toBeLessThan(1000);
  });

  it.each([
    ['find-entities', { text: 'checkout', kind: 'component' }],
    ['get-entity-context', { entity: 'payment-api' }],
    ['traverse-graph', { entity: payments, direction: 'backward', depth: 3 }],
    ['find-path', { from: 'checkout', to: 'payment-api' }],
    ['list-recent-changes', { entity: payments, window: '90d' }],
  ] as const)('answer %s as the route does', async (name, input) => {
    const { answer, isError, text } = await callTool(client, name, input);
    expect(isError).toBe(false);
    expect(JSON.parse(text)).toEqual(answer);
    expect(text).not.toContain('null');
    const withoutTime = ({ asOf, since, ...rest }: Record<string, unknown>) =>
      rest;
    expect(withoutTime(answer)).toEqual(
      withoutTime((await started.ask(name, input)) as {}),
    );
  });

  it('tell how two services hang together', async () => {
    const { answer } = await callTool(client, 'find-path', {
      from: 'checkout',
      to: 'payment-api',
    });
    expect(answer).toEqual({
      from: checkout,
      to: payments,
      length: 1,
      paths: [
        [
          {
            via: 'dependsOn',
            ref: payments,
            rule: 'service-dns-name',
            confidence: 'likely',
            untrusted: { evidence: expect.stringContaining('env URL') },
          },
        ],
      ],
    });
  });

  it.each([
    [
      'find-entities',
      { health: 'poorly' },
      /health cannot be 'poorly'; it is one of/,
    ],
    ['find-entities', { owners: 'payments' }, /Unrecognized key.*owners/s],
    ['find-entities', { limit: 5000 }, /limit|less than or equal to 100/],
    ['find-entities', { cursor: 'nonsense' }, /leave it out to begin again/],
    ['get-entity-context', {}, /entity/],
    [
      'get-entity-context',
      { entity: 'payment-apo' },
      /did you mean component:default\/payment-api\?/,
    ],
    ['traverse-graph', { entity: 'component:' }, /must be a reference such as/],
    [
      'find-path',
      { from: 'checkout', to: 'nothing-like-it' },
      /look for it with find-entities/,
    ],
    ['list-recent-changes', { window: 'yesterday' }, /such as 90m, 24h or 7d/],
  ])('say what is wrong with %s %j', async (name, input, message) => {
    const { isError, text } = await callTool(client, name, input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(text).toMatch(/^(InputError|NotFoundError): /);
  });

  it('answer a static token, and nobody without one', async () => {
    const service = await connectMcp(started.server, {
      authorization: mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('external:agent'),
        targetPluginId: 'mcp-actions',
      }),
    });
    const { answer } = await callTool(service, 'find-entities', {
      name: 'payment-api',
      kind: 'component',
    });
    expect(answer).toMatchObject({ count: 1, entities: [{ ref: payments }] });
    await service.close();
    await expect(
      connectMcp(started.server, {
        authorization: mockCredentials.none.header(),
      }),
    ).rejects.toThrow();
  });
});

it('hides the tools from whoever may not ask', async () => {
  let denied = false;
  const { server } = await startQuestions({
    registerActions,
    features: [
      mcpPlugin,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result:
              denied && permission.name === 'causeway.estate.questions.ask'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      }).factory,
    ],
    config,
  });
  denied = true;
  const client = await connectMcp(server);
  expect((await client.listTools()).tools).toEqual([]);
  const { isError, text } = await callTool(client, 'find-entities', {});
  expect([isError, text]).toEqual([true, expect.stringMatching(/not found/)]);
  await request(server)
    .get('/api/causeway/estate/questions/find-entities')
    .expect(403);
  await client.close();
});
