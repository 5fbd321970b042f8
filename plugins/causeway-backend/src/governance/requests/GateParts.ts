import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';
import type { AgentGuard } from '../agents/AgentGuard';
import type { CalibrationStore } from '../agents/CalibrationStore';
import type { HaltStore } from '../agents/HaltStore';
import type { IdempotencyStore } from '../agents/IdempotencyStore';
import type { BudgetLedger } from '../budget/BudgetLedger';
import type { ActivePolicy, Announcer, AuditWriter } from '../ports';
import type { GateTelemetry } from '../telemetry/GateTelemetry';
import type { TargetReader } from '../targets/TargetReader';
import type { Membership } from '../votes/Membership';
import type { Preparation } from './Preparation';
import type { RequestJournal } from './RequestJournal';
import type { RequestStore } from './RequestStore';

/** The operations that there are. */
export interface Operations {
  get(name: string): Operation | undefined;
  /** SHA-256, hex, of what an operation is declared to be. */
  hash(name: string): string;
  describe(): readonly OperationDescription[];
}

/** An agent that configuration names. */
export interface RegisteredAgent {
  /** As `agentKey` tells it. */
  key: string;
  /** User or group that answers for it. */
  accountable: string;
}

/** What the gate is told by configuration. */
export interface GateSettings {
  agents: readonly RegisteredAgent[];
  /** Groups whose members say what came of requests with an unknown outcome. */
  reconcilers: readonly string[];
  auditors: readonly string[];
  /** Groups whose members may erase texts beside the audit trail; nobody where it is absent. */
  erasers?: readonly string[];
  halters: readonly string[];
  /** Services that may ask, by name. */
  subjects: readonly { name: string }[];
  /** Address of the portal, without a slash at its end. */
  portal: string;
  /** Why nothing can be asked for; absent where the gate is open. */
  closed?: string;
}

/** What every command of the gate works with. */
export interface GateParts {
  database: Knex;
  store: RequestStore;
  journal: RequestJournal;
  preparation: Preparation;
  targets: Pick<TargetReader, 'read'>;
  operations: Operations;
  policy: ActivePolicy;
  /** By what people decide: as the catalog is now. */
  membership: Membership;
  /** By what is told who asks and who could decide: as the catalog was a moment ago. */
  acquaintance: Membership;
  budget: Pick<BudgetLedger, 'reserve' | 'release' | 'spent'>;
  records: Pick<CalibrationStore, 'record' | 'addFeedback' | 'addOutcome'>;
  admission: Pick<AgentGuard, 'lock' | 'admit' | 'admitAssessment' | 'denied'>;
  idempotency: Pick<IdempotencyStore, 'find' | 'claim'>;
  halts: Pick<HaltStore, 'list' | 'check' | 'find' | 'halt' | 'resume'>;
  audit: AuditWriter;
  announcer: Announcer;
  telemetry: Pick<GateTelemetry, 'withSpan'>;
  settings: GateSettings;
  logger: LoggerService;
  /** Epoch milliseconds by the database's clock. */
  now(): Promise<number>;
  /** Says that there may be something to carry out. */
  wake(): void;
}
