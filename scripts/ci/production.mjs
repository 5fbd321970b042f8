// Builds for production, unpacks the bundle as an image would, and starts it
// on PostgreSQL without anything of the simulated estate.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../lib/paths.mjs';

const port = 7217;
const address = `http://127.0.0.1:${port}`;

function must(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  }
}

const image = mkdtempSync(join(tmpdir(), 'causeway-image-'));
const database = `causeway_ci_${randomBytes(4).toString('hex')}_`;
let backend;
try {
  must('npm', ['run', '--silent', 'build']);

  for (const archive of ['skeleton.tar.gz', 'bundle.tar.gz']) {
    must('tar', [
      'xzf',
      join(root, 'packages/backend/dist', archive),
      '-C',
      image,
    ]);
  }
  // Links to the workspaces are relative, so that in the copy they lead to
  // what was unpacked, not to the sources.
  must('cp', ['-al', join(root, 'node_modules'), join(image, 'node_modules')]);
  for (const name of readdirSync(root).filter(file =>
    /^app-config(\.production)?\.yaml$/.test(file),
  )) {
    cpSync(join(root, name), join(image, name));
  }

  // The frontend asks whether personas are offered, and knows nothing else of them.
  const { status } = spawnSync(
    'grep',
    [
      '-rliE',
      // Personal is something else.
      'persona([^l]|$)',
      join(image, 'packages/backend/dist'),
      join(image, 'plugins'),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 1) {
    throw new Error('The production bundle holds code of the demo personas');
  }

  backend = spawn(
    process.execPath,
    [
      'packages/backend',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.production.yaml',
    ],
    {
      cwd: image,
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'production',
        POSTGRES_HOST: '127.0.0.1',
        POSTGRES_PORT: '5432',
        POSTGRES_USER: 'postgres',
        POSTGRES_PASSWORD: 'trusted',
        APP_CONFIG_app_baseUrl: address,
        APP_CONFIG_backend_baseUrl: address,
        APP_CONFIG_backend_listen_port: String(port),
        APP_CONFIG_backend_database_prefix: database,
        AUTH_GITHUB_CLIENT_ID: 'none',
        AUTH_GITHUB_CLIENT_SECRET: 'none',
      },
    },
  );
  const ended = new Promise(resolve => {
    backend.once('exit', resolve);
  });

  const answers = async path => {
    const response = await fetch(`${address}${path}`).catch(() => undefined);
    return response?.status;
  };
  const deadline = Date.now() + 120_000;
  while ((await answers('/.backstage/health/v1/readiness')) !== 200) {
    if (backend.exitCode !== null || Date.now() > deadline) {
      throw new Error('The production build did not become ready');
    }
    await delay(500);
  }
  const expectations = [
    ['/', 200],
    ['/api/causeway/estate/status', 401],
    ['/api/causeway/estate/feed', 401],
    ['/api/auth/personas/list', 404],
    ['/api/auth/personas/refresh', 404],
  ];
  for (const [path, expected] of expectations) {
    const status = await answers(path);
    console.log(`GET ${path}: ${status}`);
    if (status !== expected) {
      throw new Error(`GET ${path} answered ${status} instead of ${expected}`);
    }
  }
  backend.kill('SIGTERM');
  await ended;
  console.log('The production build starts, answers and ends.');
} finally {
  backend?.kill('SIGKILL');
  rmSync(image, { recursive: true, force: true });
  spawnSync('sh', [
    '-c',
    `psql -h 127.0.0.1 -U postgres -Atc "select datname from pg_database where datname like '${database}%'" | xargs -r -n1 dropdb -h 127.0.0.1 -U postgres --force`,
  ]);
}
