import {
  coreServices,
  createBackendPlugin,
  type AuthService,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { resolve } from 'node:path';
import type { Test } from 'supertest';
import { callerOf, type Caller } from './__testUtils__/callers';
import { eventually } from './__testUtils__/eventually';
import { gateRows } from './__testUtils__/gateRows';
import { spoiledBodies, type Spoilt } from './__testUtils__/spoiledBodies';
import { startGatePortal, workloadRef } from './__testUtils__/startGatePortal';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

/** Another plugin of the same backend, whose credentials the test borrows. */
function neighbour() {
  const services: { auth?: AuthService } = {};
  const plugin = createBackendPlugin({
    pluginId: 'neighbour',
    register(reg) {
      reg.registerInit({
        deps: { auth: coreServices.auth },
        init: async ({ auth }) => {
          services.auth = auth;
        },
      });
    },
  });
  /** For itself, or for a person. */
  const tokenFor = async (person?: string) => {
    const auth = services.auth!;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: person
        ? await auth.authenticate(person)
        : await auth.getOwnServiceCredentials(),
      targetPluginId: 'causeway',
    });
    return token;
  };
  return { plugin, tokenFor };
}

const paymentApi = (cluster: string) =>
  workloadRef(cluster, 'payments', 'payment-api');
const scale = (target: string, replicas: number) => ({
  operation: 'scale-workload',
  target,
  input: { replicas },
  reason: 'The queue grows',
});
const halt = { scope: 'subject:restarter', reason: 'It runs wild' };

/** A request that waits for people, and one of which is known what came of it. */
interface Requests {
  waiting: { id: string; digest: string };
  over: { id: string };
  /** Number of pods that are there: asking for them writes a refusal and no more. */
  there: number;
}

/** Everything that can be called; each leaves what it finds. */
const doors = ({ waiting, over, there }: Requests) =>
  ({
    gate: c => c.get('/gate'),
    policy: c => c.get('/policy'),
    operations: c => c.get('/operations'),
    list: c => c.get('/requests'),
    get: c => c.get(`/requests/${waiting.id}`),
    audit: c => c.get('/audit'),
    verify: c => c.get('/audit/verify'),
    export: c => c.get('/audit/export'),
    anchors: c => c.get('/audit/anchors'),
    assess: c =>
      c.post('/requests/assess', scale(paymentApi('production-us'), there)),
    submit: c => c.post('/requests', scale(paymentApi('production-us'), there)),
    vote: c =>
      c.post(`/requests/${waiting.id}/votes`, {
        decision: 'approve',
        digest: waiting.digest,
      }),
    'withdraw vote': c => c.post(`/requests/${waiting.id}/votes/withdraw`),
    withdraw: c => c.post(`/requests/${over.id}/withdraw`, {}),
    reconcile: c =>
      c.post(`/requests/${over.id}/reconcile`, {
        outcome: 'failed',
        comment: 'Nothing changed',
      }),
    complete: c => c.post(`/requests/${over.id}/complete`, {}),
    feedback: c =>
      c.post(`/requests/${over.id}/feedback`, { verdict: 'right' }),
    halt: c => c.post('/halt', halt),
    resume: c => c.post('/halt/resume', halt),
  }) satisfies Record<string, (caller: Caller) => Test>;

type Door = keyof ReturnType<typeof doors>;

const reading: Door[] = ['gate', 'policy', 'operations', 'list', 'get'];
const trail: Door[] = ['audit', 'verify', 'export', 'anchors'];
const asking: Door[] = ['assess', 'submit'];
const ofPeople: Door[] = [
  'vote',
  'withdraw vote',
  'withdraw',
  'reconcile',
  'complete',
  'feedback',
  'halt',
  'resume',
];
/** A status, and the doors that answer with it. */
type Row = [status: number, ...doors: Door[]];
const answers = (statuses: readonly Row[]): Partial<Record<Door, number>> =>
  Object.fromEntries(
    statuses.flatMap(([status, ...which]) => which.map(door => [door, status])),
  );

describe.each(databases.eachSupportedId())(
  'who may do what at the gate of the whole portal, %s',
  id => {
    /** Starts a portal, with one request that waits and one that is over, both of Ada. */
    async function start(permissionPolicy?: BackendFeature) {
      const { plugin, tokenFor } = neighbour();
      const rows = gateRows();
      const gate = await startGatePortal(databases, id, {
        features: [plugin, rows.module],
        permissionPolicy,
      });
      const ada = await gate.person('ada-okafor');
      const waiting = await ada
        .post('/requests', scale(paymentApi('production-eu'), 20))
        .expect(201);
      const run = await ada
        .post('/requests', scale(paymentApi('staging'), 5))
        .expect(201);
      await eventually(async () =>
        expect((await ada.get(`/requests/${run.body.id}`)).body.state).toBe(
          'succeeded',
        ),
      );
      const { body } = await ada
        .post('/requests/assess', scale(paymentApi('production-us'), 20))
        .expect(200);
      const requests: Requests = {
        waiting: {
          id: waiting.body.id,
          digest: (await ada.get(`/requests/${waiting.body.id}`)).body.digest,
        },
        over: { id: run.body.id },
        there: body.plan.quantities[0].current,
      };
      const { portal } = gate;
      const callers = {
        requester: ada,
        'of the owning team': await gate.person('tomas-novak'),
        'of the platform': await gate.person('noor-rahman'),
        'of security': await gate.person('isla-mcgregor'),
        'of another tenant': await gate.person('mia-fernandez'),
        guest: await gate.person('guest'),
        'plugin for a person': callerOf(
          portal.server,
          await tokenFor(await portal.tokenOf('tomas-novak')),
        ),
        'plugin for itself': callerOf(portal.server, await tokenFor()),
        'configured service, restricted to the plugin': gate.service('scaler'),
        'configured service for something else': gate.service('restarter'),
        'other service': gate.service('stranger'),
        'other service, restricted to reading': gate.service('reader'),
        'service of another plugin': gate.service('elsewhere'),
        nobody: gate.nobody,
      };
      return { gate, rows, requests, callers };
    }

    type Started = Awaited<ReturnType<typeof start>>;

    /** What each caller is answered; and whoever is refused has left nothing. */
    async function matrix(
      { rows, requests, callers }: Started,
      who = Object.keys(callers) as (keyof Started['callers'])[],
    ) {
      const found: Record<string, Partial<Record<Door, number>>> = {};
      for (const name of who) {
        found[name] = {};
        for (const [door, call] of Object.entries(doors(requests))) {
          const before = await rows.count();
          const answer = await call(callers[name]);
          found[name][door as Door] = answer.status;
          if (answer.status >= 300) {
            expect([name, door, answer.body.error.message]).toEqual([
              name,
              door,
              expect.stringMatching(/\w{3}/),
            ]);
            expect([name, door, await rows.count()]).toEqual([
              name,
              door,
              before,
            ]);
          }
        }
      }
      return found;
    }

    describe('where everybody who is signed in sees everything', () => {
      let started: Started;
      beforeAll(async () => {
        started = await start();
      });
      afterAll(() => started?.gate.stop());

      it('lets each through their own doors', async () => {
        const asks: Row[] = [
          [200, ...reading, 'assess'],
          [201, 'submit'],
        ];
        const nothing = [...trail, ...asking, ...ofPeople];
        const reads = answers([
          [200, ...reading],
          [403, ...nothing],
        ]);
        const everything = [...reading, ...nothing];
        // What is over is neither taken back nor in question.
        const tooLate: Row = [409, 'reconcile', 'complete'];
        expect(await matrix(started)).toEqual({
          requester: answers([
            ...asks,
            [403, ...trail, 'vote', 'feedback', 'halt', 'resume'],
            [409, 'withdraw vote', 'withdraw'],
            tooLate,
          ]),
          'of the owning team': answers([
            ...asks,
            [200, 'vote', 'withdraw vote', 'feedback'],
            [403, ...trail, 'withdraw', 'halt', 'resume'],
            tooLate,
          ]),
          'of the platform': answers([
            ...asks,
            [200, ...trail, 'vote', 'withdraw vote', 'feedback'],
            [200, 'halt', 'resume'],
            [403, 'withdraw'],
            tooLate,
          ]),
          'of security': answers([
            ...asks,
            [200, ...trail, 'halt', 'resume'],
            [403, 'vote', 'withdraw', 'feedback'],
            [409, 'withdraw vote'],
            tooLate,
          ]),
          'of another tenant': answers([
            ...asks,
            [403, ...trail, 'vote', 'withdraw', 'feedback', 'halt', 'resume'],
            [409, 'withdraw vote'],
            tooLate,
          ]),
          // Signed in, and nobody of the catalog.
          guest: answers([
            [200, ...reading],
            [403, ...trail, ...asking, 'vote', 'withdraw', 'feedback'],
            [403, 'halt', 'resume'],
            [409, 'withdraw vote'],
            tooLate,
          ]),
          'plugin for a person': answers([
            ...asks,
            [403, ...trail, ...ofPeople],
          ]),
          'plugin for itself': reads,
          'configured service, restricted to the plugin': answers([
            ...asks,
            [403, ...trail, ...ofPeople],
          ]),
          'configured service for something else': reads,
          'other service': reads,
          'other service, restricted to reading': reads,
          'service of another plugin': answers([[403, ...everything]]),
          nobody: answers([[401, ...everything]]),
        });
      });

      it('tells everybody of a request that is not there in the same words', async () => {
        const { callers } = started;
        for (const [path, body] of [
          ['votes', { decision: 'deny', digest: 'ab'.repeat(32) }],
          ['votes/withdraw', {}],
          ['withdraw', {}],
          ['reconcile', { outcome: 'failed', comment: 'Gone' }],
          ['complete', {}],
          ['feedback', { verdict: 'wrong' }],
        ] as const) {
          const answer = await callers['of the platform'].post(
            `/requests/not-there/${path}`,
            body,
          );
          expect([path, answer.status, answer.body.error.message]).toEqual([
            path,
            404,
            'There is no request not-there that you may see; check the id',
          ]);
        }
      });

      it('refuses every spoiled body with a reason, and writes nothing of it', async () => {
        const { callers, requests, rows } = started;
        const noor = callers['of the platform'];
        const { waiting, over } = requests;
        const submission: Spoilt = {
          operation: {
            needed: true,
            wrong: ['nothing', '__proto__', 'constructor', 'sync-application'],
          },
          target: {
            needed: true,
            wrong: [
              'nothing',
              'resource:',
              'component:default/payment-api',
              'user:default/ada-okafor',
              `resource:default/${'x'.repeat(280)}`,
              "resource:default/x' or '1'='1",
              'resource:default/../../payment-api',
              'resource:default/%00',
            ],
          },
          reason: { needed: true },
          input: {
            needed: true,
            wrong: [
              { replicas: -1 },
              { replicas: 1.5 },
              { replicas: 1e15 },
              { replicas: '6' },
              { replicas: [6] },
              { replicas: null },
              { replicas: 6, force: true },
            ],
          },
          idempotencyKey: { wrong: ['a b', 'ä', 'x'.repeat(201)] },
          agentName: { wrong: ['x'.repeat(101)] },
          recommendation: {
            // With gaps it is taken, and judged more strictly.
            emptiable: true,
            wrong: [
              { confidence: 2 },
              { confidence: 'high' },
              { observed: [{}] },
              { observed: Array(51).fill({ name: 'a', value: 1 }) },
              { usage: { tokens: -1 } },
              { decided: [{ path: '' }] },
              { more: 1 },
            ],
          },
        };
        const asked = scale(paymentApi('production-us'), 20);
        const comment = { wrong: ['x'.repeat(4001)] };
        const bodies: [path: string, valid: object, fields: Spoilt][] = [
          ['/requests', asked, submission],
          ['/requests/assess', asked, submission],
          [
            `/requests/${waiting.id}/votes`,
            { decision: 'approve', digest: waiting.digest },
            {
              decision: { needed: true, wrong: ['maybe', 'APPROVE'] },
              digest: {
                needed: true,
                wrong: [
                  'ab'.repeat(32),
                  waiting.digest.slice(1),
                  'g'.repeat(64),
                ],
              },
              comment,
              lookedFor: { wrong: [-1, '5'] },
            },
          ],
          [`/requests/${waiting.id}/withdraw`, {}, { comment }],
          [
            `/requests/${over.id}/reconcile`,
            { outcome: 'failed', comment: 'Nothing changed' },
            {
              outcome: { needed: true, wrong: ['unknown', 'SUCCEEDED'] },
              comment: { needed: true, ...comment },
            },
          ],
          [`/requests/${over.id}/complete`, {}, { comment }],
          [
            `/requests/${over.id}/feedback`,
            { verdict: 'right' },
            { verdict: { needed: true, wrong: ['fine'] }, comment },
          ],
          [
            '/halt',
            halt,
            {
              scope: { needed: true, wrong: ['a b', 'ä', 'x'.repeat(601)] },
              reason: { needed: true, ...comment },
            },
          ],
          [
            '/halt/resume',
            halt,
            {
              scope: { needed: true, wrong: ['a b'] },
              reason: { needed: true, ...comment },
            },
          ],
        ];
        const before = await rows.count();
        for (const [path, valid, fields] of bodies) {
          // Who asked takes back; everything else is open to Noor, so that the body alone is at fault.
          const caller = path.endsWith('/withdraw') ? callers.requester : noor;
          const spoiled = spoiledBodies(valid, fields);
          expect(spoiled.length).toBeGreaterThan(24);
          for (const sent of spoiled) {
            const { status, body } = await caller.post(path, sent);
            const what = `${path} ${sent.slice(0, 300)}`;
            expect([
              what,
              Math.floor(status / 100),
              body.error?.message,
              body.error?.stack,
            ]).toEqual([what, 4, expect.stringMatching(/\w{3}/), undefined]);
          }
        }
        expect(await rows.count()).toEqual(before);
      });
    });

    describe('where tenants see what is theirs', () => {
      let started: Started;
      beforeAll(async () => {
        const { permissionModuleTenants } = jest.requireActual<
          Record<string, BackendFeature>
        >(
          resolve(
            __dirname,
            '../../../../examples/permissions/conditionalPolicy',
          ),
        );
        started = await start(permissionModuleTenants);
      });
      afterAll(() => started?.gate.stop());

      it('hides from another tenant what is not theirs', async () => {
        const who = ['of the owning team', 'of another tenant'] as const;
        const found = await matrix(started, [...who]);
        expect(found['of another tenant']).toEqual(
          answers([
            [200, 'gate', 'policy', 'operations', 'list'],
            [403, ...trail, ...asking, 'halt', 'resume'],
            [404, 'get', 'vote', 'withdraw vote', 'withdraw'],
            [404, 'reconcile', 'complete', 'feedback'],
          ]),
        );
        expect(found['of the owning team']).toMatchObject(
          answers([[200, 'get', 'vote', 'withdraw vote', 'feedback']]),
        );
        const { callers } = started;
        const seen = async (caller: Caller) => {
          const { body } = await caller.get('/requests').expect(200);
          const { pending } = (await caller.get('/gate').expect(200)).body;
          return [body.total, body.items.length, pending];
        };
        expect(await seen(callers['of another tenant'])).toEqual([0, 0, 0]);
        const [total, listed, pending] = await seen(
          callers['of the owning team'],
        );
        expect(total).toBeGreaterThanOrEqual(2);
        expect([listed, pending]).toEqual([total, 1]);
      });
    });
  },
);
