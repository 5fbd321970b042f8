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
    const moved = await write(trx, { head, end: { seq, hash }, rows, texts });
    if (moved !== 1) {
      throw new ConflictError(
        'Somebody else wrote to the audit trail at the same moment; try again',
      );
    }
  }
}

/** Writes entries and moves the end of the chain on; 0 where somebody else moved it. */
async function write(
  trx: Knex.Transaction,
  {
    head,
    end,
    rows,
    texts,
  }: {
    head: { seq: number | string; hash: string };
    end: { seq: number; hash: string };
    rows: readonly object[];
    texts: readonly StoredText[];
  },
): Promise<number> {
  // SQLite knows no row locks: there, this is what notices somebody else.
  const move = trx('gate_audit_head')
    .where({ id: 1, seq: head.seq, hash: head.hash })
    .update(end);
  if (trx.client.config.client === 'pg' && rows.length <= batchSize) {
    // Everybody who decides anything waits for the end of the chain. One
    // statement holds it for half as long as three.
    move.with('entries', trx('gate_audit_entries').insert(rows));
    if (texts.length > 0) {
      move.with('texts', trx('gate_audit_texts').insert(texts));
    }
    return move;
  }
  const moved = await move;
  if (moved === 1) {
    await insertBatches(trx, 'gate_audit_entries', rows);
    await insertBatches(trx, 'gate_audit_texts', texts);
  }
  return moved;
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
