import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { logDir, root } from './paths.mjs';

const graceMilliseconds = 8_000;

/**
 * The running parts of a local portal. Each is the leader of a process group
 * of its own, so that whatever a part starts ends with it.
 */
export class Parts {
  #parts = new Map();
  #stopping;
  #onUnexpectedEnd;

  /** @param {(name: string, how: string) => void} onUnexpectedEnd called when a part ends by itself */
  constructor(onUnexpectedEnd) {
    this.#onUnexpectedEnd = onUnexpectedEnd;
  }

  /**
   * Starts a part; its output goes to a log file.
   *
   * @param {{ name: string, command: string, args: string[], cwd: string, env?: Record<string, string>, onLine?: (line: string) => void }} options
   */
  start({ name, command, args, cwd, env, onLine }) {
    mkdirSync(logDir, { recursive: true });
    const logFile = join(logDir, `${name}.log`);
    const log = createWriteStream(logFile);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const ended = new Promise(resolve => {
      child.once('error', error =>
        resolve(`could not start: ${error.message}`),
      );
      child.once('exit', (code, signal) =>
        resolve(signal ? `ended by ${signal}` : `ended with code ${code}`),
      );
    });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', text => {
        log.write(text);
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        lines.forEach(line => onLine?.(line));
      });
    }
    this.#parts.set(name, { child, ended, logFile });
    ended.then(how => {
      log.end();
      if (!this.#stopping) this.#onUnexpectedEnd(name, how);
    });
  }

  /** The end of a part's log, for people. */
  tail(name, lines = 25) {
    const { logFile } = this.#parts.get(name);
    const text = readFileSync(logFile, 'utf8').trimEnd().split('\n');
    return `${text.slice(-lines).join('\n')}\n(all of it: ${relative(root, logFile)})`;
  }

  /** Ends every part: politely first, then for good. Safe to call twice. */
  stop() {
    this.#stopping ??= Promise.all(
      [...this.#parts.values()].map(async ({ child, ended }) => {
        signalGroup(child, 'SIGTERM');
        const timer = setTimeout(
          () => signalGroup(child, 'SIGKILL'),
          graceMilliseconds,
        );
        await ended;
        clearTimeout(timer);
        // The leader may have gone before what it started.
        signalGroup(child, 'SIGKILL');
      }),
    );
    return this.#stopping;
  }
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
