// `npm test`: installs what is missing, then runs all unit and integration
// tests. Arguments go to Jest: `npm test -- plugins/causeway-common`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { run } from './lib/failure.mjs';
import { checkNode, ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

await run(() => {
  checkNode();
  ensureInstalled(text => console.log(text));
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'repo',
      'test',
      '--watchAll=false',
      // No test is about time: a slow machine gets as long as it needs.
      '--testTimeout=60000',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CI: 'true' } },
  );
  process.exitCode = status ?? 1;
});
