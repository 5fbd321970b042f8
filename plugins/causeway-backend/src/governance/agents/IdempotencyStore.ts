import { contentHash } from '../../estate/contentHash';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A key as somebody sent it, and what came with it. */
export interface IdempotencyClaim {
  /** Reference of who sent it: a key says nothing about somebody else's. */
  principal: string;
  operation: string;
  key: string;
  /** Hash of everything else that was sent. */
  contentHash: string;
}

interface DbIdempotencyRow {
  request_id: string;
  content_hash: string;
}

/** Which request a key stands for (THREATS M1). SQL only. */
export class IdempotencyStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The request that a key stands for, before anything is worked out.
   *
   * @throws ConflictError where it was sent with other content
   */
  async find(
    claim: IdempotencyClaim,
    knex: Knex = this.#knex,
  ): Promise<string | undefined> {
    const row = await knex('gate_idempotency_keys')
      .where(toColumns(claim))
      .first<DbIdempotencyRow | undefined>('request_id', 'content_hash');
    if (row && row.content_hash !== claim.contentHash) {
      throw new ConflictError(
        'This idempotency key was sent with other content; take another key',
      );
    }
    return row?.request_id;
  }

  /**
   * Takes a key for a new request. Two that send it at once get one request:
   * the second waits for the first.
   *
   * @returns id of the request that has it already
   * @throws ConflictError where it was sent with other content
   */
  async claim(
    trx: Knex.Transaction,
    claim: IdempotencyClaim & {
      requestId: string;
      /** Epoch milliseconds, database time. */
      at: number;
    },
  ): Promise<string | undefined> {
    const inserted = await trx('gate_idempotency_keys')
      .insert({
        ...toColumns(claim),
        content_hash: claim.contentHash,
        request_id: claim.requestId,
        at: claim.at,
      })
      .onConflict(['principal', 'operation', 'key_hash'])
      .ignore()
      .returning('request_id');
    return inserted.length > 0 ? undefined : this.find(claim, trx);
  }

  /** Forgets keys that are older than so. */
  async prune(before: number): Promise<number> {
    return this.#knex('gate_idempotency_keys')
      .where('at', '<', before)
      .delete();
  }
}

/** The key itself may be any text, of any length, and is nobody's business. */
function toColumns({ principal, operation, key }: IdempotencyClaim) {
  return {
    principal,
    operation,
    key_hash: contentHash(key),
  };
}
