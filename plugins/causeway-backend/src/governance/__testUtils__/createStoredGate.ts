import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type {
  Operation,
  OperationTarget,
} from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import { readDatabaseTime } from '../../estate/partitions/databaseTime';
import { AgentGuard } from '../agents/AgentGuard';
import { CalibrationStore } from '../agents/CalibrationStore';
import { HaltStore } from '../agents/HaltStore';
import { IdempotencyStore } from '../agents/IdempotencyStore';
import { AuditLog } from '../audit/AuditLog';
import { BudgetLedger } from '../budget/BudgetLedger';
import { DefaultGate } from '../DefaultGate';
import type { ExecutionSettings } from '../execution/ExecutionSettings';
import { Executor } from '../execution/Executor';
import { createPolicy } from '../policy/createPolicy';
import { ServicePolicy } from '../policy/ServicePolicy';
import { readHistory } from '../requests/readHistory';
import type { GateParts } from '../requests/GateParts';
import { Preparation } from '../requests/Preparation';
import { RequestJournal } from '../requests/RequestJournal';
import { RequestStore } from '../requests/RequestStore';
import { GateTelemetry } from '../telemetry/GateTelemetry';
import { Membership } from '../votes/Membership';
import { labCatalog } from './createGateLab';

/** What there is to change, and how. */
export interface GateWorld {
  target(
    ref: string,
  ): Promise<OperationTarget | undefined> | OperationTarget | undefined;
  operations: readonly Operation[];
}

/**
 * The gate as `createGovernance` wires it, over another world than the estate:
 * stores, budget, guard, audit, policy and the clock are the real ones.
 */
export async function createStoredGate(options: {
  database: Knex;
  worker: string;
  world: GateWorld;
  /** File of the policy. */
  policy: string;
  settings?: Partial<ExecutionSettings>;
  /** Milliseconds by which the test's time is ahead of the database's. */
  ahead?: () => number;
}) {
  const { database, world } = options;
  const logger = mockServices.rootLogger({ level: 'none' });
  const auth = mockServices.auth();
  const membership = new Membership({
    catalog: labCatalog(),
    auth,
    nested: true,
    trusts: () => true,
  });
  const policy = createPolicy({
    config: new ConfigReader({
      causeway: {
        gate: {
          policy: { files: [options.policy], deadline: { seconds: 20 } },
        },
      },
    }),
    database,
    logger,
  });
  const active = new ServicePolicy(policy);
  const store = new RequestStore(database);
  const halts = new HaltStore(database);
  const budget = new BudgetLedger(database);
  const records = new CalibrationStore(database);
  const audit = new AuditLog();
  const targets: GateParts['targets'] = {
    read: async ref => {
      const target = await world.target(ref);
      return target && { target, contested: false, health: 'healthy' };
    },
  };
  const running: { executor?: Executor } = {};
  const parts: GateParts = {
    database,
    store,
    journal: new RequestJournal(store, audit),
    preparation: new Preparation({
      targets,
      policy: active,
      records,
      ask: async () =>
        ({
          count: 0,
          by: { type: {}, environment: {}, owner: {} },
          groups: [],
        }) as never,
      auth,
      logger,
      trusts: () => true,
      readHistory: asked => readHistory(database, asked),
      patience: 60_000,
      rememberFor: 0,
    }),
    targets,
    operations: {
      get: name => world.operations.find(one => one.name === name),
      hash: name => `hash of ${name}`,
      describe: () => [],
    },
    policy: active,
    membership,
    acquaintance: membership,
    budget,
    records,
    admission: new AgentGuard({ halts }),
    idempotency: new IdempotencyStore(database),
    halts,
    audit,
    announcer: { changed: () => {} },
    telemetry: new GateTelemetry(),
    settings: {
      agents: [],
      subjects: [{ name: 'scaler' }],
      reconcilers: ['group:default/security'],
      auditors: [],
      halters: [],
      portal: 'http://portal',
    },
    logger,
    now: async () =>
      (await readDatabaseTime(database)) + (options.ahead?.() ?? 0),
    wake: () => running.executor?.wake(),
  };
  await policy.start();
  const executor = new Executor(parts, {
    worker: options.worker,
    settings: options.settings,
  });
  return {
    parts,
    gate: new DefaultGate(parts),
    /** Without it, nothing is carried out here. */
    execute() {
      running.executor = executor;
      executor.start();
    },
    async stop() {
      await executor.stop();
      await policy.stop();
    },
  };
}

export type StoredGate = Awaited<ReturnType<typeof createStoredGate>>;
