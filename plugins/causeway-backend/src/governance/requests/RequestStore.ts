import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Execution,
  Feedback,
  RequestEvent,
  RequestEventType,
  RequestState,
  Vote,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import {
  type DbEventRow,
  type DbExecutionRow,
  type DbFeedbackRow,
  type DbVoteRow,
  fromRow,
  toEvent,
  toExecution,
  toFeedback,
  toRow,
  toVote,
} from './rows';
import { writeTogether } from '../sql/writeTogether';
import type { StoredRequest } from './StoredRequest';
import { requireTransition } from './transitions';

/** An event that is not yet written. */
export interface NewEvent {
  type: RequestEventType;
  by: string;
  message: string;
}

/** Who carries a request out, as its row says. */
export interface Work {
  /** Fencing: a worker that names an older one writes nothing. */
  epoch: number;
  worker?: string;
  leaseUntil?: number;
  dueAt?: number;
}

/** A request in a transaction that nobody else writes to. */
export interface LockedRequest {
  request: StoredRequest;
  work: Work;
}

/** Everything of one request. */
export interface WholeRequest extends LockedRequest {
  votes: Vote[];
  events: RequestEvent[];
  execution?: Execution;
  feedback: Feedback[];
}

interface DbWorkRow {
  document: string;
  epoch: number;
  worker: string | null;
  lease_until: number | string | null;
  due_at: number | string | null;
}

function toLocked(row: DbWorkRow): LockedRequest {
  const number = (value: number | string | null) =>
    value === null ? undefined : Number(value);
  return {
    request: fromRow(row),
    work: {
      epoch: row.epoch,
      worker: row.worker ?? undefined,
      leaseUntil: number(row.lease_until),
      dueAt: number(row.due_at),
    },
  };
}

function toWorkColumns(work: Partial<Work>) {
  return {
    ...('epoch' in work && { epoch: work.epoch }),
    ...('worker' in work && { worker: work.worker ?? null }),
    ...('leaseUntil' in work && { lease_until: work.leaseUntil ?? null }),
    ...('dueAt' in work && { due_at: work.dueAt ?? null }),
  };
}

function notThere(id: string): NotFoundError {
  return new NotFoundError(`There is no request ${id}, or it is not for you`);
}

const refRows = (into: string, requestId: string, refs: readonly string[]) => ({
  into,
  rows: [...new Set(refs)].map(ref => ({ request_id: requestId, ref })),
});

const eventRows = (
  requestId: string,
  written: { at: number; events: readonly NewEvent[]; first: number },
) => ({
  into: 'gate_events',
  rows: written.events.map((event, position) => ({
    request_id: requestId,
    seq: written.first + position,
    at: written.at,
    ...event,
  })),
});

/** Requests in the database; rules are elsewhere. */
export class RequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** A request with everything of it. */
  async read(id: string, knex: Knex = this.#knex): Promise<WholeRequest> {
    const row = await knex('gate_requests').where({ id }).first<DbWorkRow>();
    if (!row) {
      throw notThere(id);
    }
    const [votes, events, executions, feedback] = await Promise.all([
      this.votes(knex, id),
      knex<DbEventRow>('gate_events').where({ request_id: id }).orderBy('seq'),
      knex<DbExecutionRow>('gate_executions')
        .where({ request_id: id })
        .orderBy('attempt', 'desc')
        .limit(1),
      this.feedback(knex, id),
    ]);
    return {
      ...toLocked(row),
      votes,
      events: events.map(toEvent),
      execution: executions[0] && toExecution(executions[0]),
      feedback,
    };
  }

  /** What was said about how it went, oldest first. */
  async feedback(knex: Knex, id: string): Promise<Feedback[]> {
    const rows = await knex<DbFeedbackRow>('gate_feedback')
      .where({ request_id: id })
      .orderBy('at');
    return rows.map(toFeedback);
  }

  /** Votes of a request, oldest first, those that were taken back among them. */
  async votes(knex: Knex, id: string): Promise<Vote[]> {
    const rows = await knex<DbVoteRow>('gate_votes')
      .where({ request_id: id })
      .orderBy(['at', 'id']);
    return rows.map(toVote);
  }

  /** Reads a request so that nobody else writes to it before the transaction ends. */
  async lock(trx: Knex.Transaction, id: string): Promise<LockedRequest> {
    // SQLite has one connection and ignores the lock: the transaction is one.
    const row = await trx('gate_requests')
      .where({ id })
      .forUpdate()
      .first<DbWorkRow>();
    if (!row) {
      throw notThere(id);
    }
    return toLocked(row);
  }

  async insert(
    trx: Knex.Transaction,
    request: StoredRequest,
    options: { events: NewEvent[]; dueAt?: number },
  ): Promise<void> {
    await writeTogether(trx, [
      {
        into: 'gate_requests',
        rows: [{ ...toRow(request), due_at: options.dueAt ?? null }],
      },
      refRows('gate_barred', request.id, request.requester.set),
      refRows('gate_deciders', request.id, request.deciders),
      eventRows(request.id, {
        at: request.updatedAt,
        events: options.events,
        first: 1,
      }),
    ]);
  }

  /**
   * Writes what a request became.
   *
   * @returns the request with its new revision
   * @throws ConflictError where it cannot become that, or somebody else wrote in between
   */
  async save(
    trx: Knex.Transaction,
    before: LockedRequest,
    after: StoredRequest,
    options: { events: NewEvent[]; work?: Partial<Work> },
  ): Promise<StoredRequest> {
    if (before.request.state !== after.state) {
      requireTransition(before.request.state, after.state);
    }
    const saved = { ...after, revision: before.request.revision + 1 };
    const written = await trx('gate_requests')
      .where({
        id: after.id,
        revision: before.request.revision,
        epoch: before.work.epoch,
      })
      .update({ ...toRow(saved), ...toWorkColumns(options.work ?? {}) });
    if (written !== 1) {
      throw new ConflictError(
        `Somebody else changed request ${after.id} at the same time; look at it again`,
      );
    }
    if (`${before.request.deciders}` !== `${after.deciders}`) {
      await trx('gate_deciders').where({ request_id: after.id }).delete();
      await writeTogether(trx, [
        refRows('gate_deciders', after.id, after.deciders),
      ]);
    }
    if (`${before.request.requester.set}` !== `${after.requester.set}`) {
      await trx('gate_barred').where({ request_id: after.id }).delete();
      await writeTogether(trx, [
        refRows('gate_barred', after.id, after.requester.set),
      ]);
    }
    await this.#addEvents(trx, after.id, after.updatedAt, options.events);
    return saved;
  }

  /** Prolongs a worker's lease; whether it still is that worker's. */
  async renew(id: string, epoch: number, leaseUntil: number): Promise<boolean> {
    return (
      (await this.#knex('gate_requests')
        .where({ id, epoch })
        .update({ lease_until: leaseUntil })) === 1
    );
  }

  /** Looks at a request that is still due only after a while. */
  async postpone(
    id: string,
    options: { now: number; until: number; states: RequestState[] },
  ): Promise<void> {
    await this.#knex('gate_requests')
      .where({ id })
      .whereIn('state', options.states)
      .where('due_at', '<=', options.now)
      .update({ due_at: options.until });
  }

  async addVote(
    trx: Knex.Transaction,
    requestId: string,
    vote: Vote,
  ): Promise<void> {
    await trx('gate_votes').insert({
      id: vote.id,
      request_id: requestId,
      voter: vote.voter,
      decision: vote.decision,
      comment: vote.comment ?? null,
      at: vote.at,
      digest: vote.digest,
      presence: vote.presence,
      looked_for: vote.lookedFor ?? null,
    });
  }

  /** Takes back one person's standing vote, or all; how many there were. */
  async withdrawVotes(
    trx: Knex.Transaction,
    requestId: string,
    options: { voter?: string; at: number; why: string },
  ): Promise<number> {
    return trx('gate_votes')
      .where({ request_id: requestId })
      .whereNull('withdrawn_at')
      .modify(query => {
        if (options.voter !== undefined) {
          query.where({ voter: options.voter });
        }
      })
      .update({ withdrawn_at: options.at, withdrawn_why: options.why });
  }

  async startExecution(
    trx: Knex.Transaction,
    requestId: string,
    at: number,
  ): Promise<number> {
    const last = await trx('gate_executions')
      .where({ request_id: requestId })
      .max<{ last: number | null }>('attempt as last')
      .first();
    const attempt = (last?.last ?? 0) + 1;
    await trx('gate_executions').insert({
      request_id: requestId,
      attempt,
      state: 'running',
      started_at: at,
    });
    return attempt;
  }

  /** Writes what came of the newest attempt. */
  async updateExecution(
    trx: Knex.Transaction,
    requestId: string,
    change: Partial<Omit<Execution, 'attempt' | 'startedAt'>> & {
      written?: unknown;
    },
  ): Promise<void> {
    const json = (value: unknown) =>
      value === undefined ? undefined : JSON.stringify(value);
    const row = {
      state: change.state,
      written_at: change.writtenAt,
      finished_at: change.finishedAt,
      message: change.message,
      written: json(change.written),
      verification: json(change.verification),
      rollback: json(change.rollback),
    };
    await trx('gate_executions')
      .where({ request_id: requestId })
      .andWhere(
        'attempt',
        trx('gate_executions').where({ request_id: requestId }).max('attempt'),
      )
      .update(
        Object.fromEntries(
          Object.entries(row).filter(([, value]) => value !== undefined),
        ),
      );
  }

  /** How the newest attempt left the target. */
  async readWritten(requestId: string): Promise<unknown> {
    const row = await this.#knex<DbExecutionRow>('gate_executions')
      .where({ request_id: requestId })
      .orderBy('attempt', 'desc')
      .first('written');
    return row?.written ? JSON.parse(row.written) : undefined;
  }

  /** Fails for a second word of one person: the first one stands, and counted. */
  async addFeedback(
    trx: Knex.Transaction,
    requestId: string,
    feedback: Feedback,
  ): Promise<void> {
    const { by, ...rest } = feedback;
    await trx('gate_feedback').insert({
      request_id: requestId,
      by,
      ...rest,
      comment: rest.comment ?? null,
    });
  }

  async #addEvents(
    trx: Knex.Transaction,
    requestId: string,
    at: number,
    events: readonly NewEvent[],
  ): Promise<void> {
    if (events.length === 0) {
      return;
    }
    const last = await trx('gate_events')
      .where({ request_id: requestId })
      .max<{ last: number | null }>('seq as last')
      .first();
    await writeTogether(trx, [
      eventRows(requestId, { at, events, first: (last?.last ?? 0) + 1 }),
    ]);
  }
}
