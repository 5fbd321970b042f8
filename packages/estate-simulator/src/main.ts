import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createEstateSimulator,
  EstateSimulator,
} from './createEstateSimulator';
import { writePrivate } from './credentials';
import { environmentOf } from './environment';

const usage = `Usage: estate-simulator [options]

  --http-port PORT   plain listener on 127.0.0.1 (7100)
  --https-port PORT  TLS listener on 127.0.0.1, for kubectl (7101)
  --data-dir FOLDER  where tokens, kubeconfig and environment.json are kept (.causeway/estate)
  --life             let the estate move by itself
  --every SECONDS    between two happenings with --life (20)
  --generate OBJECTS make up clusters with so many objects in place of Meridian
  --clusters NUMBER  clusters with --generate (4)
  --applications     Argo CD Applications with --generate
  --repositories     GitHub repositories with --generate
  --seed NUMBER      order of what happens with --life; which estate with --generate (1)`;

// Exit codes: 1 for a fault, 2 for what the caller can put right.
const CALLER_ERROR = 2;

function readArguments() {
  const { values } = parseArgs({
    options: {
      'http-port': { type: 'string', default: '7100' },
      'https-port': { type: 'string', default: '7101' },
      'data-dir': { type: 'string', default: '.causeway/estate' },
      life: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      generate: { type: 'string', default: '0' },
      clusters: { type: 'string', default: '4' },
      applications: { type: 'boolean', default: false },
      repositories: { type: 'boolean', default: false },
      every: { type: 'string', default: '20' },
      'webhook-url': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const number = (
    option:
      'http-port' | 'https-port' | 'seed' | 'every' | 'generate' | 'clusters',
  ) => {
    const value = Number(values[option]);
    const most = option.endsWith('port') ? 65_535 : Number.MAX_SAFE_INTEGER;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw new Error(
        `--${option} takes a whole number, not '${values[option]}'`,
      );
    }
    return value;
  };
  const objects = number('generate');
  if (objects > 0 && values.life) {
    throw new Error('--life moves Meridian: leave it out with --generate');
  }
  const webhookUrl = (value: string | undefined) => {
    if (value !== undefined && !/^https?:\/\//.test(value)) {
      throw new Error(`--webhook-url takes an http address, not '${value}'`);
    }
    return value;
  };
  return {
    help: values.help,
    generate:
      objects > 0
        ? {
            objects,
            seed: number('seed'),
            clusters: number('clusters'),
            applications: values.applications,
            repositories: values.repositories,
          }
        : undefined,
    httpPort: number('http-port'),
    httpsPort: number('https-port'),
    dataDir: resolve(values['data-dir']),
    webhookUrl: webhookUrl(values['webhook-url']),
    life: values.life
      ? { seed: number('seed'), everyMs: number('every') * 1000 }
      : undefined,
  };
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(
  options: ReturnType<typeof readArguments>,
): Promise<EstateSimulator> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  return createEstateSimulator({
    httpPort: options.httpPort,
    httpsPort: options.httpsPort,
    dataDir: options.dataDir,
    webhookUrl: options.webhookUrl,
    life: options.life && { ...options.life, onHappening: write },
    generate: options.generate,
    // Slow enough to be seen: a rollout of three pods takes some seconds.
    argocd: { operationMs: 1_500, selfHealMs: 5_000 },
    rolloutStepMs: 1_500,
  });
}

async function main(): Promise<void> {
  let options;
  try {
    options = readArguments();
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`, CALLER_ERROR);
  }
  if (options.help) {
    write(usage);
    return;
  }

  let estate: EstateSimulator;
  try {
    estate = await start(options);
  } catch (error) {
    const { message } = error as Error;
    const taken = /^port \d+ .* is taken/.test(message);
    fail(
      message
        .replace('httpsPort', '--https-port')
        .replace('httpPort', '--http-port'),
      taken ? CALLER_ERROR : 1,
    );
  }

  let stopping = false;
  const stop = () => {
    if (!stopping) {
      stopping = true;
      estate.close().then(
        () => process.exit(0),
        error => fail(String(error), 1),
      );
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const file = (name: string) => join(options.dataDir, name);
  writePrivate(file('kubeconfig'), estate.kubeconfig);
  writePrivate(file('kubeconfig-operator'), estate.operatorKubeconfig);
  writePrivate(file('kubeconfig-admin'), estate.adminKubeconfig);
  writePrivate(
    file('environment.json'),
    `${JSON.stringify(environmentOf(estate, options.dataDir), undefined, 2)}\n`,
  );
  write(`GitHub and Argo CD at ${estate.urls.http}`);
  write(`Kubernetes at ${estate.urls.https}/clusters`);
  write('ready');
}

main().catch(error => fail(String(error?.stack ?? error), 1));
