/** What a command may touch of the process, so that tests can stand in for it. */
export interface Io {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: AsyncIterable<Uint8Array>;
  stdout: { write(text: string): void; isTerminal: boolean };
  stderr: { write(text: string): void; isTerminal: boolean };
  now: () => Date;
}

/** The process itself. */
export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    // Opened only when it is asked for.
    get stdin() {
      return process.stdin;
    },
    stdout: {
      write: text => void process.stdout.write(text),
      isTerminal: process.stdout.isTTY === true,
    },
    stderr: {
      write: text => void process.stderr.write(text),
      isTerminal: process.stderr.isTTY === true,
    },
    now: () => new Date(),
  };
}

/** Whether to write colours: https://no-color.org and its counterpart decide, then the terminal. */
export function wantsColor({
  env,
  stdout,
}: Pick<Io, 'env' | 'stdout'>): boolean {
  if (env.NO_COLOR) {
    return false;
  }
  if (env.FORCE_COLOR) {
    return env.FORCE_COLOR !== '0';
  }
  return stdout.isTerminal && env.TERM !== 'dumb';
}
