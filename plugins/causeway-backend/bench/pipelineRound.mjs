// One round of the pipeline bench, in a process of its own: prints what it
// measured as JSON. Objects come parsed, page by page, as a list hands them
// out; what is timed is reduce, hash, project and compare on one thread.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { clusterObjects, clusters } from './clusterObjects.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const {
  kubernetesKinds,
  kindName,
} = require('../src/estate/sources/kubernetes/kinds.ts');
const { ItemReader } = require('../src/estate/sources/kubernetes/readItem.ts');
const {
  prepareObservation,
} = require('../src/estate/observations/prepareObservation.ts');
const { projectInto } = require('../src/estate/projection/project.ts');
const { projectStates } = require('../src/estate/projection/projectStates.ts');
const { projectedTables } = require('../src/estate/entities/rows.ts');
const { RowComparison } = require('../src/estate/entities/RowComparison.ts');

const pageSize = 500;
const count = Number(process.argv[2]);
const rounds = Number(process.argv[3]);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const config = {
  entityNamespace: 'default',
  clusters: Object.fromEntries(
    clusters.map(name => [
      name,
      {
        environment: name.startsWith('prod') ? 'production' : 'staging',
        dashboardUrl: 'https://dashboard.example.com',
        addresses: [],
      },
    ]),
  ),
  argocd: {},
  github: {},
  teamsAreObserved: false,
  environments: [],
  ownership: { rules: [] },
  claims: { trustedLocations: [], configuredLocations: [] },
};

/** Pages of lists as texts outside of the heap, as they come from a server. */
function toPages(lists) {
  return lists.flatMap(({ cluster, kind, objects }) => {
    const reader = new ItemReader(
      kubernetesKinds.find(one => kindName(one) === kind),
      [],
    );
    const partition = `${cluster}/-/${kind}`;
    const pages = [];
    for (let start = 0; start < objects.length; start += pageSize) {
      const text = JSON.stringify(objects.slice(start, start + pageSize));
      pages.push({
        source: cluster,
        partition,
        reader,
        text: Buffer.from(text),
      });
    }
    return pages;
  });
}

/** Seconds that this thread was on a processor; where the system does not tell, that of the process. */
function threadTime() {
  try {
    // Nanoseconds on a processor, waiting for one, and number of turns.
    const [ran] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(
      ' ',
    );
    return Number(ran) / 1e9;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}

/** Adds up wall time and the thread's own time of what is timed. */
class Stopwatch {
  wall = 0;
  thread = 0;
  longest = 0;

  time(work) {
    const begun = performance.now();
    const thread = threadTime();
    const result = work();
    const took = threadTime() - thread;
    this.wall += (performance.now() - begun) / 1000;
    this.thread += took;
    this.longest = Math.max(this.longest, took);
    return result;
  }

  report() {
    return { wall: this.wall, thread: this.thread, longest: this.longest };
  }
}

/** What the estate holds in memory between passes. */
class Estate {
  observations = new Map();
  versions = new Map();
  stored = Object.fromEntries(projectedTables.map(table => [table, new Map()]));

  /** Reads one page: reduce, hash, compare with what is known; tells how many changed. */
  read({ source, partition, reader }, objects, known) {
    const page = reader.page(objects, known);
    const changes = [];
    for (const item of page.items) {
      const { hash } = prepareObservation(item);
      const key = `${partition}\0${item.key}`;
      const before = this.observations.get(key);
      if (before?.hash !== hash) {
        const after = {
          partition,
          source,
          key: item.key,
          kind: item.kind,
          data: item.data,
          hash,
          observedAt: 0,
        };
        this.observations.set(key, after);
        changes.push({ before, after });
      }
      this.versionsOf(partition).set(item.key, item.version);
    }
    return { changes, seen: page.items.length + (page.unchanged?.length ?? 0) };
  }

  versionsOf(partition) {
    let versions = this.versions.get(partition);
    if (!versions) {
      versions = new Map();
      this.versions.set(partition, versions);
    }
    return versions;
  }

  /** Projects all and compares; tells how many rows differ, by table. */
  project(watch) {
    const comparison = new RowComparison(this.stored);
    this.world = undefined;
    const pieces = projectInto(comparison, this.observations.values(), config);
    for (;;) {
      const { done, value } = watch.time(() => pieces.next());
      if (done) {
        // The projector keeps it too, for changes of states.
        this.world = value;
        return watch.time(() => this.write(comparison.finish()));
      }
    }
  }

  /** Projects what follows from a changed state and compares. */
  projectStates(watch, changes) {
    return watch.time(() => {
      const comparison = new RowComparison(this.stored);
      if (!projectStates(comparison, this.world, changes)) {
        throw new Error('More than a state changed');
      }
      return this.write(comparison.finish(true));
    });
  }

  write(changes) {
    return Object.fromEntries(
      projectedTables.map(table => {
        const stored = this.stored[table];
        const { upsert, remove } = changes[table];
        upsert.forEach(({ key, hash }) => stored.set(key, hash));
        remove.forEach(key => stored.delete(key));
        return [table, upsert.length + remove.length];
      }),
    );
  }
}

function memory() {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, rss: rss / 1e6 };
}

/** One Deployment of a list, changed. */
function changeOne(pages, change) {
  const page = pages.find(({ partition }) => partition.includes('deployments'));
  const objects = JSON.parse(page.text.toString());
  const [object] = objects;
  object.metadata.resourceVersion = `${object.metadata.resourceVersion}9`;
  change(object);
  page.text = Buffer.from(JSON.stringify(objects));
  return { page, objects: [object] };
}

function changeImage({ spec }) {
  spec.template.spec.containers[0].image += '9';
}

function changeState({ status }) {
  status.readyReplicas = status.readyReplicas ? 0 : 1;
}

// In a function of its own, so that nothing holds the objects afterwards.
const makePages = () => toPages(clusterObjects(count));
const pages = makePages();
const estate = new Estate();
const results = {};
const parsing = new Stopwatch();
const whole = new Stopwatch();
const before = memory();

function pass(name, { known, baseline } = {}) {
  const watch = new Stopwatch();
  let changed = 0;
  let seen = 0;
  for (const page of pages) {
    const text = page.text.toString();
    const objects = (baseline ? parsing : new Stopwatch()).time(() =>
      JSON.parse(text),
    );
    if (baseline) {
      whole.time(() =>
        objects.forEach(object =>
          createHash('sha256').update(JSON.stringify(object)).digest('hex'),
        ),
      );
    }
    const read = watch.time(() =>
      estate.read(page, objects, known && estate.versionsOf(page.partition)),
    );
    changed += read.changes.length;
    seen += read.seen;
  }
  if (seen !== count) {
    throw new Error(`${seen} of ${count} objects were seen`);
  }
  const reading = watch.report();
  const rows = changed > 0 ? estate.project(watch) : {};
  results[name] = { ...watch.report(), reading, changed, rows };
}

pass('first');
const after = memory();
results.memory = {
  held: after.held - before.held,
  rss: after.rss - before.rss,
  peak: process.resourceUsage().maxRSS / 1024 - before.rss,
};
pass('unchanged', { known: true });
pass('reread', { baseline: true });
results.parse = parsing.report();
results.whole = whole.report();
results.image = [];
results.state = [];
for (let round = 0; round < rounds; round += 1) {
  const image = changeOne(pages, changeImage);
  const watch = new Stopwatch();
  watch.time(() => estate.read(image.page, image.objects));
  results.image.push({ rows: estate.project(watch), ...watch.report() });

  const state = changeOne(pages, changeState);
  const stateWatch = new Stopwatch();
  const read = stateWatch.time(() => estate.read(state.page, state.objects));
  const rows = estate.projectStates(stateWatch, read.changes);
  results.state.push({ rows, ...stateWatch.report() });
}
console.log(JSON.stringify(results));
