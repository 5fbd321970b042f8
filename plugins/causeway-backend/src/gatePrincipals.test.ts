import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { registerGateActions } from './actions/registerGateActions';
import {
  digest,
  gateRequest,
  operations,
} from './governance/__testUtils__/requests';
import {
  startFaces,
  type FacesLabOptions,
} from './governance/__testUtils__/startFaces';
import { as } from './governance/__testUtils__/testAuth';

jest.setTimeout(120_000);

/** Everybody who could call. Ada asked for r1, which is the payments team's. */
const callers = {
  user: as.user('user:default/grace'),
  requester: as.user('user:default/ada'),
  'user with actor': as.through('mcp-actions', 'user:default/grace'),
  'owner of another tenant': as.user('user:default/mallory'),
  'configured subject': as.static('external:scaler'),
  'other static token': as.static('external:other'),
  'static token with restrictions': as.static('external:other', [
    'causeway.request.vote',
    'causeway.request.create',
  ]),
  'static token over MCP': as.plugin('mcp-actions'),
  'other plugin': as.plugin('catalog'),
  nobody: undefined,
};
type Caller = keyof typeof callers;

const submission = {
  operation: 'scale-workload',
  target: 'component:default/payment-api',
  input: { replicas: 6 },
  reason: 'The queue grows',
};
const halt = { scope: 'all', reason: 'It runs wild' };
const action = (name: string) =>
  `/.backstage/actions/v1/actions/causeway%3A${name}/invoke`;

/** Everything that can be called: what it is, and with what. */
const doors: [
  door: string,
  method: 'get' | 'post',
  path: string,
  body?: object,
][] = [
  ['gate', 'get', '/gate'],
  ['policy', 'get', '/policy'],
  ['operations', 'get', '/operations'],
  ['list', 'get', '/requests'],
  ['get', 'get', '/requests/r1'],
  ['search-operations', 'post', action('search-operations'), {}],
  ['list-requests', 'post', action('list-requests'), {}],
  ['get-request', 'post', action('get-request'), { id: 'r1' }],
  ['audit', 'get', '/audit'],
  ['audit/verify', 'get', '/audit/verify'],
  ['audit/export', 'get', '/audit/export'],
  ['audit/anchors', 'get', '/audit/anchors'],
  ['assess', 'post', '/requests/assess', submission],
  ['assess-request', 'post', action('assess-request'), submission],
  ['submit', 'post', '/requests', submission],
  [
    'request-operation',
    'post',
    action('request-operation'),
    { ...submission, idempotencyKey: 'k' },
  ],
  [
    'scale-workload',
    'post',
    action('scale-workload'),
    { target: submission.target, reason: submission.reason, replicas: 6 },
  ],
  ['withdraw', 'post', '/requests/r1/withdraw', {}],
  ['withdraw-request', 'post', action('withdraw-request'), { id: 'r1' }],
  ['vote', 'post', '/requests/r1/votes', { decision: 'approve', digest }],
  ['withdraw vote', 'post', '/requests/r1/votes/withdraw'],
  [
    'reconcile',
    'post',
    '/requests/r1/reconcile',
    { outcome: 'failed', comment: 'Nothing changed' },
  ],
  ['complete', 'post', '/requests/r1/complete', {}],
  ['feedback', 'post', '/requests/r1/feedback', { verdict: 'right' }],
  ['halt', 'post', '/halt', halt],
  ['resume', 'post', '/halt/resume', halt],
  ['erase', 'post', '/audit/erase', { seq: 1, why: 'ticket 12' }],
];

const reads = doors.slice(0, 8).map(([door]) => door);
const audits = doors.slice(8, 12).map(([door]) => door);
const asks = doors.slice(12, 17).map(([door]) => door);
const withdrawals = doors.slice(17, 19).map(([door]) => door);
const forPeople = doors.slice(19, 24).map(([door]) => door);
const halts = doors.slice(24).map(([door]) => door);
const assessments = ['assess', 'assess-request'];

const gateConfig = {
  actions: ['scale-workload'],
  subjects: [
    {
      subject: 'external:scaler',
      name: 'scaler',
      operations: ['scale-workload'],
      environments: ['production'],
      accountable: 'group:default/platform',
    },
  ],
};

/** What each caller gets through, by name of the door; everything else is refused. */
async function matrix(options: FacesLabOptions) {
  const lab = await startFaces({
    gateConfig,
    extend: (registry, faces, { actions }) =>
      registerGateActions(registry, faces, { operations, named: actions }),
    ...options,
  });
  lab.gate.auditors = ['user:default/grace'];
  lab.gate.erasers = ['user:default/grace'];
  lab.gate.halters = ['user:default/grace'];
  const passed: Partial<Record<Caller, string[]>> = {};
  const wrong: string[] = [];
  for (const [caller, authorization] of Object.entries(callers)) {
    passed[caller as Caller] = [];
    for (const [door, method, path, body] of doors) {
      lab.gate.requests = [gateRequest()];
      lab.gate.asked.length = 0;
      const call = request(lab.server)[method](`/api/causeway${path}`);
      const { status, text } = await call
        .set(authorization ? { authorization } : {})
        .send(body);
      if (status < 300) {
        passed[caller as Caller]!.push(door);
      } else if (
        !(caller === 'nobody' ? [401] : [403, 404]).includes(status) ||
        lab.gate.writes.length > 0 ||
        !JSON.parse(text).error.message
      ) {
        wrong.push(`${caller} at ${door}: ${status} ${text}`);
      }
    }
  }
  await lab.stop();
  expect(wrong).toEqual([]);
  return passed;
}

const others = {
  'other static token': reads,
  'static token over MCP': reads,
  'other plugin': reads,
  nobody: [],
};

it('lets each through its own doors where everything is allowed: a permission is never sufficient', async () => {
  expect(await matrix({ permissionEnabled: true })).toEqual({
    user: [...reads, ...audits, ...asks, ...forPeople, ...halts],
    // Who asked takes it back, and the gate lets them not vote on it.
    requester: [
      ...reads,
      ...asks,
      ...withdrawals,
      ...forPeople.filter(door => door !== 'vote'),
    ],
    'user with actor': [...reads, ...asks],
    'owner of another tenant': [...reads, ...asks, ...forPeople],
    'configured subject': [...reads, ...asks],
    ...others,
    // Its permissions are others than those of reading.
    'static token with restrictions': [],
  });
});

it('lets nobody but services through where everything is denied, and those only read', async () => {
  const passed = await matrix({
    permissionEnabled: true,
    decide: () => ({ result: AuthorizeResult.DENY }),
  });
  expect(passed).toEqual({
    user: [],
    requester: [],
    'user with actor': [],
    'owner of another tenant': [],
    // Backstage asks no policy about services; configuration names this one.
    'configured subject': [...reads, ...asks],
    ...others,
    'static token with restrictions': [],
  });
});

it.each([[undefined], [false]])(
  'is read-only where permission.enabled is %s',
  async permissionEnabled => {
    const people = [...reads, ...assessments];
    expect(await matrix({ permissionEnabled })).toEqual({
      user: [...reads, ...audits, ...assessments],
      requester: people,
      'user with actor': people,
      'owner of another tenant': people,
      'configured subject': people,
      ...others,
      'static token with restrictions': [],
    });
  },
);

it('writes without permissions on the simulated estate, for people and configured subjects', async () => {
  const passed = await matrix({ permissionsOff: 'allowed' });
  expect(passed.user).toEqual([
    ...reads,
    ...audits,
    ...asks,
    ...forPeople,
    ...halts,
  ]);
  expect(passed).toMatchObject(others);
});

it("lets another tenant's owner see and ask for nothing where conditions say so", async () => {
  const passed = await matrix({
    permissionEnabled: true,
    decide: (permission, user) =>
      permission.name.startsWith('causeway.request.') &&
      user === 'user:default/mallory'
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'causeway',
            resourceType: 'causeway-request',
            conditions: {
              resourceType: 'causeway-request',
              rule: 'IS_TARGET_OWNED_BY',
              params: { owners: ['group:default/mallorys'] },
            },
          }
        : { result: AuthorizeResult.ALLOW },
  });
  expect(passed['owner of another tenant']).toEqual([
    'gate',
    'policy',
    'operations',
    'list',
    'search-operations',
    'list-requests',
  ]);
  expect(passed.user).toContain('vote');
});
