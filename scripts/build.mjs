// `npm run build`: production builds of every package. Backstage's build of the
// backend calls `yarn`, which nobody has to have: a shim leads to npx.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './lib/failure.mjs';
import { checkNode, ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

await run(() => {
  checkNode();
  ensureInstalled(text => console.log(text));
  const { packageManager } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const shims = mkdtempSync(join(tmpdir(), 'causeway-build-'));
  try {
    writeFileSync(
      join(shims, 'yarn'),
      `#!/bin/sh\nexec npx -y @yarnpkg/cli-dist@${packageManager.replace('yarn@', '')} "$@"\n`,
      { mode: 0o755 },
    );
    const env = {
      ...process.env,
      PATH: `${shims}${delimiter}${process.env.PATH}`,
    };
    for (const [command, ...args] of [
      [join(root, 'node_modules', 'typescript', 'bin', 'tsc')],
      [
        join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
        'repo',
        'build',
        '--all',
      ],
    ]) {
      const { status } = spawnSync(process.execPath, [command, ...args], {
        cwd: root,
        stdio: 'inherit',
        env,
      });
      if (status !== 0) {
        process.exitCode = status ?? 1;
        return;
      }
    }
  } finally {
    rmSync(shims, { recursive: true, force: true });
  }
});
