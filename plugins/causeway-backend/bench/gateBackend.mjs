// A backend for the gate bench, in a process of its own: the real plugin with
// the shipped policy, catalog and permission backend, on a simulated estate
// over HTTP. Says over IPC when it can be asked, fills the queue and tells how
// much processor time it took.
// Arguments: `better-sqlite3` or `pg`, the database's address, sources, credentials.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createHttpAuth } from './benchHttpAuth.mjs';
import { fillCatalog } from './fillDatabases.mjs';
import { fillQueue } from './fillQueue.mjs';
import { actors, people, teams } from './gatePeople.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const {
  databaseServiceFactory,
} = require('@backstage/backend-defaults/database');
const {
  permissionsServiceFactory,
} = require('@backstage/backend-defaults/permissions');
const {
  coreServices,
  createBackendModule,
} = require('@backstage/backend-plugin-api');
const {
  mockServices,
  startTestBackend,
} = require('@backstage/backend-test-utils');
const {
  policyExtensionPoint,
} = require('@backstage/plugin-permission-node/alpha');

const feature = path => {
  const module = require(path);
  return module.default ?? module;
};

const [client, connection, sources, credentials] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const examples = resolve(
  fileURLToPath(import.meta.url),
  '../../../../examples/policy',
);

/** The shipped policy, but for how much one may ask for: the bench asks for more. */
function policyFiles() {
  const more = {
    requestsPerMinute: 10_000,
    openRequests: 10_000,
    openPerTarget: 1_000,
  };
  return ['risk-tiers.yaml', 'decisions.yaml'].map(name => {
    const text = Object.entries(more).reduce(
      (policy, [limit, value]) =>
        policy.replace(new RegExp(`(^ +${limit}): \\d+$`, 'm'), `$1: ${value}`),
      readFileSync(join(examples, name), 'utf8'),
    );
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
}

const conditional = (resourceType, pluginId, rule, params) => ({
  result: 'CONDITIONAL',
  pluginId,
  resourceType,
  conditions: { resourceType, rule, params },
});

const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bench-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          async handle({ permission: { name } }, user) {
            const who = user?.info.userEntityRef;
            const mine = [teams[0]];
            if (
              name === 'causeway.request.read' &&
              (who === actors.tenant || who === actors.stranger)
            ) {
              return conditional(
                'causeway-request',
                'causeway',
                'IS_TARGET_OWNED_BY',
                { owners: mine },
              );
            }
            return name === 'catalog.entity.read' && who === actors.stranger
              ? conditional('catalog-entity', 'catalog', 'IS_ENTITY_OWNER', {
                  claims: mine,
                })
              : { result: 'ALLOW' };
          },
        });
      },
    });
  },
});

const databases = {};
const spy = pluginId =>
  createBackendModule({
    pluginId,
    moduleId: 'bench-database',
    register(reg) {
      reg.registerInit({
        deps: { database: coreServices.database },
        async init({ database }) {
          const knex = await database.getClient();
          if (client === 'better-sqlite3') {
            // As the portal keeps its files.
            await knex.raw('PRAGMA journal_mode = WAL');
          }
          databases[pluginId] = knex;
        },
      });
    },
  });

const backend = await startTestBackend({
  features: [
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: {
          database: {
            client,
            ...(client === 'pg'
              ? { connection, pluginDivisionMode: 'schema' }
              : { connection: { directory: folder } }),
          },
        },
        permission: { enabled: true },
        catalog: { processingInterval: { hours: 24 } },
        causeway: {
          estate: {
            sources: { kubernetes: JSON.parse(sources) },
            ownership: {
              rules: teams.map((owner, n) => ({ owner, namespace: `*${n}` })),
            },
          },
          gate: {
            credentials: { kubernetes: JSON.parse(credentials) },
            policy: { files: policyFiles() },
          },
        },
      },
    }),
    mockServices.rootLogger.factory({ level: 'none' }),
    databaseServiceFactory,
    createHttpAuth('causeway'),
    permissionsServiceFactory,
    feature('@backstage/plugin-permission-backend'),
    permissionPolicy,
    feature('@backstage/plugin-catalog-backend'),
    spy('catalog'),
    feature('../src/index.ts'),
    spy('causeway'),
  ],
});

const knex = databases.causeway;

/** Waits until everything is listed, projected, and indexed for questions. */
async function ingested() {
  const count = async (table, where) =>
    Number((await knex(table).where(where).count({ n: '*' }))[0].n);
  let last;
  let quiet = 0;
  while (quiet < 5) {
    await sleep(500);
    const partitions = await count('estate_partitions', {});
    const waiting = await count('estate_partitions', { state: 'waiting' });
    const now = `${await count('estate_entities', {})} ${await count('estate_search', {})}`;
    const [entities, indexed] = now.split(' ').map(Number);
    quiet =
      partitions > 0 && waiting === 0 && entities > 0 && now === last
        ? quiet + 1
        : 0;
    last = now;
    if (indexed > entities) {
      throw new Error(`${indexed} of ${entities} entities are indexed`);
    }
  }
}

/** What was projected, with the relations that a catalog would have made, owned by one team after the other. */
async function readEntities() {
  const entities = new Map();
  const rows = await knex('estate_entities')
    .whereNull('removed_at')
    .orderBy('ref')
    .select('ref', 'entity');
  for (const [n, { ref, entity }] of rows.entries()) {
    const owner = teams[n % teams.length];
    const parsed = JSON.parse(entity);
    entities.set(ref, {
      ...parsed,
      spec: { ...parsed.spec, owner },
      relations: [{ type: 'ownedBy', targetRef: owner }],
    });
  }
  const inverse = { partOf: 'hasPart', dependsOn: 'dependencyOf' };
  for (const { from_ref: from, type, to_ref: to } of await knex(
    'estate_edges',
  ).select('from_ref', 'type', 'to_ref')) {
    if (entities.has(from) && entities.has(to)) {
      entities.get(from).relations.push({ type, targetRef: to });
      entities.get(to).relations.push({
        type: inverse[type] ?? `${type}Inverse`,
        targetRef: from,
      });
    }
  }
  return entities;
}

await ingested();
const entities = await readEntities();
await fillCatalog(databases.catalog, {
  entities: new Map([...people(), ...entities]),
});
/** Workloads of production that are owned and healthy: whoever restarts one is asked why. */
const targets = (await knex('estate_contexts').orderBy('ref'))
  .filter(
    ({ ref, context }) =>
      /^resource:default\/production[\w-]*\.[\w-]*\d\.deployment\./.test(ref) &&
      JSON.parse(context).health === 'healthy',
  )
  .map(({ ref }) => ref);

const answers = {
  targets: () => targets,
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  /** Answers with how many of them the first team owns. */
  fill: async count => {
    await fillQueue(knex, {
      count,
      targets: [...entities].filter(([ref]) => ref.includes('.deployment.')),
    });
    const [{ own }] = await knex('gate_requests')
      .where({ state: 'pending', owner: teams[0] })
      .count({ own: '*' });
    return Number(own);
  },
  async stop() {
    await backend.stop();
    rmSync(folder, { recursive: true, force: true });
    setImmediate(() => process.exit(0));
  },
};
process.on('message', async ({ ask, with: argument }) => {
  if (ask in answers) {
    process.send({ answered: (await answers[ask](argument)) ?? null });
  }
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit(1));
process.send({ answered: backend.server.address().port });
