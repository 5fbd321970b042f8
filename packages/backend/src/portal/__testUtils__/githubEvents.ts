import type { BackendFeature } from '@backstage/backend-plugin-api';
import { dirname, join } from 'node:path';

const folder = join(
  dirname(
    require.resolve('@backstage/plugin-events-backend-module-github/package.json'),
  ),
  'dist',
  'service',
);

const load = (file: string): BackendFeature =>
  jest.requireActual<{ default: BackendFeature }>(join(folder, file)).default;

/**
 * The two modules of `@backstage/plugin-events-backend-module-github`. Its
 * main export loads them by `import()`, which Jest's environment does not
 * offer to CommonJS.
 */
export const githubEvents = [
  load('eventsModuleGithubEventRouter.cjs.js'),
  load('eventsModuleGithubWebhook.cjs.js'),
];
