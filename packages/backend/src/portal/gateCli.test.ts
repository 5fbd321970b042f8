import { TestDatabases } from '@backstage/backend-test-utils';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Caller } from './__testUtils__/callers';
import {
  startGatePortal,
  workloadRef,
  type GatePortal,
} from './__testUtils__/startGatePortal';

jest.setTimeout(300_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['POSTGRES_17']
    : ['SQLITE_3'],
});
// eslint-disable-next-line no-restricted-syntax -- the command as one calls it in a checkout
const command = resolve(__dirname, '../../../causeway-cli/bin/causeway');

describe.each(databases.eachSupportedId())(
  'the command line and the gate, %s',
  id => {
    let gate: GatePortal;
    let folder: string;
    let tomas: Caller;
    let noor: Caller;
    const target = workloadRef('production-us', 'payments', 'payment-worker');

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'causeway-gate-cli-'));
      gate = await startGatePortal(databases, id);
      [tomas, noor] = await Promise.all(
        ['tomas-novak', 'noor-rahman'].map(gate.person),
      );
    });
    afterAll(async () => {
      await gate?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    /** Calls it as somebody, in a process of its own. */
    const causeway = async (login: string, ...args: string[]) => {
      const { port } = gate.portal.server.address() as AddressInfo;
      const token = await gate.portal.tokenOf(login);
      return new Promise<{ code: number; stdout: string; stderr: string }>(
        done => {
          execFile(
            process.execPath,
            [command, ...args],
            {
              cwd: folder,
              env: {
                ...process.env,
                CAUSEWAY_URL: `http://127.0.0.1:${port}`,
                CAUSEWAY_TOKEN: token,
              },
            },
            (error, stdout, stderr) =>
              done({ code: Number(error?.code ?? 0), stdout, stderr }),
          );
        },
      );
    };
    const replicas = () =>
      (
        gate.estate.world
          .cluster('production-us')
          .get('deployments.apps', 'payment-worker', 'payments')!.spec as {
          replicas: number;
        }
      ).replicas;
    const ask = (...more: string[]) =>
      causeway(
        'ada-okafor',
        'request',
        'scale-workload',
        target,
        '--reason',
        'The campaign begins on Friday',
        ...more,
      );

    it('asks, passes the link on, and waits until people have decided', async () => {
      const wanted = replicas() * 2;
      const dry = await ask('--set', `replicas=${wanted}`, '--dry-run');
      expect(dry).toMatchObject({ code: 0, stderr: '' });
      expect(dry.stdout).toContain('would wait');
      const { body: none } = await noor.get(`/requests?target=${target}`);
      expect(none.items).toEqual([]);

      const asked = await ask('--set', `replicas=${wanted}`, '--json');
      expect(asked).toMatchObject({ code: 0, stderr: '' });
      const receipt = JSON.parse(asked.stdout);
      expect(receipt).toMatchObject({ state: 'pending', tier: 2 });

      const link = await causeway('tomas-novak', 'approve-link', receipt.id);
      expect(link).toMatchObject({ code: 0, stdout: `${receipt.link}\n` });
      expect(link.stderr).toContain('group:default/payments');

      const waiting = causeway(
        'ada-okafor',
        'status',
        receipt.id,
        '--wait',
        '3',
      );
      const { body } = await noor.get(`/requests/${receipt.id}`);
      for (const person of [tomas, noor]) {
        await person
          .post(`/requests/${receipt.id}/votes`, {
            decision: 'approve',
            digest: (body as GateRequest).digest,
          })
          .expect(200);
      }
      const done = await waiting;
      expect(done).toMatchObject({ code: 0 });
      expect(done.stdout).toContain('succeeded');
      expect(done.stderr).toMatch(/Approved: .*\n[^]*Verified: /);
      expect(replicas()).toBe(wanted);
      expect(
        (await causeway('tomas-novak', 'approve-link', receipt.id)).code,
      ).toBe(1);
    });

    it('says what the gate refuses, and takes back what is not needed', async () => {
      const managed = await causeway(
        'ada-okafor',
        'request',
        'scale-workload',
        workloadRef('production-eu', 'core-banking', 'accounts'),
        '--set',
        'replicas=9',
        '--reason',
        'More',
      );
      expect(managed.code).toBe(1);
      expect(managed.stdout).toMatch(/refused +.*from Git/);
      expect(managed.stdout).toContain('open-pull-request');

      const wrong = await ask('--set', 'replicas=many');
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toMatch(/^error: .*replicas/);

      const asked = JSON.parse(
        (await ask('--set', `replicas=${replicas() * 3}`, '--json')).stdout,
      );
      const stranger = await causeway('mia-fernandez', 'withdraw', asked.id);
      expect(stranger.code).toBe(2);
      const back = await causeway('ada-okafor', 'withdraw', asked.id);
      expect(back).toMatchObject({ code: 0, stderr: '' });
      expect(back.stdout).toContain('withdrawn');
      expect(
        (await causeway('ada-okafor', 'status', asked.id)).stdout,
      ).toContain('withdrawn');
    });

    it('writes the trail down for who may read it, and verifies it', async () => {
      const file = join(folder, 'trail.jsonl');
      expect(
        await causeway('noor-rahman', 'audit', 'export', '-o', file),
      ).toMatchObject({ code: 0, stderr: '' });
      expect(await readFile(file, 'utf8')).toContain('VoteCast');
      expect(
        await causeway('noor-rahman', 'audit', 'verify', file),
      ).toMatchObject({ code: 0, stdout: expect.stringContaining('Whole') });
      const some = await causeway(
        'noor-rahman',
        'audit',
        'export',
        '--action',
        'Withdrawn',
        '--by',
        'user:default/ada-okafor',
      );
      expect(some.stdout).toContain('Withdrawn');
      expect(some.stdout).not.toContain('VoteCast');
      const denied = await causeway('mia-fernandez', 'audit', 'export');
      expect(denied).toMatchObject({ code: 2, stdout: '' });
    });
  },
);
