import { randomBytes } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  hashEntry,
  type StoredText,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { toCanonicalEntry } from './canonicalEntry';
import type { NewAuditEntry } from './NewAuditEntry';

/** Rows a statement: SQLite takes a bounded number of values in one. */
const batchSize = 50;

/**
 * Appends to the audit trail, inside the transaction of what it tells. It
 * locks the end of the chain until that transaction ends, so it comes last:
 * the order of locks is request, budget, audit (DECISIONS 18).
 */
export class AuditLog {
  readonly #createSalt: () => string;

  constructor(
    options: {
      /** Hex. */
      createSalt?: () => string;
    } = {},
  ) {
    this.#createSalt =
      options.createSalt ?? (() => randomBytes(16).toString('hex'));
  }

  /** @throws InputError for an entry that is too large, too deep or no JSON */
  async append(
    trx: Knex.Transaction,
    entries: readonly NewAuditEntry[],
  ): Promise<void> {
    if (entries.length === 0) {
      return;
    }
    const head = await trx('gate_audit_head')
      .where({ id: 1 })
      .forUpdate()
      .first<{ seq: number | string; hash: string } | undefined>();
    if (!head) {
      throw new Error(
        'The audit trail has lost its end (gate_audit_head is empty): nothing is recorded, so nothing is done. Restore the database from a backup.',
      );
    }
    let seq = Number(head.seq);
    let { hash } = head;
    const texts: StoredText[] = [];
    const rows = entries.map(entry => {
      seq += 1;
      const previous = hash;
      const made = toCanonicalEntry(entry, seq, this.#createSalt);
      hash = hashEntry(previous, made.canonical);
      texts.push(...made.texts);
      return {
        seq,
        at: entry.at,
        type: entry.type,
        action: entry.action,
        by: entry.by,
        request_id: entry.requestId ?? null,
        subject: entry.subject ?? null,
        canonical: made.canonical,
        hash,
        previous,
      };
    });
    // SQLite knows no row locks: there, this is what notices somebody else.
    const moved = await trx('gate_audit_head')
      .where({ id: 1, seq: head.seq, hash: head.hash })
      .update({ seq, hash });
    if (moved !== 1) {
      throw new ConflictError(
        'Somebody else wrote to the audit trail at the same moment; try again',
      );
    }
    await insertBatches(trx, 'gate_audit_entries', rows);
    await insertBatches(trx, 'gate_audit_texts', texts);
  }
}

async function insertBatches(
  trx: Knex.Transaction,
  table: string,
  rows: readonly object[],
) {
  for (let start = 0; start < rows.length; start += batchSize) {
    await trx(table).insert(rows.slice(start, start + batchSize));
  }
}
