import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Git-ignored home of everything that a local portal keeps. */
export const stateDir = join(root, '.causeway');

/** Where the parts write their logs. */
export const logDir = join(stateDir, 'log');
