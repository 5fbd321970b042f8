/**
 * Catalog validation in CI, as a module of the Backstage CLI:
 * `backstage-cli causeway catalog validate`.
 *
 * @packageDocumentation
 */
import { createCliModule } from '@backstage/cli-node';
import packageJson from '../package.json';
import { runCommand } from './cli/runCommand';
import { runInProcess } from './cli/runInProcess';
import { commands } from './commands';

export default createCliModule({
  packageJson,
  init: async registry => {
    for (const { path, description, run } of commands) {
      registry.addCommand({
        path: ['causeway', ...path],
        description,
        execute: async ({ args, info }) => {
          // The Backstage CLI ends every command that returns with 0, and one
          // that throws with a message of its own.
          await runInProcess(io =>
            runCommand(run, { args, usage: info.usage, io }),
          );
        },
      });
    }
  },
});
