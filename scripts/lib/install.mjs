import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { root } from './paths.mjs';

const oldestNode = 20;
const stampFile = join(root, 'node_modules', '.causeway-install');

/** Refuses a Node.js that is too old to run the portal. */
export function checkNode(version = process.versions.node) {
  const major = Number(version.split('.')[0]);
  if (major < oldestNode) {
    throw new Failure(
      `Node.js ${version} is too old: Causeway needs version ${oldestNode}, 22 or 24. Install one of them and start again.`,
    );
  }
}

/** What an installation depends on: the manifests, the lock file and the ABI that native parts were built for. */
function wantedStamp() {
  const hash = createHash('sha256');
  hash.update(`${process.versions.modules} ${process.platform}`);
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name =>
      join(root, folder, name, 'package.json'),
    ),
  );
  for (const file of ['package.json', 'yarn.lock', '.yarnrc.yml']
    .map(name => join(root, name))
    .concat(manifests.sort())) {
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The version of Yarn that package.json names. */
function yarnVersion() {
  const { packageManager } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return packageManager.replace('yarn@', '');
}

/**
 * Installs what is missing with Yarn through npx, so that nothing but Node.js
 * and npm has to be there beforehand. Does nothing when the last installation
 * still fits.
 *
 * @param {(text: string) => void} say
 */
export function ensureInstalled(say) {
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  say(
    'Installing dependencies (a first time takes some minutes: native parts are compiled)',
  );
  const { status, signal } = spawnSync(
    'npx',
    ['-y', `@yarnpkg/cli-dist@${yarnVersion()}`, 'install', '--immutable'],
    { cwd: root, stdio: 'inherit' },
  );
  if (signal) process.exit(130);
  if (status !== 0) {
    throw new Failure(
      'The installation failed; Yarn says why above. YN0028 means that yarn.lock does not fit a package.json: run `npx @yarnpkg/cli-dist install` and commit the lock file. Otherwise it is mostly the npm registry or a C++ compiler that is missing (Debian: apt-get install build-essential python3).',
    );
  }
  writeFileSync(stampFile, stamp);
}
