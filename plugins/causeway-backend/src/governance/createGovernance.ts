import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { EstateReader } from '../estate/entities/EstateReader';
import { readDatabaseTime } from '../estate/partitions/databaseTime';
import type { Ask } from '../estate/questions/createQuestions';
import { rememberReads } from '../estate/sql/rememberReads';
import { shareReads } from '../estate/sql/shareReads';
import type { ReadSources } from '../estate/status/estateStatus';
import { AgentGuard } from './agents/AgentGuard';
import { CalibrationStore } from './agents/CalibrationStore';
import { HaltStore } from './agents/HaltStore';
import { IdempotencyStore } from './agents/IdempotencyStore';
import { readAnchorSettings } from './audit/anchors/readAnchorSettings';
import { AuditKeeping } from './audit/AuditKeeping';
import { AuditLog } from './audit/AuditLog';
import { AuditorForwarder } from './audit/AuditorForwarder';
import { readRetention } from './audit/erasure/readRetention';
import { ForwardedAudit } from './audit/ForwardedAudit';
import { KnexAuditTrail } from './audit/KnexAuditTrail';
import { BudgetLedger } from './budget/BudgetLedger';
import { readGateConfig } from './config/readGateConfig';
import { createFaces, type Faces } from './createFaces';
import { DefaultGate } from './DefaultGate';
import type { ExecutionSettings } from './execution/ExecutionSettings';
import { Executor } from './execution/Executor';
import { NoticeAnnouncer } from './notices/NoticeAnnouncer';
import { Notices } from './notices/Notices';
import { createBuiltInOperations } from './operations/createBuiltInOperations';
import { OperationRegistry } from './operations/OperationRegistry';
import { createPolicy } from './policy/createPolicy';
import { ServicePolicy } from './policy/ServicePolicy';
import type { GateParts } from './requests/GateParts';
import { Preparation } from './requests/Preparation';
import { readHistory } from './requests/readHistory';
import { RequestJournal } from './requests/RequestJournal';
import { RequestStore } from './requests/RequestStore';
import { isPartOf, TargetReader } from './targets/TargetReader';
import { TemplateTargets } from './targets/TemplateTargets';
import { GateTelemetry } from './telemetry/GateTelemetry';
import { MeasuringAnnouncer } from './telemetry/MeasuringAnnouncer';
import { readQueues } from './telemetry/readQueues';
import { Membership } from './votes/Membership';
import { RecentEntities } from './votes/RecentEntities';
import { createTrustPeople } from './votes/trustPeople';

/** What the gate needs from its surroundings. */
export interface GovernanceOptions {
  /** The plugin's database, migrated. */
  database: Knex;
  config: RootConfigService;
  logger: LoggerService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  notifications: NotificationService;
  signals: SignalsService;
  /** Questions about the estate. */
  ask: Ask;
  /** The estate's sources with their freshness. */
  sources: ReadSources;
  /** Operations that other plugins add. */
  additionalOperations?: readonly Operation[];
  /** Whether this process carries requests out; for tests and replicas of the web role. */
  executes?: boolean;
  /** How patient executors are; for tests. */
  execution?: Partial<ExecutionSettings>;
}

/** The gate with its faces. */
export interface Governance {
  faces: Faces;
  operations: OperationRegistry;
  /** Operations that get a registry action of their own. */
  named: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds that an operation may take to bind, plan and estimate. */
const patience = 20_000;

/** Milliseconds for which is remembered who belongs to which group, where nothing is decided by it. */
const acquaintedFor = 5_000;

/** Milliseconds for which is remembered how fresh sources are: they tell every few seconds. */
const freshFor = 250;

/**
 * Milliseconds for which is remembered what depends on a service: five reads
 * of the catalog for what hardly changes. Claiming reads it anew.
 */
const rememberFor = 60_000;

/** Builds the gate; nothing runs before `start`. */
export async function createGovernance(
  options: GovernanceOptions,
): Promise<Governance> {
  const { database, config, logger, auth, ask, catalog } = options;
  const gateConfig = readGateConfig(config);
  const operations = new OperationRegistry(gateConfig.trustedOperations);
  createBuiltInOperations({ config }).forEach(one =>
    operations.register(one, { builtIn: true }),
  );
  options.additionalOperations?.forEach(one => operations.register(one));
  for (const name of operations.missing()) {
    logger.warn(
      `causeway.gate.trustedOperations names '${name}', and no module adds such an operation: take it out, or install the module`,
    );
  }

  const audit = new ForwardedAudit(
    new AuditLog(),
    new AuditorForwarder({ auditor: options.auditor, logger }),
  );
  const anchors = readAnchorSettings(config);
  const textsKeptFor = readRetention(config);
  const keeping = new AuditKeeping({
    database,
    audit,
    logger,
    anchors,
    textsKeptFor,
  });
  const policy = createPolicy({
    config,
    database,
    logger,
    record: async (trx, { hash, origin, since, announced, invalid }) =>
      audit.append(trx, [
        {
          type: 'policy',
          action: invalid
            ? 'PolicyInvalid'
            : (announced && 'PolicyAnnounced') || 'PolicyInForce',
          by: 'gate',
          subject: announced?.hash ?? hash,
          detail: { hash, origin, since },
          at: await readDatabaseTime(trx),
        },
      ]),
  });
  const active = new ServicePolicy(policy);
  const trusts = createTrustPeople(config, gateConfig.peopleFrom);
  const membership = new Membership({ catalog, auth, nested: true, trusts });
  // Claiming asks anew: what is a moment old here carries nothing out.
  const recent = new RecentEntities({
    catalog,
    maxAge: acquaintedFor,
    now: () => performance.now(),
  });
  const acquaintance = new Membership({
    catalog: recent,
    auth,
    nested: true,
    trusts,
  });
  const store = new RequestStore(database);
  const halts = new HaltStore(database);
  const budget = new BudgetLedger(database);
  const records = new CalibrationStore(database);
  const reader = new EstateReader(database);
  const targets = new TargetReader({
    database,
    reader,
    sources: rememberReads(freshFor, options.sources),
    templates: new TemplateTargets({ catalog, auth, config }),
  });
  const announcer = new NoticeAnnouncer({
    notices: new Notices({
      notifications: options.notifications,
      signals: options.signals,
      logger,
      queueLink: '/approvals',
    }),
    membership: acquaintance,
    reconcilers: gateConfig.reconcilers,
    logger,
  });
  const telemetry = new GateTelemetry();
  telemetry.observeQueues(() => readQueues(database));
  const running: { executor?: Executor } = {};
  const parts: GateParts = {
    database,
    store,
    journal: new RequestJournal(store, audit),
    preparation: new Preparation({
      targets,
      policy: active,
      records,
      ask,
      auth,
      logger,
      trusts: name => operations.trusts(name),
      readHistory: asked => readHistory(database, asked),
      patience,
      rememberFor,
    }),
    targets,
    operations: {
      get: name => (operations.has(name) ? operations.get(name) : undefined),
      hash: name => operations.hash(name),
      describe: () => operations.describe(),
    },
    policy: active,
    membership,
    acquaintance,
    budget,
    records,
    admission: new AgentGuard({ halts }),
    idempotency: new IdempotencyStore(database),
    halts,
    audit,
    announcer: new MeasuringAnnouncer(telemetry, announcer),
    telemetry,
    settings: {
      ...gateConfig,
      portal:
        config.getOptionalString('app.baseUrl')?.replace(/\/+$/, '') ?? '',
    },
    logger,
    now: shareReads(() => readDatabaseTime(database)),
    wake: () => running.executor?.wake(),
  };
  const executor = new Executor(parts, {
    worker: randomUUID(),
    settings: options.execution,
  });
  running.executor = executor;
  const faces = await createFaces({
    ...options,
    gate: new DefaultGate(parts),
    audit: new KnexAuditTrail(database, { audit, anchors, textsKeptFor }),
    gateConfig,
    serviceOf: async entityRef =>
      (await reader.edgesFrom([entityRef])).find(isPartOf)?.to,
    permissionsOff: 'read-only',
  });
  return {
    faces,
    operations,
    named: gateConfig.actions,
    async start() {
      await policy.start();
      if (options.executes ?? true) {
        executor.start();
        keeping.start();
      }
    },
    async stop() {
      await executor.stop();
      await keeping.stop();
      await announcer.settle();
      await policy.stop();
    },
  };
}
