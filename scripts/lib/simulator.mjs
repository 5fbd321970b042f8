import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateDir } from './paths.mjs';

const dataDir = join(stateDir, 'estate');

/**
 * Starts the simulated estate and waits until it answers.
 *
 * @param {import('./parts.mjs').Parts} parts
 * @param {{ httpPort: number, httpsPort: number, webhookUrl: string, life: boolean, signal: AbortSignal }} options
 */
export async function startSimulator(
  parts,
  { httpPort, httpsPort, webhookUrl, life, signal },
) {
  await new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    parts.start({
      name: 'simulator',
      command: process.execPath,
      args: [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        join(root, 'packages', 'estate-simulator', 'src', 'main.ts'),
        '--http-port',
        String(httpPort),
        '--https-port',
        String(httpsPort),
        '--data-dir',
        dataDir,
        '--webhook-url',
        webhookUrl,
        ...(life ? ['--life'] : []),
      ],
      cwd: root,
      onLine: line => {
        if (line.trim() === 'ready') resolve();
      },
    });
  });
}

/** What app-config.simulator.yaml takes from the environment: the tokens that the simulator made. */
export function simulatorEnvironment() {
  return JSON.parse(readFileSync(join(dataDir, 'environment.json'), 'utf8'))
    .variables;
}
