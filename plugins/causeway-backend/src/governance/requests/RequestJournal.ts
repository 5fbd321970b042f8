import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { NewAuditEntry } from '../audit/NewAuditEntry';
import type { AuditWriter } from '../ports';
import type {
  LockedRequest,
  NewEvent,
  RequestStore,
  Work,
} from './RequestStore';
import type { StoredRequest } from './StoredRequest';

/** What the trail says besides what happened. */
export interface Recorded {
  events: NewEvent[];
  /** Texts that people wrote. */
  erasable?: Record<string, string>;
  /** More of what happened: a vote's id, an outcome. */
  detail?: JsonObject;
}

const typeOf = (event: NewEvent['type']): string => {
  if (event.startsWith('Vote')) {
    return 'vote';
  }
  if (event.startsWith('Feedback')) {
    return 'feedback';
  }
  return /^(Execution|Verif|Roll|OutcomeUnknown)/.test(event)
    ? 'execution'
    : 'request';
};

/** The request without the words that people and agents wrote. */
function withoutWords(request: StoredRequest): JsonObject {
  const { reason: _reason, recommendation: _recommendation, ...rest } = request;
  return JSON.parse(JSON.stringify(rest));
}

/** State, events and audit of a request, in one transaction (DESIGN section 4, invariant 8). */
export class RequestJournal {
  readonly #store: RequestStore;
  readonly #audit: AuditWriter;

  constructor(store: RequestStore, audit: AuditWriter) {
    this.#store = store;
    this.#audit = audit;
  }

  async begin(
    trx: Knex.Transaction,
    request: StoredRequest,
    record: Recorded & { dueAt?: number },
  ): Promise<void> {
    await this.#store.insert(trx, request, record);
    await this.#append(trx, request, record, {
      request: withoutWords(request),
    });
  }

  async write(
    trx: Knex.Transaction,
    before: LockedRequest,
    after: StoredRequest,
    record: Recorded & { work?: Partial<Work> },
  ): Promise<StoredRequest> {
    const saved = await this.#store.save(trx, before, after, record);
    const anew = before.request.digest !== after.digest;
    await this.#append(
      trx,
      saved,
      record,
      anew ? { request: withoutWords(saved) } : {},
    );
    return saved;
  }

  async #append(
    trx: Knex.Transaction,
    request: StoredRequest,
    { events, erasable, detail }: Recorded,
    first: JsonObject,
  ): Promise<void> {
    const entries = events.map((event, position): NewAuditEntry => ({
      type: typeOf(event.type),
      action: event.type,
      by: event.by,
      requestId: request.id,
      subject: request.target.entityRef,
      detail: {
        message: event.message,
        state: request.state,
        revision: request.revision,
        digest: request.digest,
        policyHash: request.assessment.policyHash,
        ...(request.decidedBy && { decidedBy: request.decidedBy }),
        ...(position === 0 && { ...first, ...detail }),
      },
      ...(position === 0 && erasable && { erasable }),
      at: request.updatedAt,
    }));
    await this.#audit.append(trx, entries);
  }
}
