import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ReplicaOptions } from './replicaProcess';

/** A replica in a process of its own. */
export interface Replica {
  owner: string;
  /** Ends it as a crash does. */
  kill(): void;
  /** Lets it end by itself. */
  stop(): Promise<void>;
}

/** Starts ingestion in a process of its own; resolves when it runs. */
export function startReplica(options: ReplicaOptions): Promise<Replica> {
  return startProcess(
    path.join(__dirname, 'replicaProcess.ts'),
    options.owner,
    options,
  );
}

/** Starts a file in a process of its own; resolves when it says that it has started. */
export async function startProcess(
  file: string,
  owner: string,
  options: object,
): Promise<Replica> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      file,
    ],
    {
      env: { ...process.env, REPLICA: JSON.stringify(options) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', chunk => {
      if (String(chunk).includes('started')) {
        resolve();
      }
    });
    ended.then(([code]) =>
      reject(new Error(`Replica ${owner} ended with ${code}`)),
    );
  });
  return {
    owner,
    kill: () => child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
