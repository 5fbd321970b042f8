// How fast the audit trail is verified: every entry of a trail that the gate's
// own code wrote, entries of 1 KB, read in pages as the backend does it while
// it answers others. In the same run, as the baseline, SHA-256 over the same
// bytes in memory, how long the event loop was held, and an export.
// CAUSEWAY_BENCH_ENTRIES chooses another size.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableDatabases } from './benchDatabases.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const count = Number(process.env.CAUSEWAY_BENCH_ENTRIES ?? 100_000);
const floors = { SQLite: 100_000, PostgreSQL: 50_000 };

function runRound(database) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(folder, 'auditRound.mjs'), database, String(count)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error(`A round on ${database} ended with ${status}`);
  }
  return JSON.parse(stdout);
}

const results = [];
for (const database of await availableDatabases()) {
  const round = runRound(database);
  const perSecond = (name, seconds, floor) => ({
    name: `${database}: ${name}`,
    value: count / seconds,
    unit: 'entries/s',
    ...floor,
  });
  results.push(
    perSecond(
      `a trail of ${count.toLocaleString('en')} entries of ${Math.round(round.bytes)} bytes verified`,
      round.verify,
      { atLeast: floors[database] },
    ),
    perSecond("the same, a second of the process's own time", round.own),
    {
      name: `${database}: longest time that the event loop was held by it`,
      value: round.held,
      unit: 'ms',
      atMost: 50,
    },
    perSecond('baseline: SHA-256 over the same bytes in memory', round.hash),
    perSecond('exported as JSON Lines', round.export),
    perSecond('an export of it verified', round.verifyExport),
    perSecond('appended, 500 in a transaction', round.append),
  );
}
console.log(JSON.stringify({ results }));
