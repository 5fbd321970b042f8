// How soon a change of one object is served by the catalog: a Deployment of an
// estate gets another image, and the catalog's API is asked until it says so.
// What the catalog itself takes, from our feed to its API, is told apart.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- a bench is no part of any package
import { startGeneratedEstate } from '../../../plugins/causeway-backend/bench/generatedEstate.mjs';
import { bundleFeatures } from './bundleFeatures.mjs';
import { startBenchBackend, token } from './startBenchBackend.mjs';

const require = createRequire(import.meta.url);
const Database = require('better-sqlite3');

const objects = Number(process.env.CAUSEWAY_BENCH_FRESH_OBJECTS ?? 10_000);
const changes = 40;
const cluster = 'production-eu';

const estate = await startGeneratedEstate([
  ...['--generate', String(objects), '--seed', '7'],
]);
const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
let backend;
try {
  backend = await startBenchBackend({
    features: await bundleFeatures(),
    folder,
    kubernetes: estate.kubernetes,
  });
  const own = new Database(join(folder, 'db', 'causeway.sqlite'), {
    readonly: true,
  });
  const storedText = own
    .prepare('select entity from estate_entities where ref = ?')
    .pluck();
  const ask = async path => {
    const response = await fetch(`${backend.baseUrl}/api/catalog/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.ok ? response.json() : undefined;
  };
  await settle(own, ask);

  const sums = [];
  for (const [at, { ref, namespace, name }] of pick(own).entries()) {
    const image = `ghcr.io/meridian/${name}:9.9.${at}`;
    const changedAt = await change(namespace, name, image);
    const served = (async () => {
      const path = `entities/by-name/resource/default/${ref.split('/')[1]}`;
      while (!JSON.stringify((await ask(path)) ?? {}).includes(`9.9.${at}`)) {
        await sleep(10);
      }
      return performance.now();
    })();
    while (!storedText.get(ref).includes(`9.9.${at}`)) {
      await sleep(5);
    }
    const fedAt = performance.now();
    const servedAt = await served;
    sums.push({
      all: servedAt - changedAt,
      ours: fedAt - changedAt,
      catalog: servedAt - fedAt,
    });
    // Out of step with every timer that might go at a fixed pace.
    await sleep(137 * (at % 7));
  }
  own.close();
  const results = [
    ['until the catalog serves it', 'all', 2_000],
    ['of that until our feed has it', 'ours'],
    ["of that the catalog's own part", 'catalog'],
  ].flatMap(([what, part, atMost]) =>
    [50, 95].map(percentile => ({
      name: `one object changed among ${objects.toLocaleString('en-US')}: ${what}, ${percentile}th percentile`,
      value: quantile(
        sums.map(sum => sum[part]),
        percentile / 100,
      ),
      unit: 'ms',
      ...(atMost && percentile === 95 && { atMost }),
    })),
  );
  console.log(JSON.stringify({ results }));
} finally {
  await backend?.stop();
  await estate.close();
  rmSync(folder, { recursive: true });
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[
    Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)
  ];
}

/** Waits until the catalog serves all that is projected, and nothing moves any more. */
async function settle(own, ask) {
  const wanted = () =>
    own
      .prepare(
        `select count(*) from estate_entities where removed_at is null and (select count(*) from estate_partitions where state = 'waiting') = 0`,
      )
      .pluck()
      .get();
  const started = Date.now();
  for (;;) {
    const all = wanted();
    const { totalItems = 0 } = (await ask('entities/by-query?limit=0')) ?? {};
    if (all > 0 && totalItems >= all) {
      await sleep(5_000);
      if (wanted() === all) {
        return;
      }
    }
    if (Date.now() - started > 15 * 60_000) {
      throw new Error(`the catalog has ${totalItems} of ${all} entities`);
    }
    await sleep(500);
  }
}

/** Deployments of one cluster, spread over it. */
function pick(own) {
  const rows = own
    .prepare(
      `select key, data from estate_observations where partition = ? and removed_at is null order by key`,
    )
    .all(`${cluster}/-/deployments.apps`)
    .map(({ key }) => {
      const [namespace, name] = key.split('/');
      return {
        ref: `resource:default/${cluster}.${namespace}.deployment.${name}`,
        namespace,
        name,
      };
    })
    .filter(({ ref }) =>
      own.prepare('select 1 from estate_entities where ref = ?').get(ref),
    );
  return Array.from(
    { length: changes },
    (_, at) => rows[Math.floor((at * rows.length) / changes)],
  );
}

/** Another image for a Deployment; answers with when the cluster had it. */
async function change(namespace, name, image) {
  const { writeToken } = estate.urls.kubernetes[cluster];
  const response = await fetch(
    `${estate.urls.http}/clusters/${cluster}/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
    {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${writeToken}`,
        'content-type': 'application/json-patch+json',
      },
      body: JSON.stringify([
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: image,
        },
      ]),
    },
  );
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return performance.now();
}
