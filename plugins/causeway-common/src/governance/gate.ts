import type { JsonObject } from '@backstage/types';
import type { AnchorReport } from './anchors';
import type { Choice } from './vote';

/**
 * `GET /policy`: what is in force, readable.
 *
 * @public
 */
export interface PolicyView {
  /** SHA-256, hex, of the normalized policy. */
  hash: string;
  /** Where it comes from: file names, or `built in`. */
  origin: string;
  /** Epoch milliseconds when it came into force. */
  since: number;
  /** Normalized document. */
  document: JsonObject;
  /** A newer one that could not be used: tier 1 is stopped until it is mended. */
  invalid?: { message: string; at: number };
  /** A looser one that waits. */
  announced?: { hash: string; from: number; document: JsonObject };
  /** Faults that a load cannot find: a quorum that existing people cannot make. */
  faults: string[];
}

/**
 * One entry of the audit trail.
 *
 * @public
 */
export interface AuditEntry {
  seq: number;
  /** Epoch milliseconds. */
  at: number;
  /** `request`, `vote`, `execution`, `policy`, `halt`, `feedback`. */
  type: string;
  /** `Submitted`, `VoteCast`, ... */
  action: string;
  /** Who did it. */
  by: string;
  requestId?: string;
  /** What it was about: an entity reference, a policy's hash. */
  subject?: string;
  detail: JsonObject;
  /** Hex; of this entry, and of the one before. */
  hash: string;
  previous: string;
}

/**
 * `GET /audit`.
 *
 * @public
 */
export interface AuditPage {
  items: AuditEntry[];
  nextCursor?: string;
  now: number;
}

/**
 * What entries of the trail are about.
 *
 * @public
 */
export const auditTypes = [
  'request',
  'vote',
  'execution',
  'feedback',
  'policy',
  'halt',
  'audit',
] as const;

/**
 * What lists and exports of the trail can be narrowed to.
 *
 * @public
 */
export interface AuditQuery {
  requestId?: string;
  by?: string;
  /** One of {@link auditTypes}. */
  type?: string;
  action?: string;
  subject?: string;
  /** Epoch milliseconds. */
  from?: number;
  until?: number;
  cursor?: string;
  /** 1 to 500; defaults to 100. */
  limit?: number;
}

/**
 * `GET /audit/verify`: whether the chain is whole.
 *
 * @public
 */
export interface AuditVerification {
  entries: number;
  whole: boolean;
  /** The first entry that does not fit. */
  broken?: { seq: number; why: string };
  /** Hash of the last entry. */
  head?: string;
  /** Since when nothing outside the database vouches for it; epoch milliseconds. */
  unanchoredSince?: number;
  /** What its signed checkpoints say, where there are any to hold it against. */
  anchors?: AnchorReport;
  durationMs: number;
}

/**
 * `POST /audit/erase`: texts beside the trail that are erased. Exactly one of
 * `seq` and `of`.
 *
 * @public
 */
export interface AuditErasure {
  /** Those of one entry. */
  seq?: number;
  /** Those that this person, subject or rule wrote, of all entries. */
  of?: string;
  /** Only these, such as `reason`; all where it is absent. */
  fields?: string[];
  /** Goes on record for good: a ticket, and no personal content. */
  why: string;
}

/**
 * What is halted: everything, or one agent.
 *
 * @public
 */
export interface Halt {
  /** `all`, or the agent as {@link agentKeyOf} names it. */
  scope: string;
  by: string;
  reason: string;
  /** Epoch milliseconds. */
  since: number;
}

/**
 * What the caller may do with the gate as a whole, and why not.
 *
 * @public
 */
export interface GateChoices {
  /** Halting everything or one agent, and resuming. */
  halt: Choice;
  /** Searching, verifying and exporting the audit trail. */
  readAudit: Choice;
}

/**
 * `GET /gate`: how the gate is, for everybody who may read requests.
 *
 * @public
 */
export interface GateStatus {
  /** Whether anything can be asked for; why not. */
  open: boolean;
  why?: string;
  halts: Halt[];
  freezes: { name: string; reason: string; until?: number }[];
  pending: number;
  mine: number;
  policy: { hash: string; origin: string; invalid: boolean };
  choices: GateChoices;
  now: number;
}

/**
 * Channel of the signals that say that requests changed: ids and states only.
 *
 * @public
 */
export const requestsChannel = 'causeway:requests';

/**
 * Message on {@link requestsChannel}.
 *
 * @public
 */
export interface RequestsSignal {
  [key: string]: string;
  id: string;
  state: string;
}
