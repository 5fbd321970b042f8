// One round of the audit bench, in a process of its own: writes a trail,
// verifies it some times, and prints the times that were disturbed least.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDatabase } from './benchDatabases.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { resolvePackagePath } = require('@backstage/backend-plugin-api');
const {
  verifyExport,
} = require('@causeway/backstage-plugin-causeway-common/audit');
const { AuditLog } = require('../src/governance/audit/AuditLog.ts');
const { AuditReader } = require('../src/governance/audit/AuditReader.ts');
const { AuditVerifier } = require('../src/governance/audit/AuditVerifier.ts');
const { exportAudit } = require('../src/governance/audit/exportAudit.ts');

const [name, size] = process.argv.slice(2);
const count = Number(size);
const rounds = 5;
const batch = 500;

/** What the gate writes when a request was judged: some 1,000 bytes. */
function entry(n) {
  return {
    type: 'request',
    action: 'Assessed',
    by: 'policy/decisions/scale-within-half',
    requestId: `01J${String(n).padStart(23, '0')}`,
    subject: `resource:default/payment-api-production-eu-${n % 500}`,
    at: 1_900_000_000_000 + n,
    detail: {
      state: 'pending',
      tier: 2,
      operation: 'scale-workload',
      digest: createHash('sha256').update(String(n)).digest('hex'),
      policyHash: createHash('sha256').update('policy').digest('hex'),
      rules: [
        {
          rule: 'riskTiers/production',
          effect: 'tier-2',
          reason: `${n % 9} is 2 times the baseline; up to 1.5 times runs by itself`,
        },
        {
          rule: 'limits/production-hour',
          effect: 'limit',
          reason: 'with this request 412.5 of 1,000 an hour',
        },
      ],
      input: { replicas: n % 9, container: 'payment-api' },
      change: {
        path: 'spec.replicas',
        current: 3,
        proposed: n % 9,
        baseline: 3,
        source:
          'cluster production-eu, namespace payments, as it was observed when the request was made, replicas set by deploy-bot in Git; limits of its quota allow 12',
      },
    },
  };
}

const seconds = async work => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
const best = async work => {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(await seconds(work));
  }
  return Math.min(...times);
};

const { knex, close } = await openDatabase(name);
await knex.migrate.latest({
  directory: resolvePackagePath(
    '@causeway/backstage-plugin-causeway-backend',
    'migrations',
  ),
});
const log = new AuditLog();
const append = await seconds(async () => {
  for (let start = 0; start < count; start += batch) {
    const entries = Array.from({ length: batch }, (_, n) => entry(start + n));
    await knex.transaction(trx => log.append(trx, entries));
  }
});
if (name === 'PostgreSQL') {
  await knex.raw('vacuum analyze');
}

const verifier = new AuditVerifier({ knex });
let held = Infinity;
let own = Infinity;
const verify = await best(async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  const result = await verifier.verify();
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  own = Math.min(own, (user + system) / 1e6);
  held = Math.min(held, delay.max / 1e6);
  if (!result.whole || result.entries !== count) {
    throw new Error(`The trail is not whole: ${JSON.stringify(result)}`);
  }
});

const rows = await knex('gate_audit_entries').select('canonical', 'previous');
const bytes =
  rows.reduce((sum, row) => sum + row.canonical.length, 0) / rows.length;
const hash = await best(async () => {
  for (const { canonical, previous } of rows) {
    createHash('sha256')
      .update(previous, 'hex')
      .update(canonical)
      .digest('hex');
  }
});

const reader = new AuditReader(knex);
let exported = [];
const exportTime = await best(async () => {
  exported = [];
  for await (const piece of exportAudit({ reader, filter: {}, at: 1 })) {
    exported.push(piece);
  }
});
const lines = exported.join('').split('\n').slice(0, -1);
const verifyExportTime = await best(async () => {
  async function* each() {
    yield* lines;
  }
  const result = await verifyExport(each());
  if (!result.whole) {
    throw new Error('The export is not whole');
  }
});

console.log(
  JSON.stringify({
    bytes,
    append,
    verify,
    own,
    held,
    hash,
    export: exportTime,
    verifyExport: verifyExportTime,
  }),
);
await close();
