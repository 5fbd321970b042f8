// What our plugins add to the start of a backend: the same one with them and
// without, in turn, on databases that are there already. Smallest of the
// rounds each: whatever else the machine does only adds to a start.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- a bench is no part of any package
import { startGeneratedEstate } from '../../../plugins/causeway-backend/bench/generatedEstate.mjs';
import { bundleFeatures } from './bundleFeatures.mjs';
import { startBenchBackend } from './startBenchBackend.mjs';

const rounds = 4;
const features = await bundleFeatures();
const estate = await startGeneratedEstate(['--generate', '300']);
const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const best = { with: Infinity, without: Infinity };
try {
  // The first round lays the databases.
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of ['without', 'with']) {
      const own = join(folder, way);
      mkdirSync(own, { recursive: true });
      const backend = await startBenchBackend({
        features: way === 'with' ? features : 'without',
        folder: own,
        kubernetes: estate.kubernetes,
      });
      await backend.stop();
      if (round > 0) {
        best[way] = Math.min(best[way], backend.started);
      }
    }
  }
} finally {
  await estate.close();
  rmSync(folder, { recursive: true });
}
console.log(
  JSON.stringify({
    results: [
      {
        name: 'start of a backend with the catalog',
        value: best.without,
        unit: 'ms',
      },
      { name: 'the same with our plugins', value: best.with, unit: 'ms' },
      {
        name: 'what our plugins add to the start',
        value: best.with - best.without,
        unit: 'ms',
        atMost: 500,
      },
    ],
  }),
);
