import { mockCredentials } from '@backstage/backend-test-utils';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { FakeCatalog } from '../estate/__testUtils__/startEstate';
import type { Ask } from '../estate/questions/createQuestions';
import { FakeAudit } from './__testUtils__/FakeAudit';
import { FakeGate } from './__testUtils__/FakeGate';
import { digest, gateRequest } from './__testUtils__/requests';
import { AuthorizedGate } from './AuthorizedGate';
import type { AgentConfig } from './config/GateConfig';
import { causewayRequestConditions as conditions } from './permissions/requestConditions';
import { RequestPermissions } from './permissions/RequestPermissions';
import { causewayRequestRules } from './permissions/requestRules';
import type { PermissionsOff } from './permissions/requireWriter';
import type { Call } from './principals/Call';
import type { Principal } from './principals/Principal';

const grace: Principal = {
  kind: 'user',
  ref: 'user:default/grace',
  session: 'interactive',
};

const call = (principal: Principal = grace): Call => ({
  caller: { principal, entrance: 'rest' },
  credentials:
    principal.kind === 'user'
      ? mockCredentials.user(principal.ref)
      : mockCredentials.service(),
});

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const where = (
  criteria: PermissionCriteria<PermissionCondition>,
): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'causeway',
  resourceType: 'causeway-request',
  conditions: criteria,
});

/** Of payments, which r1 is, or of somebody else, which it is not. */
const ofPayments = where(
  conditions.isTargetOwnedBy({ owners: ['group:default/Payments'] }),
);
const ofOthers = where(
  conditions.isTargetOwnedBy({ owners: ['group:default/others'] }),
);

function lab(
  decisions: Record<string, PolicyDecision> = {},
  options: {
    hidden?: string[];
    permissionsOff?: PermissionsOff;
    agents?: AgentConfig[];
  } = {},
) {
  const gate = new FakeGate();
  gate.auditors = [grace.ref];
  gate.erasers = [grace.ref];
  gate.halters = [grace.ref];
  const catalog = new FakeCatalog();
  catalog.entities = ['payment-api', 'ledger'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service' },
  }));
  const { hidden = [] } = options;
  catalog.hidden = ref => hidden.includes(ref);
  const decide = async (asked: readonly { permission: { name: string } }[]) =>
    asked.map(({ permission: { name } }) =>
      name === 'catalog.entity.read' && options.hidden
        ? where({ resourceType: 'a', rule: 'b' })
        : (decisions[name] ?? allow),
    );
  const permissions = {
    authorize: decide,
    authorizeConditional: decide,
  } as PermissionsService;
  const questions: object[] = [];
  const ask = (async (_name: string, input: object) => {
    questions.push(input);
    return {
      root: 'component:default/payment-api',
      count: 3,
      by: {
        type: { 'component/service': 2, api: 1 },
        environment: { production: 3 },
        owner: { storefront: 2, 'user:default/ada': 1 },
      },
      groups: [
        { environment: 'production,staging', refs: ['a', 'b'] },
        { environment: 'production', refs: ['c'] },
      ],
    };
  }) as unknown as Ask;
  const authorized = new AuthorizedGate({
    gate,
    audit: new FakeAudit(),
    permissions: new RequestPermissions(permissions, {
      getRuleByName: name =>
        Object.values(causewayRequestRules).find(
          rule => rule.name === name,
        ) as never,
    }),
    sight: {
      catalog,
      permissions,
      ask,
      serviceOf: async () => 'component:default/payments',
    },
    agents: options.agents ?? [],
    permissionsOff: options.permissionsOff,
  });
  return { gate, authorized, questions };
}

const submission = {
  operation: 'scale-workload',
  target: 'component:default/payment-api',
  input: { replicas: 6 },
  reason: 'The queue grows',
};

describe.each<
  [method: string, permission: string, run: (gate: AuthorizedGate) => unknown]
>([
  ['assess', 'create', gate => gate.assess(submission, call())],
  ['submit', 'create', gate => gate.submit(submission, call())],
  ['get', 'read', gate => gate.get('r1', call())],
  [
    'vote',
    'vote',
    gate => gate.vote('r1', { decision: 'approve', digest }, call()),
  ],
  ['withdrawVote', 'vote', gate => gate.withdrawVote('r1', call())],
  [
    'withdraw',
    'withdraw',
    gate =>
      gate.withdraw(
        'r1',
        undefined,
        call({ ...grace, ref: 'user:default/ada' }),
      ),
  ],
  [
    'reconcile',
    'reconcile',
    gate => gate.reconcile('r1', { outcome: 'failed', comment: 'a' }, call()),
  ],
  ['complete', 'reconcile', gate => gate.complete('r1', undefined, call())],
  [
    'giveFeedback',
    'feedback',
    gate => gate.giveFeedback('r1', { verdict: 'right' }, call()),
  ],
])('%s asks for causeway.request.%s', (method, permission, run) => {
  const name = `causeway.request.${permission}`;
  const outcome = async (decision: PolicyDecision) => {
    const { gate, authorized } = lab({ [name]: decision });
    const error = await Promise.resolve(run(authorized)).then(
      () => undefined,
      (failure: Error) => failure.name,
    );
    return { error, asked: gate.asked.map(one => one.method) };
  };
  const refused = permission === 'read' ? 'NotFoundError' : 'NotAllowedError';

  it('and refuses without it', async () => {
    expect(await outcome(deny)).toEqual({ error: refused, asked: [] });
  });

  it('and holds its conditions against the request', async () => {
    expect(await outcome(ofOthers)).toEqual({ error: refused, asked: [] });
    expect(await outcome(ofPayments)).toEqual({
      error: undefined,
      asked: [method],
    });
  });

  it('and passes on with it', async () => {
    expect(await outcome(allow)).toEqual({ error: undefined, asked: [method] });
  });
});

describe('list and status', () => {
  const query = { state: ['pending' as const] };

  it('refuse a list without the permission, and count nothing', async () => {
    const { authorized } = lab({ 'causeway.request.read': deny });
    await expect(authorized.list(query, call())).rejects.toThrow(
      /asks for the permission causeway\.request\.read/,
    );
    expect(await authorized.status(call())).toMatchObject({ pending: 0 });
  });

  it('let conditions reach SQL', async () => {
    const { gate, authorized } = lab({
      'causeway.request.read': where({
        anyOf: [
          conditions.isTargetOwnedBy({ owners: ['group:default/PAYMENTS'] }),
          {
            allOf: [
              conditions.isInEnvironment({ environments: ['staging'] }),
              conditions.isOperation({ operations: ['scale-workload'] }),
              { not: conditions.isTier({ tiers: [3] }) },
              conditions.isRequester({ refs: ['user:default/Grace'] }),
            ],
          },
        ],
      }),
    });
    expect(await authorized.list(query, call())).toMatchObject({ total: 1 });
    const filter = {
      anyOf: [
        { column: 'owner', anyOf: ['group:default/payments'] },
        {
          allOf: [
            { column: 'environment', anyOf: ['staging'] },
            { column: 'operation', anyOf: ['scale-workload'] },
            { not: { column: 'tier', anyOf: [3] } },
            { column: 'requester', anyOf: ['user:default/grace'] },
          ],
        },
      ],
    };
    await authorized.status(call());
    await authorized.get('r1', call());
    expect(gate.asked.map(({ method, args }) => [method, args.at(-1)])).toEqual(
      [
        ['list', filter],
        ['status', filter],
        ['get', filter],
      ],
    );
  });

  it('pass on with it', async () => {
    const { gate, authorized } = lab();
    expect(await authorized.list(query, call())).toMatchObject({ total: 1 });
    expect(gate.asked[0].args).toEqual([query, undefined]);
  });
});

describe.each<
  [method: string, permission: string, run: (gate: AuthorizedGate) => unknown]
>([
  ['operations', 'causeway.policy.read', gate => gate.operations(call())],
  ['policy', 'causeway.policy.read', gate => gate.policy(call())],
  ['status', 'causeway.policy.read', gate => gate.status(call())],
  ['audit', 'causeway.audit.read', gate => gate.audit(call())],
  [
    'eraseAudit',
    'causeway.audit.erase',
    gate => gate.eraseAudit({ seq: 1, why: 'ticket 12' }, call()),
  ],
  [
    'halt',
    'causeway.gate.halt',
    gate => gate.halt({ scope: 'all', reason: 'a' }, call()),
  ],
  ['resume', 'causeway.gate.halt', gate => gate.resume('all', 'a', call())],
])('%s asks for %s', (_, permission, run) => {
  it('and refuses without it, and passes on with it', async () => {
    await expect(
      Promise.resolve(run(lab({ [permission]: deny }).authorized)),
    ).rejects.toThrow(`asks for the permission ${permission}`);
    expect(await run(lab().authorized)).toBeDefined();
  });
});

describe('scope', () => {
  const subject: Principal = {
    kind: 'subject',
    ref: 'subject:scaler',
    operations: ['scale-workload'],
    environments: ['production'],
    accountable: 'group:default/platform',
  };
  const agent: Principal = { ...grace, actor: 'plugin:mcp-actions' };
  const registered = {
    key: 'user:default/grace via plugin:mcp-actions',
    accountable: 'group:default/platform',
    operations: ['scale-workload'],
    environments: ['staging'],
  };
  const may = (principal: Principal, agents: AgentConfig[] = []) =>
    lab({}, { agents })
      .authorized.submit(submission, call(principal))
      .then(
        () => true,
        ({ message }) => message,
      );

  it('of a subject is its operations and environments', async () => {
    expect(await may(subject)).toBe(true);
    const told =
      /^subject:scaler may ask for .*: see causeway\.gate\.subjects$/;
    expect(await may({ ...subject, environments: ['staging'] })).toMatch(told);
    expect(await may({ ...subject, operations: ['restart'] })).toMatch(told);
  });

  it('of a registered agent is what configuration says; of others policy decides', async () => {
    expect(await may(agent)).toBe(true);
    expect(await may(agent, [registered])).toBe(
      'user:default/grace via plugin:mcp-actions may ask for scale-workload in staging, and not for scale-workload in production: see causeway.gate.agents',
    );
    expect(
      await may(agent, [{ ...registered, environments: ['production'] }]),
    ).toBe(true);
    expect(await may(grace, [registered])).toBe(true);
    expect(
      await may(subject, [{ ...registered, key: 'subject:scaler' }]),
    ).toMatch(/see causeway\.gate\.agents$/);
  });
});

describe('a caller who may not read every entity', () => {
  const secret = (id: string): GateRequest =>
    gateRequest({
      id,
      target: {
        ...gateRequest().target,
        entityRef: 'component:default/ledger',
      },
    });
  const restricted = (requests: GateRequest[]) => {
    const made = lab({}, { hidden: ['component:default/ledger'] });
    made.gate.requests = requests;
    return made;
  };

  it('finds a request about a hidden target nowhere', async () => {
    const { gate, authorized } = restricted([gateRequest(), secret('r2')]);
    const missing = (id: string) => (error: Error) =>
      expect([error.name, error.message.replace(id, '')]).toEqual([
        'NotFoundError',
        'There is no request  that you may see; check the id',
      ]);
    expect.assertions(5);
    await authorized.get('r2', call()).catch(missing('r2'));
    await authorized.get('r9', call()).catch(missing('r9'));
    await authorized
      .vote('r2', { decision: 'approve', digest }, call())
      .catch(missing('r2'));
    await expect(
      authorized.submit(
        { ...submission, target: 'component:default/ledger' },
        call(),
      ),
    ).rejects.toThrow(NotFoundError);
    expect(gate.writes).toEqual([]);
  });

  it('is told of a blast radius of what they may read', async () => {
    const { authorized, questions } = restricted([gateRequest()]);
    const counted = {
      of: 'component:default/payments',
      total: 3,
      atLeast: false,
      byKind: { component: 2, api: 1 },
      byEnvironment: { production: 3, staging: 2 },
      byOwner: { 'group:default/storefront': 2, 'user:default/ada': 1 },
    };
    expect((await authorized.get('r1', call())).blastRadius).toEqual(counted);
    expect((await authorized.assess(submission, call())).blastRadius).toEqual(
      counted,
    );
    expect((await authorized.withdrawVote('r1', call())).blastRadius).toEqual(
      counted,
    );
    // The same question as the gate's own: what needs the service.
    expect(questions[0]).toMatchObject({
      entity: 'component:default/payments',
      direction: 'backward',
      relations: 'dependsOn,exposes,uses,consumesApi',
    });
  });

  it('sees the same lists, cursors and counts whether or not hidden ones exist', async () => {
    const own = Array.from({ length: 7 }, (_, n) =>
      gateRequest({ id: `own${n}` }),
    );
    const beside = own.flatMap((request, n) => [
      ...(n % 2 ? [secret(`a${n}`), secret(`b${n}`)] : []),
      request,
    ]);
    const seen = async (requests: GateRequest[]) => {
      const { authorized } = restricted(requests);
      const pages = [];
      let cursor: string | undefined;
      do {
        const page = await authorized.list({ limit: 3, cursor }, call());
        pages.push(page);
        cursor = page.nextCursor;
      } while (cursor);
      return { pages, status: await authorized.status(call()) };
    };
    const alone = await seen(own);
    expect(alone.pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
    expect(alone.status.pending).toBe(7);
    expect(await seen([...beside, secret('last')])).toEqual(alone);
  });

  it('walks through many, and is told of no more than there are', async () => {
    const { authorized } = restricted(
      Array.from({ length: 1000 }, (_, n) =>
        n % 3 ? secret(`s${n}`) : gateRequest({ id: `own${n}` }),
      ),
    );
    const page = await authorized.list({ limit: 200 }, call());
    expect([page.items.length, page.total]).toEqual([200, 334]);
  });
});

it('tells of recent failures only that the caller may see', async () => {
  const { gate, authorized } = lab({ 'causeway.request.read': ofPayments });
  const failure = { at: 1, title: 'Scale workload', state: 'failed' as const };
  gate.requests = [
    gateRequest({
      recentFailures: [
        { ...failure, id: 'r2' },
        { ...failure, id: 'r3' },
        { ...failure, id: 'gone' },
      ],
    }),
    gateRequest({ id: 'r2' }),
    gateRequest({
      id: 'r3',
      target: { ...gateRequest().target, owner: 'group:default/others' },
    }),
  ];
  expect(
    (await authorized.get('r1', call())).recentFailures.map(({ id }) => id),
  ).toEqual(['r2']);
});

it('offers only what permissions and the kind of caller leave', async () => {
  const choices = async (
    made: ReturnType<typeof lab>,
    principal: Principal = grace,
  ) =>
    Object.entries(
      (await made.authorized.get('r1', call(principal))).choices!,
    ).flatMap(([name, { allowed }]) => (allowed ? [name] : []));
  const all = ['vote', 'withdraw', 'reconcile', 'feedback', 'complete'];
  expect(await choices(lab())).toEqual(all);
  expect(await choices(lab({ 'causeway.request.vote': ofOthers }))).toEqual(
    all.filter(name => name !== 'vote'),
  );
  expect(await choices(lab({ 'causeway.request.reconcile': deny }))).toEqual([
    'vote',
    'withdraw',
    'feedback',
  ]);
  expect(
    await choices(lab(), { ...grace, actor: 'plugin:mcp-actions' }),
  ).toEqual(['withdraw']);
  expect(
    await choices(lab(), { kind: 'other', ref: 'plugin:a', refusal: 'No' }),
  ).toEqual([]);
  expect(await choices(lab({}, { permissionsOff: 'read-only' }))).toEqual([]);
  expect(await choices(lab({}, { permissionsOff: 'allowed' }))).toEqual(all);
});

it.each([
  ['halt', 'causeway.gate.halt'],
  ['readAudit', 'causeway.audit.read'],
] as const)(
  'offers %s to whom the gate lets, with the permission, in person',
  async (name, permission) => {
    const choice = async (
      { authorized }: ReturnType<typeof lab>,
      principal?: Principal,
    ) => (await authorized.status(call(principal))).choices[name];
    expect(await choice(lab())).toEqual({ allowed: true });
    expect(
      await choice(lab(), { ...grace, ref: 'user:default/ada' }),
    ).toMatchObject({ allowed: false });
    expect(await choice(lab({ [permission]: deny }))).toEqual({
      allowed: false,
      why: `It asks for the permission ${permission}`,
    });
    expect(
      await choice(lab(), { ...grace, actor: 'plugin:mcp-actions' }),
    ).toMatchObject({ allowed: false });
    // What is read-only can still be read.
    expect(
      await choice(lab({}, { permissionsOff: 'read-only' })),
    ).toMatchObject({ allowed: name === 'readAudit' });
  },
);

it('says that it is read-only, and why', async () => {
  const { authorized } = lab({}, { permissionsOff: 'read-only' });
  expect(await authorized.status(call())).toMatchObject({
    open: false,
    why: expect.stringMatching(/permission\.enabled is not true/),
  });
  await expect(authorized.submit(submission, call())).rejects.toThrow(
    /read-only/,
  );
});

describe('the scaffolder, by itself', () => {
  const scaffolder: Principal = {
    kind: 'other',
    ref: 'plugin:scaffolder',
    refusal: 'plugins never ask',
  };
  const asked = (entrance: GateRequest['requester']['entrance']) => {
    const made = lab();
    const [request] = made.gate.requests;
    made.gate.requests = [
      { ...request, requester: { ...request.requester, entrance } },
    ];
    return made;
  };

  it('reads how far a request of a template is, and not what it is about', async () => {
    const { authorized, gate } = asked('template');
    const progress = await authorized.progress('r1', call(scaffolder));
    expect(progress).toMatchObject({
      id: 'r1',
      state: 'pending',
      deciders: gate.requests[0].approval.approvers,
      link: gate.requests[0].link,
    });
    const told = JSON.stringify(progress);
    expect(told).not.toContain(gate.requests[0].target.entityRef);
    expect(told).not.toContain(gate.requests[0].reason);
    expect(told).not.toContain(gate.requests[0].requester.ref);
  });

  it('reads nothing of what others asked for, as if it were not there', async () => {
    const { authorized } = asked('rest');
    await expect(
      authorized.progress('r1', call(scaffolder)),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no request r1 that you may see; check the id',
    });
    // Whoever may read the request may read its progress.
    await expect(authorized.progress('r1', call())).resolves.toMatchObject({
      state: 'pending',
    });
  });

  it.each<[string, (gate: AuthorizedGate) => Promise<unknown>]>([
    ['reads no request', gate => gate.get('r1', call(scaffolder))],
    ['lists none', gate => gate.list({}, call(scaffolder))],
    ['asks for nothing', gate => gate.submit(submission, call(scaffolder))],
    ['tries nothing out', gate => gate.assess(submission, call(scaffolder))],
    [
      'never votes',
      gate =>
        gate.vote('r1', { decision: 'approve', digest }, call(scaffolder)),
    ],
    [
      'takes nothing back',
      gate => gate.withdraw('r1', undefined, call(scaffolder)),
    ],
  ])('%s', async (_, run) => {
    const { authorized, gate } = asked('template');
    await expect(run(authorized)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect(gate.asked).toEqual([]);
  });
});
