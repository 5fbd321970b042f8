import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
export const token = 'bench-token-of-no-other-use';

const freePort = () =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * Starts a backend on the configuration that is shipped, with its own port,
 * databases and sources.
 *
 * @param {{ features: string, folder: string, kubernetes: object[] }} options -
 *   bundle of our features or `without`, a folder for its databases, and sources
 */
export async function startBenchBackend({ features, folder, kubernetes }) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const own = join(folder, 'app-config.bench.yaml');
  // JSON is YAML.
  writeFileSync(
    own,
    JSON.stringify({
      app: { baseUrl },
      backend: {
        baseUrl,
        listen: { host: '127.0.0.1', port },
        database: {
          client: 'better-sqlite3',
          connection: { directory: join(folder, 'db') },
        },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'bench' } },
          ],
        },
      },
      permission: { enabled: false },
      catalog: { locations: [] },
      causeway: { estate: { sources: { kubernetes } } },
    }),
  );
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('backendProcess.mjs', import.meta.url)),
      features,
      ...['--config', '../../app-config.yaml'],
      ...['--config', own],
    ],
    {
      cwd: packageFolder,
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const started = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const match = /^started in ([\d.]+) ms$/.exec(line);
      if (match) {
        resolve(Number(match[1]));
      } else {
        // The backend's log: errors only.
        console.error(line);
      }
    });
    child.once('exit', code =>
      reject(new Error(`the backend ended with ${code}`)),
    );
  });
  return {
    baseUrl,
    started,
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
