import type {
  Assessment,
  PolicyView,
  RequestEventType,
} from '@causeway/backstage-plugin-causeway-common';
import type { AssessmentInput } from '@causeway/backstage-plugin-causeway-common/policy';
import type { AgentLimits } from './agents/AgentLimits';
import type { NewAuditEntry } from './audit/NewAuditEntry';
import type { Knex } from 'knex';
import type { StoredRequest } from './requests/StoredRequest';

/** The trail, as those who write to it see it: in the transaction of what they did. */
export interface AuditWriter {
  append(
    trx: Knex.Transaction,
    entries: readonly NewAuditEntry[],
  ): Promise<void>;
}

/** The policy in force, as the gate uses it. */
export interface ActivePolicy {
  assess(input: AssessmentInput): Promise<Assessment>;
  isNoStricter(approved: Assessment, fresh: Assessment): boolean;
  view(): Promise<PolicyView>;
  /** Hash of the policy in force, read in a transaction; tier 1 is stopped where a newer one is faulty. */
  hashIn(trx: Knex.Transaction): Promise<string>;
  limits(): Promise<AgentLimits>;
  /** Least number of samples for a record to say anything. */
  minimumSamples(): Promise<number>;
  /** Names of the cost limits whose reservations policy wants to know. */
  budgets(): Promise<string[]>;
  /** Parts of a decision record that an agent has to give for an operation. */
  onChange(listener: () => void): () => void;
}

/** Tells people and portals that a request changed; after the commit, and never failing. */
export interface Announcer {
  changed(request: StoredRequest, event: RequestEventType): void;
}
