// How fast an estate is read: from a simulated one in another process, over
// HTTP, until observations and entities are in the database; and a second time
// with nothing changed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { availableDatabases } from './benchDatabases.mjs';
import { startGeneratedEstate } from './generatedEstate.mjs';

const objects = Number(process.env.CAUSEWAY_BENCH_OBJECTS ?? 50_000);
const atLeast = { SQLite: 8_000, PostgreSQL: 6_000 };

function runRound(database, kubernetes) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      fileURLToPath(new URL('ingestRound.mjs', import.meta.url)),
      database,
      JSON.stringify(kubernetes),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error(`the round on ${database} ended with ${status}`);
  }
  return JSON.parse(stdout);
}

const estate = await startGeneratedEstate([
  ...['--generate', String(objects), '--seed', '7'],
]);
const results = [];
try {
  for (const database of await availableDatabases()) {
    const { first, second, memory } = runRound(database, estate.kubernetes);
    const name = `${first.objects.toLocaleString('en-US')} objects over HTTP into ${database}`;
    results.push(
      {
        name: `${name}, observed and projected`,
        value: first.objects / (first.all / 1000),
        unit: 'objects/s',
        atLeast: atLeast[database],
      },
      {
        name: `${name}, observations alone`,
        value: first.objects / (first.listed / 1000),
        unit: 'objects/s',
      },
      {
        name: `${name}, unchanged second pass`,
        value: first.objects / (second.all / 1000),
        unit: 'objects/s',
      },
      {
        name: `${name}, second pass to first`,
        value: second.all / first.all,
        unit: 'of the time',
        atMost: 0.5,
      },
      {
        name: `${name}, rows that the second pass wrote`,
        value:
          second.feed - first.feed + second.observations - first.observations,
        unit: 'rows',
        atMost: 0,
      },
      {
        name: `${name}, growth of memory (RSS) at its peak`,
        value: (memory.peak - memory.before) / 2 ** 20,
        unit: 'MiB',
      },
    );
  }
} finally {
  await estate.close();
}
console.log(JSON.stringify({ results }));
