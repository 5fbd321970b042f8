// How fast questions about a large estate are answered, and what an answer
// costs a model: about 20,000 entities in a real catalog, asked over HTTP with
// the permission backend in between, under a policy that allows everything and
// under one that leaves one team of fifty out. The entities are put straight
// into the tables; how long the catalog takes for them is its own affair.
//
// PostgreSQL is measured where one answers.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableDatabases, createDatabase } from './benchDatabases.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

function round(...args) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(folder, 'questionsRound.mjs'), ...args],
    {
      cwd: join(folder, '..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (status !== 0) {
    throw new Error(`A round ended with ${status}`);
  }
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Runs with a database of its own on a PostgreSQL server. */
async function onPostgres() {
  const { address, drop } = await createDatabase('PostgreSQL');
  try {
    return round('pg', address);
  } finally {
    await drop();
  }
}

function report(database, { entities, indexed, allow, conditional, ...find }) {
  const of = `of ${entities.toLocaleString('en-US')}, ${database}`;
  const walk = 'traverse-graph, depth 3, 500 results';
  return [
    {
      name: `${walk} ${of}, allowed everything: 95 %`,
      value: allow.p95,
      unit: 'ms',
      atMost: 100,
    },
    {
      name: `${walk} ${of}, conditional policy: 95 %`,
      value: conditional.p95,
      unit: 'ms',
      atMost: 100,
    },
    {
      name: `the same, allowed everything: median`,
      value: allow.p50,
      unit: 'ms',
    },
    {
      name: `the same, conditional policy: median`,
      value: conditional.p50,
      unit: 'ms',
    },
    // On a busy machine the times above tell more about the others.
    {
      name: `the same, allowed everything: processor time, caller included`,
      value: allow.processor,
      unit: 'ms',
    },
    {
      name: `the same, conditional policy: processor time, caller included`,
      value: conditional.processor,
      unit: 'ms',
    },
    {
      name: `find-entities, unhealthy production resources of a team, ${database}: 95 %`,
      value: find.find,
      unit: 'ms',
    },
    {
      name: `find-entities, the same, conditional policy, ${database}: 95 %`,
      value: find.findConditional,
      unit: 'ms',
    },
    {
      name: `find-entities by text, ${database}: 95 %`,
      value: find.findText,
      unit: 'ms',
    },
    {
      name: `index all entities for the search, ${database}`,
      value: indexed / 1000,
      unit: 's',
    },
  ];
}

function reportTokens({ ours, oneByOne, whole, projected }) {
  const tokens = (name, value) => ({ name, value, unit: 'tokens' });
  return [
    tokens('an answer of 500 results', ours),
    tokens('baseline: get-catalog-entity, one by one', oneByOne),
    tokens('baseline: query-catalog-entities, a query a hop', whole),
    tokens(
      'baseline: the same by somebody who knows exactly which fields to ask for',
      projected,
    ),
    {
      name: "an answer against the catalog's own actions",
      value: ours / Math.min(oneByOne, whole),
      unit: 'times',
      atMost: 0.1,
    },
    {
      name: 'an answer against exactly the fields that are needed',
      value: ours / projected,
      unit: 'times',
    },
  ];
}

const databases = await availableDatabases();
const sqlite = round('better-sqlite3');
const results = [
  ...report('SQLite', sqlite),
  ...(databases.includes('PostgreSQL')
    ? report('PostgreSQL', await onPostgres())
    : []),
  ...reportTokens(sqlite.tokens),
];
console.log(JSON.stringify({ results }));
