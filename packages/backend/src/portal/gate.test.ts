import { TestDatabases } from '@backstage/backend-test-utils';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import type { Caller } from './__testUtils__/callers';
import { connectAgent } from './__testUtils__/connectAgent';
import { eventually } from './__testUtils__/eventually';
import {
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

const paymentApi = (cluster: string) =>
  workloadRef(cluster, 'payments', 'payment-api');

/** What an agent recommends, with a record that leaves nothing out. */
const recommended = (target: string, from: number, to: number) => ({
  operation: 'scale-workload',
  target,
  input: { replicas: to },
  reason: 'p99 went from 120 ms to 900 ms',
  recommendation: {
    asked: 'Keep payments below 200 ms',
    decisionType: 'scaling',
    observed: [{ name: 'p99', value: 900, unit: 'ms', window: 'PT15M' }],
    constraints: ['At most 40 replicas'],
    decided: [{ path: 'spec.replicas', current: from, proposed: to }],
    rationale: 'Each pod takes 200 requests a second',
    rejected: [{ alternative: 'Wait', why: 'The queue still grows' }],
    confidence: 0.9,
    model: 'some-model-1',
  },
});

describe.each(databases.eachSupportedId())(
  'the gate of the whole portal, %s',
  id => {
    let gate: GatePortal;
    let ada: Caller;
    let tomas: Caller;
    let noor: Caller;
    let isla: Caller;

    beforeAll(async () => {
      gate = await startGatePortal(databases, id);
      [ada, tomas, noor, isla] = await Promise.all(
        ['ada-okafor', 'tomas-novak', 'noor-rahman', 'isla-mcgregor'].map(
          gate.person,
        ),
      );
    });
    afterAll(() => gate?.stop());

    const replicas = (cluster: string, name = 'payment-api') =>
      (
        gate.estate.world
          .cluster(cluster as 'staging')
          .get('deployments.apps', name, 'payments')!.spec as {
          replicas: number;
        }
      ).replicas;
    const read = async (requestId: string): Promise<GateRequest> =>
      (await noor.get(`/requests/${requestId}`).expect(200)).body;
    const vote = async (
      person: Caller,
      requestId: string,
      decision = 'approve',
    ) =>
      person.post(`/requests/${requestId}/votes`, {
        decision,
        digest: (await read(requestId)).digest,
        comment: 'Fits what the dashboards show',
      });
    const becomes = (requestId: string, state: GateRequest['state']) =>
      eventually(async () => {
        const request = await read(requestId);
        expect([request.state, request.stateReason]).toEqual([
          state,
          expect.anything(),
        ]);
        return request;
      });
    const types = ({ events }: GateRequest) => events.map(({ type }) => type);

    it('lets a service recommend over REST, and people decide', async () => {
      const scaler = gate.service('scaler');
      const now = replicas('production-eu');
      const asked = recommended(paymentApi('production-eu'), now, now * 2);
      const { body: receipt } = await scaler
        .post('/requests', asked)
        .set('idempotency-key', 'incident-4711')
        .expect(201);
      expect(receipt).toMatchObject({
        state: 'pending',
        tier: 2,
        deciders: ['group:default/payments', 'group:default/platform'],
        refusals: [],
      });
      expect(replicas('production-eu')).toBe(now);
      // Asking twice is asking once, and a key is for one thing.
      const again = await scaler
        .post('/requests', asked)
        .set('idempotency-key', 'incident-4711')
        .expect(201);
      expect(again.body.id).toBe(receipt.id);
      await scaler
        .post('/requests', { ...asked, input: { replicas: now * 2 + 1 } })
        .set('idempotency-key', 'incident-4711')
        .expect(409);

      const { body: seen } = await scaler
        .get(`/requests/${receipt.id}`)
        .expect(200);
      expect(seen).toMatchObject({
        requester: {
          ref: 'subject:scaler',
          kind: 'subject',
          entrance: 'rest',
          accountable: 'group:default/security',
          set: ['subject:scaler', 'group:default/security'],
        },
        target: { owner: 'group:default/payments', environment: 'production' },
        assessment: { decidedBy: 'policy/decisions/scale-beyond' },
        agentRecord: { agent: 'subject:scaler', right: 0, of: 0 },
      });
      expect(seen.plan.quantities).toMatchObject([
        { name: 'replicas', current: now, proposed: now * 2 },
      ]);
      // Owners are told as policy names them.
      expect(Object.keys(seen.blastRadius.byOwner)).toContain(
        'group:default/storefront',
      );
      expect(Object.keys(seen.blastRadius.byKind)).toEqual(['component']);
      // Services have no place of their own: those are where they run.
      expect(seen.blastRadius.byEnvironment.production).toBeGreaterThan(0);

      // Who answers for it does not vote, nor does it itself.
      expect((await vote(isla, receipt.id)).status).toBe(403);
      expect((await vote(scaler, receipt.id)).status).toBe(403);
      expect((await vote(tomas, receipt.id)).status).toBe(200);
      expect((await vote(tomas, receipt.id)).status).toBe(409);
      expect((await vote(noor, receipt.id)).status).toBe(200);
      const done = await becomes(receipt.id, 'succeeded');
      expect(replicas('production-eu')).toBe(now * 2);
      expect(types(done)).toEqual([
        'Submitted',
        'RecommendationGenerated',
        'Assessed',
        'VoteCast',
        'VoteCast',
        'Approved',
        'ExecutionStarted',
        'ExecutionWritten',
        'Verified',
      ]);
      expect(done.decidedBy).toBe(
        'user:default/noor-rahman, user:default/tomas-novak',
      );

      // How it went counts from outside the requester set, once a person.
      const feedback = { verdict: 'right', comment: 'p99 is back' };
      await isla.post(`/requests/${receipt.id}/feedback`, feedback).expect(403);
      await tomas
        .post(`/requests/${receipt.id}/feedback`, feedback)
        .expect(200);
      expect((await read(receipt.id)).agentRecord).toMatchObject({
        agent: 'subject:scaler',
        operation: 'scale-workload',
        environment: 'production',
        right: 1,
        of: 1,
      });

      // The trail has all of it and is whole; those who read it are people of named groups.
      const { body: trail } = await isla
        .get(`/audit?requestId=${receipt.id}&limit=100`)
        .expect(200);
      expect(
        trail.items.map(({ action, by }: Record<string, string>) => [
          action,
          by,
        ]),
      ).toEqual(
        expect.arrayContaining([
          ['Submitted', 'subject:scaler'],
          ['VoteCast', 'user:default/tomas-novak'],
          ['VoteCast', 'user:default/noor-rahman'],
          ['Verified', 'gate'],
        ]),
      );
      expect((await isla.get('/audit/verify').expect(200)).body.whole).toBe(
        true,
      );
    });

    it('refuses services that configuration does not let ask, and says what would', async () => {
      const refusal = async (
        service: Parameters<GatePortal['service']>[0],
        body: object,
      ) => {
        const answer = await gate
          .service(service)
          .post('/requests', body)
          .expect(403);
        return answer.body.error.message;
      };
      const scale = (cluster: string) => ({
        operation: 'scale-workload',
        target: paymentApi(cluster),
        input: { replicas: 4 },
        reason: 'The queue grows',
      });
      expect(await refusal('stranger', scale('production-us'))).toMatch(
        /subject stranger may only read.*causeway\.gate\.subjects/,
      );
      expect(await refusal('restarter', scale('production-us'))).toMatch(
        /may ask for restart-workload.*causeway\.gate\.subjects/,
      );
      // Its environments as a subject reach there, those as an agent do not.
      expect(await refusal('scaler', scale('staging'))).toMatch(
        /scale-workload in production.*causeway\.gate\.agents/,
      );
      expect(await refusal('scaler', scale('development'))).toMatch(
        /staging, production only.*causeway\.gate\.subjects/,
      );
    });

    it('takes a request of an agent with a token of a person, who then does not vote', async () => {
      const agent = await connectAgent(
        gate.portal.server,
        await gate.portal.tokenOf('ada-okafor'),
      );
      expect(await agent.tools()).toEqual(
        expect.arrayContaining([
          'causeway.request-operation',
          'causeway.traverse-graph',
        ]),
      );
      const now = replicas('production-us');
      const asked = await agent.call('request-operation', {
        ...recommended(paymentApi('production-us'), now, now * 2),
        agentName: 'the platform team itself',
        idempotencyKey: 'incident-4712',
      });
      expect(asked).toMatchObject({
        isError: false,
        answer: { state: 'pending', tier: 2 },
      });
      const { id: requestId } = asked.answer;
      expect((await read(requestId)).requester).toMatchObject({
        ref: 'user:default/ada-okafor',
        kind: 'user',
        actor: 'plugin:mcp-actions',
        entrance: 'mcp',
        unverifiedName: 'the platform team itself',
        set: ['user:default/ada-okafor'],
      });
      const own = await vote(ada, requestId);
      expect([own.status, own.body.error.message]).toEqual([
        403,
        expect.stringMatching(/those who asked/),
      ]);
      await vote(tomas, requestId);
      expect(replicas('production-us')).toBe(now);
      await vote(noor, requestId);
      await becomes(requestId, 'succeeded');
      expect(replicas('production-us')).toBe(now * 2);
      const looked = await agent.call('get-request', { id: requestId });
      expect(looked.answer).toMatchObject({ state: 'succeeded' });
      const { body } = await noor.get('/audit/verify').expect(200);
      expect(body.whole).toBe(true);
      await agent.close();
    });

    it('stops what is approved when a freeze is declared before it is claimed', async () => {
      const target = workloadRef('production-us', 'payments', 'payment-worker');
      const now = replicas('production-us', 'payment-worker');
      const { body: receipt } = await ada
        .post('/requests', recommended(target, now, now * 2))
        .expect(201);
      expect(receipt.state).toBe('pending');

      const halt = { scope: 'all', reason: 'Something is odd' };
      await ada.post('/halt', halt).expect(403);
      await noor.post('/halt', halt).expect(200);
      expect((await ada.get('/gate').expect(200)).body).toMatchObject({
        open: false,
        halts: [{ scope: 'all', by: 'user:default/noor-rahman' }],
      });
      // Nothing is taken, what is there may be decided, and nothing begins.
      await ada
        .post('/requests', recommended(paymentApi('staging'), 2, 4))
        .expect(503);
      await vote(tomas, receipt.id);
      expect((await vote(noor, receipt.id)).body.state).toBe('approved');

      const thaw = await gate.policy.freeze('The books are closed');
      await eventually(async () => {
        const { freezes } = (await ada.get('/gate').expect(200)).body;
        expect(freezes).toMatchObject([{ reason: 'The books are closed' }]);
      });
      await noor
        .post('/halt/resume', { ...halt, reason: 'It was nothing' })
        .expect(200);
      const back = await becomes(receipt.id, 'pending');
      expect(types(back)).toEqual(
        expect.arrayContaining(['ReturnedToPending', 'VotesVoided']),
      );
      expect(back.stateReason).toMatch(/The books are closed/);
      expect(back.quorum.approvals).toBe(0);
      expect(replicas('production-us', 'payment-worker')).toBe(now);
      // In the freeze nobody can approve it, and nothing new is let through.
      const frozen = await vote(tomas, receipt.id);
      expect([frozen.status, frozen.body.error.message]).toEqual([
        409,
        expect.stringMatching(/The books are closed/),
      ]);

      await thaw();
      await eventually(async () =>
        expect((await read(receipt.id)).assessment.outcome).toBe('review'),
      );
      await vote(tomas, receipt.id);
      await vote(noor, receipt.id);
      await becomes(receipt.id, 'succeeded');
      expect(replicas('production-us', 'payment-worker')).toBe(now * 2);
    });

    it('leaves to Git what Git says', async () => {
      const target = workloadRef('production-eu', 'payments', 'card-processor');
      const { body } = await ada
        .post('/requests', recommended(target, 3, 4))
        .expect(201);
      expect(body).toMatchObject({
        state: 'refused',
        decidedBy: 'operation/managed-by-git',
      });
      expect(JSON.stringify(body.refusals)).toMatch(/Git/);
      expect(replicas('production-eu', 'card-processor')).toBe(3);
    });

    it('changes through Git what Git says, as the refusal proposes, and follows it into the cluster', async () => {
      const target = workloadRef('production-eu', 'payments', 'card-processor');
      const { body: refused } = await ada
        .post('/requests', recommended(target, 3, 4))
        .expect(201);
      const [, proposed] =
        /open-pull-request on the same target with (\{.*\}), and/.exec(
          refused.refusals[0].hint,
        )!;
      const { body: receipt } = await ada
        .post('/requests', {
          operation: 'open-pull-request',
          target,
          input: JSON.parse(proposed),
          reason: 'Evenings are busy',
        })
        .expect(201);
      expect(receipt.state).toBe('pending');
      const { github } = gate.estate;
      expect(github.pullRequests('deployments')).toEqual([]);
      await vote(tomas, receipt.id);
      await vote(noor, receipt.id);
      const phases = (...names: string[]) =>
        eventually(async () => {
          const { execution } = await read(receipt.id);
          expect(execution?.verification?.phases?.map(one => one.name)).toEqual(
            names,
          );
        });
      await phases('opened');
      const [pull] = github.pullRequests('deployments');
      expect(pull.body).toContain(`/approvals/${receipt.id}`);
      expect(replicas('production-eu', 'card-processor')).toBe(3);

      github.merge(pull, { by: 'isla-mcgregor' });
      // Nobody but people syncs this one.
      await phases('opened', 'merged');
      expect(replicas('production-eu', 'card-processor')).toBe(3);
      gate.estate.world
        .argocdOf('production-eu')
        .sync('card-processor-production-eu', {
          initiatedBy: { username: 'isla-mcgregor' },
        });
      await phases('opened', 'merged', 'healthy');
      expect(replicas('production-eu', 'card-processor')).toBe(4);
      const events = (await read(receipt.id)).events.filter(
        ({ type }) => type === 'PhaseReached',
      );
      expect(events.map(({ message }) => message)).toEqual([
        expect.stringContaining(`#${pull.number} waits to be merged`),
        expect.stringContaining('somebody has to sync it'),
        expect.stringContaining('is healthy'),
      ]);
    });

    it('runs in staging at once what policy lets, and names the rule', async () => {
      const now = replicas('staging');
      const { body } = await ada
        .post('/requests', recommended(paymentApi('staging'), now, now * 2))
        .expect(201);
      expect(body).toMatchObject({
        tier: 1,
        decidedBy: 'policy/decisions/scale-outside-production',
      });
      const done = await becomes(body.id, 'succeeded');
      expect(replicas('staging')).toBe(now * 2);
      expect(done.votes).toEqual([]);
      expect(done.decidedBy).toBe('policy/decisions/scale-outside-production');
    });
  },
);
