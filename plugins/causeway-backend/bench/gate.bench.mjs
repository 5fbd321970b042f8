// How fast the gate takes requests and shows its queue: the real plugin behind
// HTTP with catalog and permission backend, under the shipped policy, on an
// estate that a simulator serves from another process. Each request is bound
// to its object, planned with a dry run, judged and written with its entries
// of the trail before it is answered. The callers run in this process.
//
// In the same run, as the baseline, the catalog's own answer about one entity
// at the same pace. CAUSEWAY_BENCH_REQUESTS chooses how many are asked for.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { availableDatabases, createDatabase } from './benchDatabases.mjs';
import { actors, requesters } from './gatePeople.mjs';
import { startGeneratedEstate } from './generatedEstate.mjs';
import { loadAt, percentile } from './loadAt.mjs';

const require = createRequire(import.meta.url);
const { mockCredentials } = require('@backstage/backend-test-utils');

const perSecond = 50;
const asked = Number(process.env.CAUSEWAY_BENCH_REQUESTS ?? 1_000);
const warmUp = 100;
const pending = 10_000;
const pages = 100;

async function startBackend(database, estate) {
  const { address, drop } = await createDatabase(database);
  const child = fork(
    fileURLToPath(new URL('gateBackend.mjs', import.meta.url)),
    [
      database === 'PostgreSQL' ? 'pg' : 'better-sqlite3',
      address,
      JSON.stringify(estate.kubernetes),
      JSON.stringify(
        Object.fromEntries(
          Object.entries(estate.urls.kubernetes).map(([id, { writeToken }]) => [
            id,
            { token: writeToken },
          ]),
        ),
      ),
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const answer = () =>
    new Promise((resolve, reject) => {
      const ended = code => reject(new Error(`the backend ended with ${code}`));
      child.once('exit', ended);
      child.on('message', function take(message) {
        // Backstage sends messages of its own to whoever forked it.
        if ('answered' in message) {
          child.off('message', take).off('exit', ended);
          resolve(message.answered);
        }
      });
    });
  const ask = (name, argument) => {
    const answered = answer();
    child.send({ ask: name, with: argument });
    return answered;
  };
  const port = await answer();
  return {
    ask,
    async call(path, { user, body }) {
      const response = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header(user),
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) {
        throw new Error(
          `${response.status} for ${path}: ${text.slice(0, 500)}`,
        );
      }
      return JSON.parse(text);
    },
    async stop() {
      child.send({ ask: 'stop' });
      await new Promise(resolve => child.once('exit', resolve));
      await drop();
    },
  };
}

/** Restarts of healthy workloads in production: people have to review them. */
async function measureSubmissions(backend) {
  const targets = await backend.ask('targets');
  const submit = async n => {
    const { state, why } = await backend.call('causeway/requests', {
      user: requesters[n % requesters.length],
      body: {
        operation: 'restart-workload',
        target: targets[n % targets.length],
        input: {},
        reason: `Its pods leak memory, found in round ${n}`,
      },
    });
    if (state !== 'pending') {
      throw new Error(`A request is ${state}: ${why}`);
    }
  };
  const look = async n => {
    const [kind, rest] = targets[n % targets.length].split(':');
    await backend.call(`catalog/entities/by-name/${kind}/${rest}`, {
      user: requesters[n % requesters.length],
    });
  };
  // The first about each target: what depends on it is not known yet.
  const first = await loadAt({
    perSecond: perSecond / 2,
    count: Math.max(warmUp, targets.length),
    call: submit,
  });
  const before = await backend.ask('processor');
  const times = await loadAt({ perSecond, count: asked, call: submit });
  const processor = ((await backend.ask('processor')) - before) / asked;
  await loadAt({ perSecond, count: warmUp, call: look });
  const baseline = await loadAt({ perSecond, count: asked, call: look });
  return { first, times, processor, baseline };
}

async function measurePages(backend, user, expected) {
  const times = [];
  const path = 'causeway/requests?state=pending&limit=50';
  for (let n = 0; n < pages + 10; n++) {
    const began = performance.now();
    const { items, total } = await backend.call(path, { user });
    times.push(performance.now() - began);
    if (items.length !== 50 || total !== expected) {
      throw new Error(`A page has ${items.length} of ${total} requests`);
    }
  }
  return percentile(times.slice(10), 0.95);
}

function reportSubmissions(database, { first, times, processor, baseline }) {
  const what = `${database}: asked ${perSecond} times a second`;
  const p95 = percentile(times, 0.95);
  return [
    {
      name: `${what}, until a request is bound, judged and stored: 95 %`,
      value: p95,
      unit: 'ms',
      // SQLite has one writer, and is not what many agents are put before.
      ...(database === 'PostgreSQL' && { atMost: 50 }),
    },
    { name: 'the same: median', value: percentile(times, 0.5), unit: 'ms' },
    {
      name: `the same ${perSecond / 2} times a second, each about a target of its own: 95 %`,
      value: percentile(first, 0.95),
      unit: 'ms',
    },
    { name: 'the same: processor time', value: processor, unit: 'ms' },
    {
      name: `baseline: ${what}, the catalog about one entity: 95 %`,
      value: percentile(baseline, 0.95),
      unit: 'ms',
    },
    {
      name: 'a request against the baseline',
      value: p95 / percentile(baseline, 0.95),
      unit: 'times',
    },
  ];
}

function reportPages(database, pagesOf) {
  const page = `${database}: first page of ${pending.toLocaleString('en')} that wait`;
  const row = (who, value, more) => ({
    name: `${page}, ${who}: 95 %`,
    value,
    unit: 'ms',
    ...more,
  });
  return [
    row('for who may read everything', pagesOf.reader, { atMost: 50 }),
    row('for who may read what their team owns', pagesOf.tenant, {
      atMost: 50,
    }),
    row('the same, and of the catalog no more either', pagesOf.stranger, {
      atMost: 50,
    }),
    {
      name: 'what their team owns against everything',
      value: pagesOf.tenant / pagesOf.reader,
      unit: 'times',
    },
  ];
}

const results = [];
const estate = await startGeneratedEstate([
  ...['--generate', '4000', '--seed', '7', '--clusters', '2'],
]);
try {
  for (const database of await availableDatabases()) {
    const backend = await startBackend(database, estate);
    try {
      results.push(
        ...reportSubmissions(database, await measureSubmissions(backend)),
      );
      const own = await backend.ask('fill', pending);
      results.push(
        ...reportPages(database, {
          reader: await measurePages(backend, actors.reader, pending),
          tenant: await measurePages(backend, actors.tenant, own),
          stranger: await measurePages(backend, actors.stranger, own),
        }),
      );
    } finally {
      await backend.stop();
    }
  }
} finally {
  await estate.close();
}
console.log(JSON.stringify({ results }));
