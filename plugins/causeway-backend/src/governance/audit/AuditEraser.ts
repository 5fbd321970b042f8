import { NotFoundError } from '@backstage/errors';
import { erasure } from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import type { AuditWriter } from '../ports';

/**
 * Erases texts beside the trail with their salts, and puts on record who did
 * it. The chain stays whole: it holds their hashes, which say nothing without
 * the salt.
 */
export class AuditEraser {
  readonly #log: AuditWriter;

  constructor(log: AuditWriter) {
    this.#log = log;
  }

  /**
   * @param options.fields - of the entry's texts; defaults to all of them
   * @param options.why - goes on record: no personal content
   * @throws NotFoundError where there is no such text, or none any more
   */
  async erase(
    trx: Knex.Transaction,
    options: {
      seq: number;
      fields?: readonly string[];
      by: string;
      why: string;
      /** Epoch milliseconds, database time. */
      at: number;
    },
  ): Promise<void> {
    const { seq, by, why, at } = options;
    const rows: { field: string }[] = await trx('gate_audit_texts')
      .where({ seq })
      .whereNotNull('text')
      .modify(select => {
        if (options.fields) {
          select.whereIn('field', options.fields);
        }
      })
      .orderBy('field')
      .select('field');
    const fields = rows.map(({ field }) => field);
    if (fields.length === 0) {
      throw new NotFoundError(
        `Entry ${seq} of the audit trail has no such text to erase`,
      );
    }
    await trx('gate_audit_texts')
      .where({ seq })
      .whereIn('field', fields)
      .update({ salt: null, text: null });
    await this.#log.append(trx, [
      { ...erasure, by, detail: { seq, fields, why }, at },
    ]);
  }

  /**
   * Erases texts of many entries, and puts that on record in one entry.
   *
   * @param options.subject - whose texts they were, where they were one person's
   */
  async eraseMany(
    trx: Knex.Transaction,
    options: {
      texts: readonly { seq: number; fields: readonly string[] }[];
      by: string;
      why: string;
      subject?: string;
      /** Epoch milliseconds, database time. */
      at: number;
    },
  ): Promise<void> {
    const { texts, by, why, subject, at } = options;
    for (const { seq, fields } of texts) {
      await trx('gate_audit_texts')
        .where({ seq })
        .whereIn('field', fields)
        .update({ salt: null, text: null });
    }
    await this.#log.append(trx, [
      {
        ...erasure,
        by,
        ...(subject !== undefined && { subject }),
        detail: {
          erased: texts.map(({ seq, fields }) => ({
            seq,
            fields: [...fields],
          })),
          why,
        },
        at,
      },
    ]);
  }
}
