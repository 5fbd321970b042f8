import { TestDatabases } from '@backstage/backend-test-utils';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from './__testUtils__/callers';
import { eventually } from './__testUtils__/eventually';
import {
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';
import {
  scaffolderOf,
  taskRows,
  templateOf,
  templatesConfig,
} from './__testUtils__/templates';

jest.setTimeout(400_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});

/** Asks for a workload of so many replicas. */
const scale = (waitUpTo: object) =>
  templateOf(`scale-${JSON.stringify(waitUpTo).replace(/\W+/g, '')}`, {
    parameters: {
      required: ['target', 'replicas'],
      properties: {
        target: { type: 'string' },
        replicas: { type: 'integer' },
        reason: { type: 'string' },
      },
    },
    steps: [
      {
        id: 'before',
        name: 'Before',
        action: 'debug:log',
        input: { message: 'Before it is asked' },
      },
      {
        id: 'scale',
        name: 'Scale',
        action: 'causeway:request',
        input: {
          operation: 'scale-workload',
          target: '${{ parameters.target }}',
          input: { replicas: '${{ parameters.replicas }}' },
          reason: "${{ parameters.reason or 'The campaign begins' }}",
          waitUpTo: waitUpTo as never,
        },
      },
    ],
    output: { text: [{ title: '${{ steps.scale.output.state }}' }] },
  });

const patient = scale({ minutes: 3 });
const hasty = scale({ seconds: 1 });
const quick = templateOf('quick', {
  steps: [
    {
      id: 'log',
      name: 'Log',
      action: 'debug:log',
      input: { message: 'Done' },
    },
  ],
});
const held = (name: string, owner: string) =>
  templateOf(name, {
    owner,
    parameters: { properties: { database: { type: 'string' } } },
    steps: [
      {
        id: 'approval',
        name: 'People agree',
        action: 'causeway:approval',
        input: {
          reason: 'Orders need a place',
          binds: { database: '${{ parameters.database }}' },
        },
      },
      {
        id: 'log',
        name: 'Make it',
        action: 'debug:log',
        input: { message: 'Made ${{ parameters.database }}' },
      },
    ],
  });
const hold = held('hold', 'group:default/payments');
const nameOf = (template: typeof patient) =>
  (template.metadata as { name: string }).name;

describe.each(databases.eachSupportedId())(
  'templates that ask the gate, %s',
  id => {
    const rows = taskRows();
    let gate: GatePortal;
    let folder: string;
    let tomas: Caller;
    let noor: Caller;
    let ada: ReturnType<typeof scaffolderOf>;
    let isla: ReturnType<typeof scaffolderOf>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'causeway-templates-'));
      gate = await startGatePortal(databases, id, {
        features: [rows.module],
        config: {
          ...(await templatesConfig(folder, [patient, hasty, quick, hold])),
          scaffolder: {
            concurrentTasksLimit: 2,
          },
        },
      });
      [tomas, noor] = await Promise.all(
        ['tomas-novak', 'noor-rahman'].map(gate.person),
      );
      const of = async (login: string) =>
        scaffolderOf(gate.portal.server, await gate.portal.tokenOf(login));
      [ada, isla] = [await of('ada-okafor'), await of('isla-mcgregor')];
      const templates = [
        nameOf(patient),
        nameOf(hasty),
        'quick',
        'hold',
        'new-service',
        'database-claim',
      ];
      await eventually(async () => {
        const known = await gate.portal.entities();
        const missing = templates.filter(
          name => !known.has(`template:default/${name}`),
        );
        if (missing.length > 0) {
          throw new Error(`${missing} are not in the catalog yet`);
        }
      });
    });
    afterAll(async () => {
      await gate?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const worker = workloadRef('production-us', 'payments', 'payment-worker');
    const api = workloadRef('production-us', 'payments', 'payment-api');
    const replicas = (name: string) =>
      (
        gate.estate.world
          .cluster('production-us')
          .get('deployments.apps', name, 'payments')!.spec as {
          replicas: number;
        }
      ).replicas;
    const readAll = async (target: string): Promise<GateRequest[]> => {
      const { body } = await noor.get(`/requests?target=${target}`).expect(200);
      return Promise.all(
        body.items.map(async (row: { id: string }) => {
          const answer = await noor.get(`/requests/${row.id}`).expect(200);
          return answer.body;
        }),
      );
    };
    const open = (target: string): Promise<GateRequest> =>
      eventually(async () => {
        const all = await readAll(target);
        const found = all.find(({ state }) => state === 'pending');
        if (!found) {
          throw new Error(`nothing is pending about ${target}`);
        }
        return found;
      }, 60_000);
    const vote = (
      person: Caller,
      { id: requestId, digest }: GateRequest,
      decision = 'approve',
      comment = 'It fits',
    ) =>
      person
        .post(`/requests/${requestId}/votes`, { decision, digest, comment })
        .expect(200);

    it('wait until two people approve, and go on', async () => {
      const before = replicas('payment-worker');
      const task = await ada.run(nameOf(patient), {
        target: worker,
        replicas: before * 2,
      });
      const asked = await open(worker);
      expect(asked.requester).toMatchObject({
        ref: 'user:default/ada-okafor',
        actor: 'plugin:scaffolder',
        entrance: 'template',
        set: ['user:default/ada-okafor'],
      });
      expect((await ada.read(task)).status).toBe('processing');
      expect(replicas('payment-worker')).toBe(before);

      // Whoever started it does not vote.
      await (
        await gate.person('ada-okafor')
      )
        .post(`/requests/${asked.id}/votes`, {
          decision: 'approve',
          digest: asked.digest,
        })
        .expect(403);
      await vote(tomas, asked);
      await vote(noor, asked);
      const done = await ada.becomes(task, 'completed');
      expect(done.output).toEqual({ text: [{ title: 'succeeded' }] });
      expect(done.log).toContain(`/approvals/${asked.id}`);
      expect(done.log).toMatch(/Waiting for .* group:default\/payments/);
      expect(replicas('payment-worker')).toBe(before * 2);
    });

    it('end with what was said when people deny it', async () => {
      const before = replicas('payment-api');
      const task = await ada.run(nameOf(patient), {
        target: api,
        replicas: before * 2,
      });
      const asked = await open(api);
      await vote(tomas, asked, 'deny', 'The month is being closed');
      const failed = await ada.becomes(task, 'failed');
      expect(failed.error).toContain('The month is being closed');
      expect(failed.error).toContain(`/approvals/${asked.id}`);
      expect(failed.error).toContain('user:default/tomas-novak');
      expect(replicas('payment-api')).toBe(before);
    });

    it('park when nobody decides, and go on with Retry as whoever started them', async () => {
      const target = workloadRef('production-eu', 'payments', 'payment-api');
      const deployment = () =>
        (
          gate.estate.world
            .cluster('production-eu')
            .get('deployments.apps', 'payment-api', 'payments')!.spec as {
            replicas: number;
          }
        ).replicas;
      const before = deployment();
      const task = await ada.run(nameOf(hasty), {
        target,
        replicas: before * 2,
      });
      const parked = await ada.becomes(task, 'failed');
      const asked = await open(target);
      expect(parked.error).toMatch(/^waiting for approval/);
      expect(parked.error).toContain(`/approvals/${asked.id}`);
      // Parked once more: nothing is asked for twice.
      await ada.retry(task).expect(201);
      await ada.failsAfter(task, 2);
      expect((await readAll(target)).map(one => one.id)).toEqual([asked.id]);

      await vote(tomas, asked);
      await vote(noor, asked);
      await eventually(async () => expect(deployment()).toBe(before * 2));
      await eventually(async () =>
        expect((await readAll(target))[0].state).toBe('succeeded'),
      );
      await ada.retry(task).expect(201);
      const done = await ada.becomes(task, 'completed');
      expect(done.log).toContain('Skipping step before');
      expect((await readAll(target)).map(one => one.id)).toEqual([asked.id]);
    });

    it('do not go on with what was approved for somebody else', async () => {
      const before = replicas('payment-worker');
      const task = await ada.run(nameOf(hasty), {
        target: worker,
        replicas: before * 2,
      });
      await ada.failsAfter(task, 1);
      const asked = await open(worker);
      await vote(tomas, asked);
      await vote(noor, asked);
      await eventually(async () =>
        expect(replicas('payment-worker')).toBe(before * 2),
      );
      await eventually(async () =>
        expect((await readAll(worker))[0].state).toBe('succeeded'),
      );
      // Isla asks for herself, and finds nothing of what Ada was let do.
      await isla.retry(task).expect(201);
      const ended = await eventually(async () => {
        const one = await isla.read(task);
        expect([one.asked, one.status]).toEqual([
          2,
          expect.not.stringMatching('processing'),
        ]);
        return one;
      }, 30_000);
      const own = /.*Asked for .*approvals\/(\S+)/s.exec(ended.log)![1];
      expect(own).not.toBe(asked.id);
      expect(
        (await readAll(worker)).find(one => one.id === own)!.requester.ref,
      ).toBe('user:default/isla-mcgregor');
    });

    it('leave a slot for those that ask for nothing', async () => {
      const targets = ['production-eu', 'production-us'].map(cluster =>
        workloadRef(cluster, 'payments', 'payment-worker'),
      );
      const first = await ada.run(nameOf(patient), {
        target: targets[0],
        replicas: 30,
      });
      await open(targets[0]);
      // Of two slots one waits, so the second one parks at once.
      const second = await isla.run(nameOf(patient), {
        target: workloadRef('production-us', 'payments', 'payment-api'),
        replicas: 30,
      });
      const parked = await isla.becomes(second, 'failed');
      expect(parked.error).toMatch(/waiting for approval: as many templates/);
      const third = await isla.run(nameOf(quick));
      await isla.becomes(third, 'completed');
      expect((await ada.read(first)).status).toBe('processing');

      // A task that is canceled takes back what it asked for.
      const asked = await open(targets[0]);
      await ada.cancel(first).expect(200);
      await eventually(async () =>
        expect(
          (await noor.get(`/requests/${asked.id}`).expect(200)).body.state,
        ).toBe('withdrawn'),
      );
    });

    it('are held until people approve the steps that are left', async () => {
      const template = 'template:default/hold';
      const task = await ada.run('hold', { database: 'orders' });
      const asked = await open(template);
      expect(asked).toMatchObject({
        operation: { name: 'run-template', capability: 'golden-paths' },
        target: { type: 'template', owner: 'group:default/payments' },
        // No environment is theirs, so that the strictest that could be meant holds.
        assessment: { tier: 2, risk: { level: 'critical' } },
        approval: {
          count: 2,
          approvers: expect.arrayContaining(['group:default/payments']),
        },
        plan: {
          changes: [
            { path: 'binds.database', after: 'orders' },
            { path: 'steps.log', label: 'Make it', after: 'debug:log' },
          ],
        },
      });
      expect((await ada.read(task)).log).not.toContain('Made orders');
      // Another one of the same template need not wait for this one.
      const other = await isla.run('hold', { database: 'returns' });
      await isla.becomes(other, 'failed');
      expect(
        (await readAll(template)).map(({ requester }) => requester.ref).sort(),
      ).toEqual(['user:default/ada-okafor', 'user:default/isla-mcgregor']);

      await vote(tomas, asked);
      await vote(await gate.person('isla-mcgregor'), asked);
      const done = await ada.becomes(task, 'completed');
      expect(done.log).toContain(
        'Approved by user:default/isla-mcgregor, user:default/tomas-novak',
      );
      expect(done.log).toContain('Made orders');
    });

    it('make what the shipped golden paths promise, with stamps', async () => {
      const asked = {
        name: 'returns-api',
        owner: 'group:default/payments',
        reason: 'Customers send things back: by themselves',
      };
      const task = await ada.run('new-service', {
        ...asked,
        environment: 'development',
        replicas: 2,
      });
      const done = await ada.becomes(task, 'completed');
      expect(done.asked).toBe(0);
      expect(done.log).toContain(
        'Stamped 1 of catalog-info.yaml as made by template:default/new-service',
      );
      // A database waits for people, who see how long backups are kept.
      const claim = await ada.run('database-claim', {
        ...asked,
        namespace: 'payments',
        risk: 'critical',
        size: 'small',
      });
      const waiting = await open('template:default/database-claim');
      expect(waiting.plan!.changes).toContainEqual(
        expect.objectContaining({
          path: 'binds.backupRetentionDays',
          after: 35,
        }),
      );
      const [platform, security] = await Promise.all(
        ['noor-rahman', 'isla-mcgregor'].map(gate.person),
      );
      await vote(platform, waiting);
      await vote(security, waiting);
      const made = await ada.becomes(claim, 'completed');
      expect(made.log).toContain('Stamped 1 of catalog-info.yaml');
    });

    it('only try out in a dry run', async () => {
      const target = workloadRef('staging', 'payments', 'payment-api');
      const { body } = await ada
        .dryRun(patient, { target, replicas: 3 })
        .expect(200);
      expect(JSON.stringify(body.log)).toContain(
        'Nothing is asked for in a dry run. Scale Deployment payments/payment-api',
      );
      // What acts for a person shows evidence, or people look.
      expect(body.output).toEqual({ text: [{ title: 'pending' }] });
      expect(await readAll(target)).toEqual([]);
    });

    it('go on after a restart, and ask for nothing twice', async () => {
      const before = replicas('payment-worker');
      const task = await ada.run(nameOf(patient), {
        target: worker,
        replicas: before + 11,
      });
      const { id: requestId } = await open(worker);
      await gate.restart();
      [tomas, noor] = await Promise.all(
        ['tomas-novak', 'noor-rahman'].map(gate.person),
      );
      ada = scaffolderOf(
        gate.portal.server,
        await gate.portal.tokenOf('ada-okafor'),
      );
      expect(
        (await readAll(worker)).filter(({ state }) => state === 'pending'),
      ).toMatchObject([{ id: requestId }]);
      await rows.recover(task);
      // Whatever is started wakes it.
      await ada.becomes(await ada.run(nameOf(quick)), 'completed');
      await eventually(
        async () => expect((await ada.read(task)).asked).toBe(2),
        30_000,
      );
      const asked = await open(worker);
      expect(asked.id).toBe(requestId);
      await vote(tomas, asked);
      await vote(noor, asked);
      const done = await ada.becomes(task, 'completed');
      expect(done.log).toContain(`/approvals/${requestId}`);
      expect(replicas('payment-worker')).toBe(before + 11);
    });
  },
);
