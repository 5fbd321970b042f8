import { TestDatabases } from '@backstage/backend-test-utils';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import type { EstateSimulator } from '@causeway/estate-simulator';
import type { Caller } from './__testUtils__/callers';
import { eventually } from './__testUtils__/eventually';
import {
  type GatePortal,
  startGatePortal,
  workloadRef,
} from './__testUtils__/startGatePortal';

jest.setTimeout(400_000);

type Fault = Parameters<EstateSimulator['faults']['add']>[0];

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

/** The write itself; dry runs carry `dryRun` in its place. */
const write =
  /staging.*deployments\/payment-api\?fieldManager=causeway&timeout/;
const read = /staging.*deployments\/payment-api$/;

describe.each(databases.eachSupportedId())(
  'what goes wrong while the whole portal carries out, %s',
  id => {
    let gate: GatePortal;
    let ada: Caller;
    let noor: Caller;

    beforeAll(async () => {
      gate = await startGatePortal(databases, id, { soak: '4s' });
      [ada, noor] = await Promise.all(
        ['ada-okafor', 'noor-rahman'].map(gate.person),
      );
    });
    afterEach(() => gate.estate.faults.clear());
    afterAll(() => gate?.stop());

    const spec = () =>
      gate.estate.world
        .cluster('staging')
        .get('deployments.apps', 'payment-api', 'payments')!.spec as {
        replicas: number;
      };

    const requestOf = async (requestId: string): Promise<GateRequest> =>
      (await noor.get(`/requests/${requestId}`).expect(200)).body;

    /** Scales payment-api of staging to another number, which policy lets run at once. */
    async function scale() {
      const before = spec().replicas;
      const replicas = before === 3 ? 4 : 3;
      const asked = await eventually(async () => {
        const { status, body } = await ada.post('/requests', {
          operation: 'scale-workload',
          target: workloadRef('staging', 'payments', 'payment-api'),
          input: { replicas },
          reason: 'The load test begins',
        });
        // So many a minute are taken, and another one waits.
        expect([status, body.error?.message]).toEqual([201, undefined]);
        return body;
      });
      expect(asked.tier).toBe(1);
      return { id: asked.id as string, before, replicas };
    }

    const ends = (requestId: string) =>
      eventually(async () => {
        const request = await requestOf(requestId);
        expect(['approved', 'running', 'verifying']).not.toContain(
          request.state,
        );
        return request;
      });

    it.each<[string, Fault[], string, RegExp, boolean]>([
      [
        'is not permitted',
        [{ path: write, status: 403 }],
        'failed',
        /credentials may not/,
        false,
      ],
      [
        'meets conflicts that never end',
        [{ path: write, status: 409 }],
        'failed',
        /nothing was written/,
        false,
      ],
      [
        'meets a conflict, and is asked to wait',
        [
          { path: write, status: 409, times: 1 },
          {
            path: write,
            status: 429,
            headers: { 'Retry-After': '1' },
            times: 1,
          },
        ],
        'succeeded',
        /./,
        true,
      ],
      [
        'never gets an answer to a write that took effect',
        [{ path: write, mute: true, times: 1 }],
        'succeeded',
        /./,
        true,
      ],
      [
        'is cut off after a write that took effect',
        [{ path: write, cut: 'middle', times: 1 }],
        'succeeded',
        /./,
        true,
      ],
      [
        'is cut off before its write',
        [{ path: write, cut: 'before', times: 1 }],
        'failed',
        /did not take effect: staging gave no answer \(\w+\)$/,
        false,
      ],
    ])('says what came of what %s', async (_, faults, state, why, changed) => {
      faults.forEach(fault =>
        gate.estate.faults.add({ method: 'PATCH', ...fault }),
      );
      const { id: requestId, before, replicas } = await scale();
      const done = await ends(requestId);
      expect([done.state, done.stateReason]).toEqual([
        state,
        expect.stringMatching(why),
      ]);
      expect(spec().replicas).toBe(changed ? replicas : before);
      // Each fault has struck: otherwise this proves nothing.
      expect(gate.estate.faults.list().filter(({ seen }) => !seen)).toEqual([]);
    });

    it('says that nobody knows, and lets a person outside of it look', async () => {
      const cut = gate.estate.faults.add({
        method: 'PATCH',
        path: write,
        cut: 'middle',
        delayMs: 5_000,
      });
      const asking = scale();
      // The write is on its way: from now on the cluster tells nothing of it.
      await eventually(async () =>
        expect(
          gate.estate.faults.list().find(one => one.id === cut)?.seen,
        ).toBe(1),
      );
      gate.estate.faults.add({ method: 'GET', path: read, status: 503 });
      const { id: requestId, replicas } = await asking;
      const lost = await ends(requestId);
      expect([lost.state, lost.stateReason]).toEqual([
        'unknown',
        expect.stringMatching(/nobody can say/),
      ]);
      expect(spec().replicas).toBe(replicas);

      const found = { outcome: 'succeeded', comment: 'It has the pods' };
      const reconcile = (who: Caller) =>
        who.post(`/requests/${requestId}/reconcile`, found);
      expect((await reconcile(ada)).status).toBe(403);
      expect((await reconcile(noor)).status).toBe(200);
      // It is said once.
      expect((await reconcile(noor)).status).toBe(409);
      const done = await requestOf(requestId);
      expect(done).toMatchObject({
        state: 'succeeded',
        stateReason: 'It has the pods',
      });
      expect(done.events.map(({ type }) => type).slice(-2)).toEqual([
        'OutcomeUnknown',
        'Reconciled',
      ]);
      expect(spec().replicas).toBe(replicas);
    });

    it('leaves alone what somebody else changed in the soak', async () => {
      const { id: requestId } = await scale();
      await eventually(async () =>
        expect((await requestOf(requestId)).state).toBe('verifying'),
      );
      gate.estate.world.editLive(
        {
          cluster: 'staging',
          type: 'deployments.apps',
          namespace: 'payments',
          name: 'payment-api',
          manager: 'kubectl',
        },
        object => {
          (object.spec as { replicas: number }).replicas = 2;
        },
      );
      const done = await ends(requestId);
      expect([done.state, done.stateReason]).toEqual([
        'failed',
        expect.stringMatching(/changed|replicas/i),
      ]);
      expect(spec().replicas).toBe(2);
      expect((await noor.get('/audit/verify').expect(200)).body.whole).toBe(
        true,
      );
    });
  },
);
