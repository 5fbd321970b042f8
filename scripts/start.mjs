// `npm start`: the whole portal on this machine with one command. Only
// Node.js built-ins are used, because nothing is installed when it begins.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { anchorEnvironment } from './lib/anchors.mjs';
import { Failure, run } from './lib/failure.mjs';
import { checkNode, ensureInstalled } from './lib/install.mjs';
import { Parts } from './lib/parts.mjs';
import { root, stateDir } from './lib/paths.mjs';
import { checkPorts } from './lib/ports.mjs';
import { simulatorEnvironment, startSimulator } from './lib/simulator.mjs';
import { parseStartArguments, usage } from './lib/startArguments.mjs';
import { fetchIfUp, waitFor } from './lib/waitFor.mjs';

const frontend = { port: 3000, url: 'http://localhost:3000' };
const backend = { port: 7007, url: 'http://127.0.0.1:7007' };
const simulator = { httpPort: 7100, httpsPort: 7101 };

const startedAt = Date.now();
function say(text) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(4);
  console.log(`${seconds} s  ${text}`);
}

const configArguments = configFiles =>
  configFiles.flatMap(file => ['--config', file]);

const toldTrouble = new Set();

/** What the estate's log says of sources that cannot be read, once each: every kind of a source says the same. */
function sayEstateTrouble(line) {
  // eslint-disable-next-line no-control-regex -- colours of the log
  const plain = line.replace(/\u001b\[\d+m/g, '');
  const [, source, text] =
    /\b(?:warn|error) Estate(?: ([^/:]+)\/\S+)?: (.*)/.exec(plain) ?? [];
  if (!text || toldTrouble.has(text)) return;
  toldTrouble.add(text);
  say(`!  ${source ? `${source}: ` : ''}${text.trim()}`);
}

// Not through `backstage-cli package start`: that goes on waiting for edits
// after a backend that ended, so that nobody would notice.
function startBackend(parts, { configFiles, env }) {
  parts.start({
    name: 'backend',
    command: process.execPath,
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'src/index.ts',
      ...configArguments(configFiles),
    ],
    cwd: join(root, 'packages', 'backend'),
    env: { ...env, NODE_ENV: 'development' },
    onLine: sayEstateTrouble,
  });
}

function startFrontend(parts, { configFiles, env }) {
  parts.start({
    name: 'frontend',
    command: process.execPath,
    args: [
      join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'package',
      'start',
      ...configArguments(configFiles),
    ],
    cwd: join(root, 'packages', 'app'),
    env,
  });
}

/** Who may sign in right now, once their users are in the catalog. */
async function readyPersonas() {
  const answer = await fetchIfUp(`${backend.url}/api/auth/personas/list`);
  return answer?.ready ? answer.personas : undefined;
}

await run(async () => {
  const options = parseStartArguments(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  checkNode();
  await checkPorts([
    { port: frontend.port, part: 'frontend' },
    { port: backend.port, part: 'backend' },
    ...(options.configFiles.length
      ? []
      : [
          { port: simulator.httpPort, part: 'simulated estate (HTTP)' },
          { port: simulator.httpsPort, part: 'simulated estate (Kubernetes)' },
        ]),
  ]);
  ensureInstalled(say);
  mkdirSync(join(stateDir, 'db'), { recursive: true, mode: 0o700 });

  const ending = new AbortController();
  const parts = new Parts((name, how) =>
    ending.abort(
      new Failure(
        `The ${name} ${how}; everything else is stopped too.\n\n${parts.tail(name)}`,
      ),
    ),
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => ending.abort(undefined));
  }
  const ended = new Promise((_, reject) =>
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason)),
  );
  // Heard at the end; until then an early rejection must not end the process.
  ended.catch(() => {});

  try {
    const { signal } = ending;
    let env = {};
    let configFiles = ['app-config.yaml', 'app-config.simulator.yaml'].map(
      name => join(root, name),
    );
    if (options.configFiles.length) {
      configFiles = [configFiles[0], ...options.configFiles];
    } else {
      say(
        'Starting the simulated estate (GitHub, four clusters, two Argo CDs)',
      );
      await startSimulator(parts, {
        ...simulator,
        webhookUrl: `${backend.url}/api/events/http/github`,
        life: options.life,
        signal,
      });
      env = { ...simulatorEnvironment(), ...anchorEnvironment() };
    }

    say('Starting the backend and the frontend');
    // What is this machine's alone, as Backstage has it: tokens, more kinds.
    const own = join(root, 'app-config.local.yaml');
    if (existsSync(own)) {
      configFiles = [...configFiles, own];
      say('app-config.local.yaml is read, too');
    }
    startBackend(parts, { configFiles, env });
    startFrontend(parts, { configFiles, env });

    await Promise.all([
      waitFor(
        () => fetchIfUp(`${backend.url}/.backstage/health/v1/readiness`),
        {
          what: 'The backend (log: .causeway/log/backend.log)',
          seconds: 180,
          signal,
        },
      ).then(() => say('The backend is up')),
      waitFor(() => fetchIfUp(`http://127.0.0.1:${frontend.port}/`), {
        what: 'The frontend (log: .causeway/log/frontend.log)',
        seconds: 180,
        signal,
      }).then(() => say('The frontend is compiled')),
    ]);

    if (options.configFiles.length) {
      say(`Ready: ${frontend.url}`);
    } else {
      say('The catalog is writing itself; waiting for the people to arrive');
      const personas = await waitFor(readyPersonas, {
        what: 'The people of the simulated estate (log: .causeway/log/backend.log)',
        seconds: 120,
        signal,
      });
      const me = personas.find(one => one.default) ?? personas[0];
      say(
        `Ready: ${frontend.url}, signed in as ${me.displayName} (${me.title})`,
      );
    }
    console.log('        Ctrl-C ends everything. Logs: .causeway/log');
    await ended;
  } catch (error) {
    // An AbortError of a wait says less than what aborted it.
    const cause = ending.signal.aborted ? ending.signal.reason : error;
    if (cause instanceof Failure) throw cause;
    if (!ending.signal.aborted) throw error;
  } finally {
    console.log('\nStopping');
    await parts.stop();
  }
});
process.exit();
