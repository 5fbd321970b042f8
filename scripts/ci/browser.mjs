// Runs the portal as a person would (`npm start`), the browser tests against
// it, and Ctrl-C: afterwards nothing may listen any more.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { checkPorts } from '../lib/ports.mjs';
import { root } from '../lib/paths.mjs';

const ports = [3000, 7007, 7100, 7101].map(port => ({ port, part: 'portal' }));

function startPortal() {
  const portal = spawn('npm', ['start'], {
    cwd: root,
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
