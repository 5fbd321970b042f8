import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createKubeconfig } from '../server/kubeconfig';
import { at } from './objects/json';
import {
  adminToken,
  startTestCluster,
  TestCluster,
  webDeployment,
} from './testing/startTestCluster';
import {
  createWorkloadController,
  WorkloadController,
} from './workloads/WorkloadController';

const run = promisify(execFile);

jest.setTimeout(60_000);

describe('kubectl', () => {
  let folder: string;
  let simulated: TestCluster;
  let controller: WorkloadController;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await run('kubectl', ['version', '--client']).catch(error => {
      throw new Error(
        `kubectl is needed by this test and was not found in PATH (Debian: apt-get install kubernetes-client): ${error.message}`,
      );
    });
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
    simulated = await startTestCluster();
    simulated.cluster.apply(webDeployment('web-0'), {
      manager: 'argocd-controller',
    });
    controller = createWorkloadController({
      cluster: simulated.cluster,
      stepMs: 20,
    });
    const kubeconfig = join(folder, 'config');
    await writeFile(
      kubeconfig,
      createKubeconfig({
        clusters: [
          {
            name: 'test',
            server: `${simulated.server.httpsUrl}/clusters/test`,
            token: adminToken,
            caCertificate: simulated.server.caCertificate,
          },
        ],
      }),
    );
    // HOME as well: kubectl keeps its discovery cache there.
    env = { ...process.env, KUBECONFIG: kubeconfig, HOME: folder };
  });

  afterEach(async () => {
    controller.stop();
    await simulated.server.close();
    await rm(folder, { recursive: true });
  });

  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run('kubectl', ['-n', 'guestbook', ...args], {
      env,
    });
    return stdout;
  }

  function live() {
    return simulated.cluster.get('deployments.apps', 'web-0', 'guestbook');
  }

  function managers() {
    return live()?.metadata.managedFields?.map(entry => entry.manager);
  }

  it('gets and describes', async () => {
    expect(await kubectl('get', 'deploy,rs,po')).toMatch(
      /deployment.apps\/web-0 +2\/2 +2 +2 +\d+s\n[^]*replicaset.apps\/web-0-\w+ +2 +2 +2[^]*pod\/web-0-\w+-\w+ +1\/1 +Running +0/,
    );
    expect(await kubectl('get', 'deploy', 'web-0', '-o', 'yaml')).toContain(
      'image: ghcr.io/acme/web-0:1.0.0',
    );
    expect(await kubectl('describe', 'deploy', 'web-0')).toMatch(
      /Replicas: +2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable[^]*NewReplicaSet: +web-0-\w+ \(2\/2 replicas created\)/,
    );
    expect(await kubectl('describe', 'pod')).toMatch(/Status: +Running/);
  });

  it('watches', async () => {
    const watch = spawn(
      'kubectl',
      ['-n', 'guestbook', 'get', 'deploy', '-w', '--no-headers'],
      { env },
    );
    try {
      const printed = new Promise<string>((resolve, reject) => {
        let seen = '';
        watch.on('error', reject);
        watch.on('exit', () => reject(new Error(`kubectl ended: ${seen}`)));
        watch.stdout.on('data', data => {
          const first = seen === '';
          seen += data;
          if (first) {
            simulated.cluster.apply(webDeployment('web-1'), {
              manager: 'test',
            });
          }
          if (/web-1 +2\/2/.test(seen)) resolve(seen);
        });
      });
      expect(await printed).toMatch(/^web-0 +2\/2 +2 +2/);
    } finally {
      watch.removeAllListeners('exit');
      watch.kill();
    }
  });

  it('applies, client-side and server-side', async () => {
    const file = join(folder, 'web.json');
    const write = (replicas: number) =>
      writeFile(file, JSON.stringify(webDeployment('web-5', { replicas })));
    await write(1);
    expect(await kubectl('apply', '-f', file)).toBe(
      'deployment.apps/web-5 created\n',
    );
    expect(await kubectl('apply', '-f', file)).toBe(
      'deployment.apps/web-5 unchanged\n',
    );
    await write(3);
    expect(await kubectl('apply', '-f', file)).toBe(
      'deployment.apps/web-5 configured\n',
    );
    await write(4);
    await expect(kubectl('apply', '--server-side', '-f', file)).rejects.toThrow(
      'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas',
    );
    expect(
      await kubectl('apply', '--server-side', '--force-conflicts', '-f', file),
    ).toBe('deployment.apps/web-5 serverside-applied\n');
    const stored = simulated.cluster.get(
      'deployments.apps',
      'web-5',
      'guestbook',
    );
    expect(at(stored, 'spec', 'replicas')).toBe(4);
  });

  it('scales', async () => {
    expect(await kubectl('scale', 'deploy/web-0', '--replicas=5')).toBe(
      'deployment.apps/web-0 scaled\n',
    );
    expect(at(live(), 'spec', 'replicas')).toBe(5);
    expect(managers()).toContain('kubectl');
  });

  it('edits', async () => {
    env.EDITOR = "sed -i -e 's/replicas: 2$/replicas: 7/'";
    expect(await kubectl('edit', 'deploy', 'web-0')).toBe(
      'deployment.apps/web-0 edited\n',
    );
    expect(at(live(), 'spec', 'replicas')).toBe(7);
    expect(managers()).toContain('kubectl-edit');
  });

  it('restarts, and waits for the rollout', async () => {
    expect(await kubectl('rollout', 'restart', 'deploy/web-0')).toBe(
      'deployment.apps/web-0 restarted\n',
    );
    expect(await kubectl('rollout', 'status', 'deploy/web-0')).toContain(
      'deployment "web-0" successfully rolled out',
    );
    expect(live()?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '2',
    });
    expect(managers()).toContain('kubectl-rollout');
    expect(await kubectl('rollout', 'history', 'deploy/web-0')).toMatch(
      /\n1 +<none>\n2 +<none>\n/,
    );
  });

  it('deletes', async () => {
    expect(await kubectl('delete', 'deploy', 'web-0')).toBe(
      'deployment.apps "web-0" deleted\n',
    );
    expect(await kubectl('get', 'po')).toBe('');
  });
});
