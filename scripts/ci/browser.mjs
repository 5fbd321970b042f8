// Runs the portal as a person would (`npm start`), the browser tests against
// it, and Ctrl-C: afterwards nothing may listen any more.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkPorts } from '../lib/ports.mjs';
import { root, stateDir } from '../lib/paths.mjs';

const ports = [3000, 7007, 7100, 7101].map(port => ({ port, part: 'portal' }));

// A copy of the demo's policy, for the tests declare a freeze in it: the files
// that app-config.simulator.yaml names, in the same order.
const policyDir = join(stateDir, 'browser-test-policy');

function copyPolicy() {
  rmSync(policyDir, { recursive: true, force: true });
  return ['risk-tiers.yaml', 'decisions.yaml'].map(name => {
    const copy = join(policyDir, name);
    cpSync(join(root, 'examples', 'policy', name), copy);
    return copy;
  });
}

function startPortal() {
  const portal = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...process.env,
      APP_CONFIG_causeway_gate_policy_files: JSON.stringify(copyPolicy()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ready = new Promise((resolve, reject) => {
    portal.stdout.setEncoding('utf8');
    portal.stdout.on('data', text => {
      process.stdout.write(text);
      if (text.includes('Ready: http://localhost:3000, signed in as')) {
        resolve();
      }
    });
    portal.once('exit', code =>
      reject(
        new Error(`npm start ended with code ${code} before it was ready`),
      ),
    );
  });
  return { portal, ready };
}

const { portal, ready } = startPortal();
let status = 1;
try {
  await ready;
  ({ status } = spawnSync('npx', ['playwright', 'test'], {
    cwd: root,
    env: {
      ...process.env,
      CAUSEWAY_ESTATE_ENVIRONMENT: join(stateDir, 'estate', 'environment.json'),
      CAUSEWAY_ESTATE_KUBECONFIG: join(stateDir, 'estate', 'kubeconfig'),
      CAUSEWAY_POLICY_FILE: join(policyDir, 'decisions.yaml'),
    },
    stdio: 'inherit',
  }));
} finally {
  if (portal.exitCode === null) {
    const ended = once(portal, 'exit');
    // What a terminal does on Ctrl-C: the signal goes to the whole group.
    process.kill(-portal.pid, 'SIGINT');
    await ended;
  }
}
await checkPorts(ports);
console.log('Ctrl-C ended every part.');
process.exitCode = status ?? 1;
