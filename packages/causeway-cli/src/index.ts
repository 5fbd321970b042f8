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
          process.exitCode = await runCommand(run, {
            args,
            usage: info.usage,
            io: processIo(),
          });
        },
      });
    }
  },
});
