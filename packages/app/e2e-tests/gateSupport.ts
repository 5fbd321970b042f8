import { randomUUID } from 'node:crypto';
import { expect, type Browser, type Page } from '@playwright/test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  GateRequest,
  GateStatus,
  RequestPage,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import { adviserToken } from './gateEstate';

/** Who people of the simulated estate are to its sign-in. */
export const people = {
  /** Developer of Payments; the agent works for her. */
  ada: 'ada-okafor',
  /** On call for Payments: decides. */
  tomas: 'tomas-novak',
  /** Leads Platform: decides, halts and reads the trail. */
  noor: 'noor-rahman',
  /** Approves for Security, which answers for the capacity adviser. */
  isla: 'isla-mcgregor',
  /** Of another tenant. */
  mia: 'mia-fernandez',
} as const;
export type Somebody = (typeof people)[keyof typeof people];

const backend = process.env.CAUSEWAY_BACKEND_URL ?? 'http://localhost:7007';

/** The agent as the gate knows it: for whom it acts, and through what. */
const agentKey = 'user:default/ada-okafor via plugin:mcp-actions';

/** What it calls itself, which nobody checks. */
const agentName = 'scaling-adviser';

/** And what it calls itself to be taken for somebody else, at length. */
export const falseName = `Noor Rahman (approved)\u202E${' and so on'.repeat(7)}`;

/** A change is watched for 30 seconds, and a machine may be slow. */
export const patient = { timeout: 150_000 };

async function tokenOf(who: Somebody): Promise<string> {
  const response = await fetch(`${backend}/api/auth/personas/refresh`, {
    headers: { 'x-causeway-persona': who },
  }).catch(error => {
    throw new Error(
      `No backend answers at ${backend} (CAUSEWAY_BACKEND_URL): run npm start beside this. ${error}`,
    );
  });
  if (!response.ok) {
    throw new Error(
      `${who} cannot sign in at ${backend} (${response.status}): this scenario is about the simulated estate, so run npm start without --config.`,
    );
  }
  return (await response.json()).backstageIdentity.token;
}

/** The gate over REST, as one person; throws what the gate says where it refuses. */
export async function callGate<T>(
  who: Somebody,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${backend}/api/causeway${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${await tokenOf(who)}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

/** A request with everything that belongs to it, as Noor may see it. */
export const readRequest = (id: string) =>
  callGate<GateRequest>(people.noor, `/requests/${id}`);

/** What the agent reads in an answer of the gate. */
export interface Receipt {
  id: string;
  state: string;
  tier: number;
  decidedBy: string;
  why: string;
  link: string;
  expiresAt?: string;
  deciders?: string[];
  refusals?: { reason: string; hint?: string }[];
  untrusted?: { summary?: string };
}

/** An agent with an MCP client of its own and the token of the developer it works for. */
export class Agent {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async connect(): Promise<Agent> {
    const client = new Client({ name: agentName, version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`${backend}/api/mcp-actions/v1/causeway`),
        {
          requestInit: {
            headers: { authorization: `Bearer ${await tokenOf(people.ada)}` },
          },
        },
      ),
    );
    return new Agent(client);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Calls a tool of the gate; throws where the tool failed. */
  async call(tool: string, input: object): Promise<Receipt> {
    const result = await this.#client.callTool({
      name: `causeway.${tool}`,
      arguments: { ...input },
    });
    if (result.isError) {
      throw new Error(`${tool}: ${JSON.stringify(result.content)}`);
    }
    return result.structuredContent as unknown as Receipt;
  }

  /** Recommends another number of pods, with a decision record that lacks nothing. */
  scale(change: {
    target: string;
    from: number;
    to: number;
    /** What the record says that it does, where that is something else. */
    says?: number;
    /** What it calls itself. */
    agentName?: string;
  }): Promise<Receipt> {
    const { target, from, to, says = to } = change;
    return this.call('request-operation', {
      operation: 'scale-workload',
      target,
      input: { replicas: to },
      reason: 'p99 of payments is 900 ms and Friday is near',
      idempotencyKey: randomUUID(),
      agentName: change.agentName ?? agentName,
      recommendation: {
        asked: 'Make sure that payments hold on Friday',
        decisionType: 'scaling',
        observed: [
          {
            name: 'p99 latency',
            value: 900,
            unit: 'ms',
            window: 'PT15M',
            samples: 5400,
          },
        ],
        constraints: ['The cluster has room for 40 pods'],
        decided: [{ path: 'spec.replicas', current: from, proposed: says }],
        rationale: 'Latency rises with use of CPU, which is at 92 %',
        rejected: [
          {
            alternative: 'Raise the CPU request',
            why: 'It replaces all pods in the busiest week',
          },
        ],
        confidence: 0.86,
        model: 'atlas-4',
      },
    });
  }
}

/** Meridian's capacity adviser: a program with a token of its own, over REST. */
export async function adviseToScale(change: {
  target: string;
  from: number;
  to: number;
}): Promise<{ id: string; state: string; deciders: string[]; link: string }> {
  const { target, from, to } = change;
  const response = await fetch(`${backend}/api/causeway/requests`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adviserToken()}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      operation: 'scale-workload',
      target,
      input: { replicas: to },
      reason: 'The queue of payments grows by 200 a minute',
      recommendation: {
        asked: 'Keep the queue of payments below 1,000',
        decisionType: 'scaling',
        observed: [
          { name: 'queue', value: 4200, unit: 'messages', window: 'PT15M' },
        ],
        constraints: ['The cluster has room for 40 pods'],
        decided: [{ path: 'spec.replicas', current: from, proposed: to }],
        rationale: 'A pod takes 20 messages a minute',
        rejected: [{ alternative: 'Wait', why: 'It has grown for an hour' }],
        confidence: 0.8,
        model: 'adviser-2',
      },
    }),
  });
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return response.json();
}

/** A person's window of the portal, with what reached it unasked and what went wrong in it. */
export interface Window {
  page: Page;
  /** What the server pushed, as it came. */
  pushed: string[];
  errors: string[];
}

/** Opens the portal as somebody, apart from everybody else. */
export async function openAs(
  browser: Browser,
  who: Somebody,
  path: string,
): Promise<Window> {
  const context = await browser.newContext();
  await context.addInitScript(
    persona => window.localStorage.setItem('causeway.persona', persona),
    who,
  );
  const page = await context.newPage();
  const opened: Window = { page, pushed: [], errors: [] };
  page.on('websocket', socket =>
    socket.on('framereceived', ({ payload }) =>
      opened.pushed.push(String(payload)),
    ),
  );
  page.on('pageerror', error => opened.errors.push(error.message));
  page.on('console', message => {
    // React's development warnings are about libraries and absent in production.
    if (message.type() === 'error' && !message.text().startsWith('Warning:')) {
      opened.errors.push(`${message.text()} (${message.location().url})`);
    }
  });
  await page.goto(path);
  await expect(
    page.getByRole('heading', { level: 1 }).or(page.getByRole('tablist')),
  ).not.toHaveCount(0);
  return opened;
}

/** Of the halt within which the scenario declares its freeze. */
export const haltReason = 'Until the freeze is declared';

/**
 * Takes back what an earlier run may have left when it was cut short, and
 * waits for what it may have left running. Halting and resuming the agent has
 * it begin anew, so that its breaker forgets earlier runs.
 */
export async function beginAnew(freeze: string): Promise<void> {
  const resume = (scope: string) =>
    callGate(people.noor, '/halt/resume', { scope, reason: 'Begins anew' });
  const readStatus = () => callGate<GateStatus>(people.noor, '/gate');
  const { halts } = await readStatus();
  for (const { scope, reason } of halts) {
    if (scope === agentKey || reason === haltReason) {
      await resume(scope);
    }
  }
  await callGate(people.noor, '/halt', {
    scope: agentKey,
    reason: 'Begins anew',
  });
  await resume(agentKey);
  const listed = async (...states: RequestState[]) =>
    (await callGate<RequestPage>(people.ada, `/requests?state=${states}`))
      .items;
  const ofAgent = async (...states: RequestState[]) =>
    (await listed(...states)).filter(
      ({ requester: { unverifiedName } }) =>
        unverifiedName === agentName || unverifiedName === falseName,
    );
  for (const { id } of await ofAgent('pending', 'approved')) {
    await callGate(people.ada, `/requests/${id}/withdraw`, {});
  }
  // Nobody takes back what the adviser asked for; it can be denied.
  for (const { id, requester } of await listed('pending')) {
    if (requester.ref === 'subject:capacity-adviser') {
      const { digest } = await readRequest(id);
      await callGate(people.noor, `/requests/${id}/votes`, {
        decision: 'deny',
        digest,
        comment: 'Left by an earlier run',
      });
    }
  }
  await expect.poll(() => ofAgent('running', 'verifying'), patient).toEqual([]);
  await expect
    .poll(
      async () => (await readStatus()).freezes.map(({ name }) => name),
      patient,
    )
    .not.toContain(freeze);
}
