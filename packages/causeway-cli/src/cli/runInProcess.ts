import { exitCodes } from './exitCodes';
import { Io, processIo } from './Io';

/**
 * Runs a command with the process's own streams and ends the process once they
 * are drained: what a model layer left running keeps nobody waiting.
 */
export async function runInProcess(
  run: (io: Io) => Promise<number>,
): Promise<never> {
  // What went wrong is asked for at the end; unheard, it would end the process.
  process.stdout.on('error', () => {});
  // Where even that cannot be written, there is nowhere to say so.
  process.stderr.on('error', () => {});
  let code = await run(processIo());
  await drained(process.stdout);
  const fault = faultOf(process.stdout);
  if (fault) {
    code = exitCodes.fault;
    process.stderr.write(
      `error: standard output cannot be written (${fault})\n`,
    );
  }
  await drained(process.stderr);
  return process.exit(code);
}

/** Why a stream broke. A reader such as `head` that goes away early is no fault. */
function faultOf({ errored }: NodeJS.WriteStream): string | undefined {
  const { code, message } = (errored ?? {}) as Partial<NodeJS.ErrnoException>;
  return code === 'EPIPE' ? undefined : (code ?? message);
}

/** Waits until what was written to a pipe is gone, because `process.exit` does not. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (stream.destroyed || stream.errored) {
      resolve();
      return;
    }
    stream.once('close', resolve);
    stream.write('', () => resolve());
  });
}
