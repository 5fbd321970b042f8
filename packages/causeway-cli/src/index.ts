/**
 * Catalog validation in CI, as a module of the Backstage CLI:
 * `backstage-cli causeway catalog validate`.
 *
 * @packageDocumentation
 */
import { createCliModule } from '@backstage/cli-node';
import packageJson from '../package.json';
import { processIo } from './cli/Io';
import { runCommand } from './cli/runCommand';
import { commands } from './commands';

export default createCliModule({
  packageJson,
  init: async registry => {
    for (const { path, description, run } of commands) {
      registry.addCommand({
        path: ['causeway', ...path],
        description,
        execute: async ({ args, info }) => {
          const io = processIo();
          const code = await runCommand(run, { args, usage: info.usage, io });
          if (code !== 0) {
            await drained(process.stdout);
            await drained(process.stderr);
            // The Backstage CLI ends every command that returns with 0, and
            // one that throws with a message of its own.
            process.exit(code);
          }
        },
      });
    }
  },
});

/** Waits until what was written to a pipe is gone, because `process.exit` does not. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    stream.write('', () => resolve());
  });
}
