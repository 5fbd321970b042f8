// One round of the questions bench on one database, in a process of its own:
// a backend with the real catalog, permission backend and MCP plugin, asked
// over HTTP. Prints what it measured as JSON.
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bigEstate, dependentsOf } from './bigEstate.mjs';
import { createHttpAuth } from './benchHttpAuth.mjs';
import { fillCatalog, fillEstate } from './fillDatabases.mjs';

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
  mockCredentials,
  mockServices,
  startTestBackend,
} = require('@backstage/backend-test-utils');
const {
  policyExtensionPoint,
} = require('@backstage/plugin-permission-node/alpha');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const {
  StreamableHTTPClientTransport,
} = require('@modelcontextprotocol/sdk/client/streamableHttp.js');
const { encode } = require('gpt-tokenizer/encoding/o200k_base');

const feature = path => {
  const module = require(path);
  return module.default ?? module;
};

const wanted = 500;
const asked = 48;
const conditionalUser = 'user:default/conditional';

const [, , client, connection] = process.argv;
const folder = await mkdtemp(join(tmpdir(), 'causeway-bench-'));
const estate = bigEstate();
/** Everything but what one team in fifty owns. */
const claims = estate.groups.slice(1);
const claimed = new Set(claims);

const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bench-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy: point }) {
        point.setPolicy({
          async handle({ permission }, user) {
            return permission.name === 'catalog.entity.read' &&
              user?.info.userEntityRef === conditionalUser
              ? {
                  result: 'CONDITIONAL',
                  pluginId: 'catalog',
                  resourceType: 'catalog-entity',
                  conditions: {
                    resourceType: 'catalog-entity',
                    rule: 'IS_ENTITY_OWNER',
                    params: { claims },
                  },
                }
              : { result: 'ALLOW' };
          },
        });
      },
    });
  },
});

const databases = {};
/** Hands the databases of two plugins out, to be filled. */
const spy = pluginId =>
  createBackendModule({
    pluginId,
    moduleId: 'bench-database',
    register(reg) {
      reg.registerInit({
        deps: { database: coreServices.database },
        async init({ database }) {
          databases[pluginId] = await database.getClient();
        },
      });
    },
  });

const backend = await startTestBackend({
  features: [
    mockServices.rootConfig.factory({
      data: {
        backend: {
          database: {
            client,
            ...(client === 'pg'
              ? { connection, pluginDivisionMode: 'schema' }
              : { connection: { directory: folder } }),
          },
          actions: { pluginSources: ['catalog', 'causeway'] },
        },
        permission: { enabled: true },
        catalog: { processingInterval: { hours: 24 } },
      },
    }),
    mockServices.rootLogger.factory({ level: 'none' }),
    databaseServiceFactory,
    createHttpAuth('catalog'),
    permissionsServiceFactory,
    feature('@backstage/plugin-permission-backend'),
    policy,
    feature('@backstage/plugin-catalog-backend'),
    spy('catalog'),
    feature('../src/index.ts'),
    spy('causeway'),
    feature('@backstage/plugin-mcp-actions-backend'),
  ],
});
const { port } = backend.server.address();
const base = `http://localhost:${port}/api`;

async function get(path, user) {
  const response = await fetch(`${base}/causeway/estate/questions/${path}`, {
    headers: { authorization: mockCredentials.user.header(user) },
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.status} for ${path}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text);
}

const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

async function time(action) {
  const begun = performance.now();
  const result = await action();
  return { result, ms: performance.now() - begun };
}

const blastRadius = ref =>
  `traverse-graph?entity=${ref}&direction=backward&depth=3&limit=${wanted}`;

const inBounds = count => count >= wanted && count <= wanted * 1.1;

/** Services whose blast radius is about as large as it should be. */
function chooseRoots(user) {
  const hidden = estate.groups[0];
  const isVisible = ({ spec }) => user === undefined || claimed.has(spec.owner);
  const roots = estate.components
    .filter(
      ref =>
        estate.entities.get(ref).spec.owner !== hidden &&
        inBounds(dependentsOf(ref, estate, isVisible)),
    )
    .slice(0, 12);
  if (roots.length < 12) {
    throw new Error(`Only ${roots.length} services have ${wanted} dependents`);
  }
  return roots;
}

async function measureTraversal(user) {
  const roots = chooseRoots(user);
  const times = [];
  const before = process.cpuUsage();
  for (let n = 0; n < asked; n++) {
    const { result, ms } = await time(() =>
      get(blastRadius(roots[n % roots.length]), user),
    );
    const listed = result.groups.flatMap(({ refs }) => refs);
    if (listed.length !== wanted) {
      throw new Error(`${listed.length} results instead of ${wanted}`);
    }
    times.push(ms);
  }
  const used = process.cpuUsage(before);
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    processor: (used.user + used.system) / 1000 / asked,
    roots,
  };
}

async function measureFind(query, user) {
  const times = [];
  for (let n = 0; n < 20; n++) {
    times.push((await time(() => get(`find-entities?${query}`, user))).ms);
  }
  return percentile(times, 0.95);
}

/** What the same answer costs through the catalog's own actions, in tokens of calls and results. */
async function measureTokens(root) {
  const mcp = new Client({ name: 'bench', version: '1' });
  await mcp.connect(
    new StreamableHTTPClientTransport(new URL(`${base}/mcp-actions/v1`), {
      requestInit: {
        headers: { authorization: mockCredentials.user.header() },
      },
    }),
  );
  let tokens = 0;
  const call = async (name, input) => {
    const result = await mcp.callTool({ name, arguments: input });
    if (result.isError) {
      throw new Error(result.content[0].text);
    }
    tokens +=
      encode(JSON.stringify(input)).length +
      encode(result.content[0].text).length;
    return result.structuredContent;
  };
  const spent = () => {
    const sum = tokens;
    tokens = 0;
    return sum;
  };

  const answer = await call('causeway.traverse-graph', {
    entity: root,
    direction: 'backward',
    depth: 3,
    limit: wanted,
  });
  const ours = spent();
  const listed = answer.groups.flatMap(({ refs }) => refs);
  const refs = [root, ...listed];

  // One by one, as relations lead from entity to entity: every fifth is called.
  const called = refs.filter((_, n) => n % 5 === 0);
  for (const ref of called) {
    const [, kind, namespace, name] = /^(.+):(.+)\/(.+)$/.exec(ref);
    await call('catalog.get-catalog-entity', { kind, namespace, name });
  }
  const oneByOne = (spent() * refs.length) / called.length;

  // A query a hop for whatever is related to what is known, whole entities.
  const related = (known, fields) => ({
    query: {
      $any: ['dependson', 'partof', 'deploys'].map(type => ({
        [`relations.${type}`]: { $in: known },
      })),
    },
    ...(fields && { fields }),
    limit: 500,
  });
  const perHop = async fields => {
    let known = [root];
    for (let hop = 1; hop <= 3; hop++) {
      const next = new Set();
      let input = related(known, fields);
      while (input) {
        const page = await call('catalog.query-catalog-entities', input);
        for (const { kind, metadata } of page.items) {
          next.add(
            `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase(),
          );
        }
        input = page.nextPageCursor && {
          cursor: page.nextPageCursor,
          ...(fields && { fields }),
          limit: 500,
        };
      }
      known = [...next].filter(ref => !ref.includes('.application.'));
    }
    return spent();
  };
  const whole = await perHop();
  const projected = await perHop([
    'kind',
    'metadata.name',
    'metadata.namespace',
    'spec.type',
    'spec.owner',
    'spec.lifecycle',
    'spec.causeway.environment',
  ]);
  await mcp.close();
  return { ours, oneByOne, whole, projected };
}

const log = text =>
  console.error(`${Math.round(performance.now() / 1000)} s ${text}`);
try {
  await fillCatalog(databases.catalog, estate);
  await fillEstate(databases.causeway, estate);
  log('filled');
  const indexed = await time(async () => {
    for (;;) {
      const { count, atLeast } = await get('find-entities?limit=1');
      const [{ rows }] = await databases.causeway('estate_search').count({
        rows: '*',
      });
      if (Number(rows) === estate.entities.size && (atLeast || count)) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  });
  log('indexed');
  const allow = await measureTraversal();
  const conditional = await measureTraversal(conditionalUser);
  log('walked');
  const unhealthy =
    'kind=resource&environment=production&owner=team-7&health=unhealthy';
  const result = {
    entities: estate.entities.size,
    indexed: indexed.ms,
    allow,
    conditional,
    find: await measureFind(unhealthy),
    findConditional: await measureFind(unhealthy, conditionalUser),
    findText: await measureFind('text=service-12&kind=component'),
    tokens: client === 'pg' ? undefined : await measureTokens(allow.roots[0]),
  };
  console.log(JSON.stringify(result));
} finally {
  await backend.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
