// A backend with the catalog, with our plugins or without, in a process of its
// own. Prints how many milliseconds it took to start, then runs until killed.
// Arguments: the bundle of our features or `without`, then `--config FILE`s.
import { createRequire } from 'node:module';

const [features] = process.argv.slice(2);
const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { walDatabase } = require('../src/database/walDatabase.ts');

const before = performance.now();
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
backend.add(walDatabase);
backend.add(require('@backstage/plugin-events-backend').default);
backend.add(require('@backstage/plugin-catalog-backend').default);

if (features !== 'without') {
  const { causeway, catalogModule } = require(features);

  backend.add(catalogModule);
  backend.add(causeway);
}
await backend.start();
console.log(`started in ${performance.now() - before} ms`);
