import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

/**
 * Starts a simulated estate of a size in a process of its own: what is
 * measured shares nothing with it but the machine.
 *
 * @param {string[]} args - of the simulator's command
 */
export async function startGeneratedEstate(args) {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const child = spawn(
    process.execPath,
    [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      join(root, 'packages/estate-simulator/src/main.ts'),
      ...['--http-port', '0', '--https-port', '0', '--data-dir', dataDir],
      ...args,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((ready, fail) => {
    child.on('exit', code => fail(new Error(`the simulator ended: ${code}`)));
    createInterface({ input: child.stdout }).on(
      'line',
      line => line === 'ready' && ready(),
    );
  });
  const { urls } = JSON.parse(
    readFileSync(join(dataDir, 'environment.json'), 'utf8'),
  );
  return {
    urls,
    /** `causeway.estate.sources.kubernetes` for plain HTTP. */
    kubernetes: Object.entries(urls.kubernetes).map(([id, { token }]) => ({
      id,
      environment: id.replace(/-.*/, ''),
      url: `${urls.http}/clusters/${id}`,
      token,
    })),
    async close() {
      child.removeAllListeners('exit');
      const ended = new Promise(done => child.once('exit', done));
      child.kill();
      await ended;
      rmSync(dataDir, { recursive: true });
    },
  };
}
