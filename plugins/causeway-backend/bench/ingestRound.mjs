// One round of the ingestion bench, in a process of its own: reads an estate
// over HTTP into an empty database, then again, and prints what it measured.
// Arguments: the database's name, and `causeway.estate.sources.kubernetes`.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchClock } from './BenchClock.mjs';
import { openDatabase } from './benchDatabases.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { ConfigReader } = require('@backstage/config');
const { createEstate } = require('../src/estate/createEstate.ts');
const { createIngestion } = require('../src/estate/createIngestion.ts');

const [database, sources] = process.argv.slice(2);
const period = 10 * 60_000;

const projected = { observations: 0, at: 0 };
const quiet = {
  child: () => quiet,
  // The projector says what it has dealt with, and nobody else could know.
  debug: text => {
    const match = /^Projected (\d+) observations/.exec(text);
    if (match) {
      Object.assign(projected, {
        observations: Number(match[1]),
        at: Date.now(),
      });
    }
  },
  info: () => {},
  warn: text => console.error(text),
  error: (text, cause) => console.error(text, cause ?? ''),
};
const { knex, close } = await openDatabase(database);
await knex.migrate.latest({
  directory: new URL('../migrations', import.meta.url).pathname,
});
const config = new ConfigReader({
  app: { baseUrl: 'http://127.0.0.1' },
  causeway: {
    estate: {
      sources: { kubernetes: JSON.parse(sources) },
      completeList: { milliseconds: period },
    },
  },
});
const clock = new BenchClock();
const services = {
  auth: { getOwnServiceCredentials: async () => ({}) },
  catalog: {
    queryEntities: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
    getEntitiesByRefs: async () => ({ items: [] }),
  },
  config,
  database: knex,
  events: { subscribe: async () => {}, publish: async () => {} },
  httpAuth: {},
  permissions: {},
  logger: quiet,
};
const ingestion = createIngestion({ ...services, clock });
const estate = await createEstate({ ...services, ingestion });

let peak = 0;
const watchMemory = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);

const scalar = async (table, column) =>
  Number((await knex(table).first(column))[column]);
const partitions = () =>
  knex('estate_partitions').select('id', 'state', 'confirmed_at');
/** Waits until every partition has been listed since a time. */
async function listedSince(time) {
  for (;;) {
    const rows = await partitions();
    if (
      rows.length > 0 &&
      rows.every(row => Number(row.confirmed_at ?? 0) >= time)
    ) {
      const doubtful = rows.filter(
        ({ state }) => state !== 'fresh' && state !== 'absent',
      );
      if (doubtful.length > 0) {
        throw new Error(`not read: ${JSON.stringify(doubtful)}`);
      }
      return Date.now();
    }
    await sleep(20);
  }
}
/** Waits until all observations are projected; answers with when that was. */
async function projectedAll(observations) {
  const giveUp = Date.now() + 300_000;
  while (projected.observations !== observations) {
    if (Date.now() > giveUp) {
      throw new Error(
        `projected ${projected.observations}, not ${observations} observations`,
      );
    }
    await sleep(10);
  }
  return projected.at;
}
const count = async table => {
  const [{ n }] = await knex(table).whereNull('removed_at').count({ n: '*' });
  return Number(n);
};

globalThis.gc?.();
const cpuBefore = process.cpuUsage();
const before = process.memoryUsage.rss();
const startedAt = Date.now();
await estate.start();
const listedAt = await listedSince(startedAt);
const objects = await count('estate_observations');
const projectedAt = await projectedAll(objects);
const marks = async () => ({
  feed: await scalar('estate_projection', 'seq'),
  observations: await scalar('estate_clock', 'seq'),
});
const cpu = process.cpuUsage(cpuBefore);
const first = {
  objects,
  entities: await count('estate_entities'),
  listed: listedAt - startedAt,
  all: projectedAt - startedAt,
  cpu: (cpu.user + cpu.system) / 1000,
  ...(await marks()),
};

const again = Date.now();
const cpuAgain = process.cpuUsage();
const aheadOf = clock.now() + period;
clock.advance(period);
const second = {
  all: (await listedSince(aheadOf)) - again,
};
const spent = process.cpuUsage(cpuAgain);
second.cpu = (spent.user + spent.system) / 1000;
// The projector looks every two seconds whether it was told or not.
await sleep(4_000);
Object.assign(second, await marks());

clearInterval(watchMemory);
await estate.stop();
await close();
console.log(JSON.stringify({ first, second, memory: { before, peak } }));
process.exit(0);
