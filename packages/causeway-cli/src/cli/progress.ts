import { Io } from './Io';

/** Progress is told only when a run takes longer than this. */
const quietMs = 1500;

/** Tells on stderr how far a long run is: in place on a terminal, else a line now and then. */
export function createProgress(
  stderr: Io['stderr'],
  clock: () => number = () => performance.now(),
): { tick(done: number, total?: number, what?: string): void; end(): void } {
  const begun = clock();
  const every = stderr.isTerminal ? 100 : 5000;
  let last = begun + quietMs - every;
  let drawn = false;
  return {
    tick(done, total, what = 'files') {
      const now = clock();
      if (now - begun < quietMs || now - last < every) {
        return;
      }
      last = now;
      const text = total ? `${done} of ${total} ${what}` : `${done} ${what}`;
      drawn = stderr.isTerminal;
      stderr.write(stderr.isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (drawn) {
        stderr.write('\r\u001b[K');
      }
    },
  };
}
