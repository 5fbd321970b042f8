import type {
  Execution,
  Feedback,
  RequestEvent,
  Vote,
} from '@causeway/backstage-plugin-causeway-common';
import type { StoredRequest } from './StoredRequest';
import { urgencyOf } from './urgency';

/** Row of a request, without what only workers write. */
export interface DbRequestRow {
  id: string;
  state: StoredRequest['state'];
  revision: number;
  operation: string;
  target: string;
  source: string;
  owner: string | null;
  environment: string | null;
  requester: string;
  /** Key of its quotas: the agent's, or the person. */
  asker: string;
  tier: number;
  risk: string;
  outcome: StoredRequest['assessment']['outcome'];
  policy_hash: string;
  digest: string;
  words: string;
  document: string;
  created_at: number;
  updated_at: number;
  decide_by: number | null;
  execute_by: number | null;
  escalate_at: number | null;
  finished_at: number | null;
  urgency: number;
}

export interface DbVoteRow {
  id: string;
  request_id: string;
  voter: string;
  decision: Vote['decision'];
  comment: string | null;
  at: number | string;
  digest: string;
  presence: Vote['presence'];
  looked_for: number | string | null;
  withdrawn_at: number | string | null;
  withdrawn_why: string | null;
}

export interface DbEventRow {
  request_id: string;
  seq: number;
  type: RequestEvent['type'];
  at: number | string;
  by: string;
  message: string;
}

export interface DbExecutionRow {
  request_id: string;
  attempt: number;
  state: Execution['state'];
  started_at: number | string;
  written_at: number | string | null;
  finished_at: number | string | null;
  message: string | null;
  written: string | null;
  verification: string | null;
  rollback: string | null;
}

export interface DbFeedbackRow {
  request_id: string;
  by: string;
  at: number | string;
  verdict: Feedback['verdict'];
  comment: string | null;
  counts: boolean | number;
}

const number = (value: number | string | null) =>
  value === null ? undefined : Number(value);

export function toRow(request: StoredRequest): DbRequestRow {
  const { target, requester, operation, assessment } = request;
  return {
    id: request.id,
    state: request.state,
    revision: request.revision,
    operation: operation.name,
    target: target.entityRef,
    source: request.binding?.source ?? target.source,
    owner: target.owner ?? null,
    environment: target.environment ?? null,
    requester: requester.ref,
    asker: request.agentKey ?? requester.ref,
    tier: assessment.tier,
    risk: assessment.risk.level,
    outcome: assessment.outcome,
    policy_hash: assessment.policyHash,
    digest: request.digest,
    words: [
      request.id,
      target.entityRef,
      target.title,
      operation.title,
      request.plan?.summary ?? '',
      requester.ref,
    ]
      .join(' ')
      .toLowerCase(),
    document: JSON.stringify(request),
    created_at: request.createdAt,
    updated_at: request.updatedAt,
    decide_by: request.decideBy ?? null,
    execute_by: request.executeBy ?? null,
    escalate_at: request.escalateAt ?? null,
    finished_at: request.finishedAt ?? null,
    urgency: urgencyOf(request),
  };
}

export function fromRow({
  document,
}: Pick<DbRequestRow, 'document'>): StoredRequest {
  return JSON.parse(document);
}

export function toVote(row: DbVoteRow): Vote {
  return {
    id: row.id,
    voter: row.voter,
    decision: row.decision,
    comment: row.comment ?? undefined,
    at: Number(row.at),
    digest: row.digest,
    presence: row.presence,
    lookedFor: number(row.looked_for),
    withdrawnAt: number(row.withdrawn_at),
    withdrawnWhy: row.withdrawn_why ?? undefined,
  };
}

export function toEvent(row: DbEventRow): RequestEvent {
  return {
    seq: row.seq,
    type: row.type,
    at: Number(row.at),
    by: row.by,
    message: row.message,
  };
}

export function toExecution(row: DbExecutionRow): Execution {
  return {
    attempt: row.attempt,
    startedAt: Number(row.started_at),
    writtenAt: number(row.written_at),
    finishedAt: number(row.finished_at),
    state: row.state,
    message: row.message ?? undefined,
    verification: row.verification ? JSON.parse(row.verification) : undefined,
    rollback: row.rollback ? JSON.parse(row.rollback) : undefined,
  };
}

export function toFeedback(row: DbFeedbackRow): Feedback {
  return {
    by: row.by,
    at: Number(row.at),
    verdict: row.verdict,
    comment: row.comment ?? undefined,
    counts: Boolean(row.counts),
  };
}
