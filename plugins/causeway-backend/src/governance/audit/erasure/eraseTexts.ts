import type { Knex } from 'knex';
import type { AuditWriter } from '../../ports';
import { AuditEraser } from '../AuditEraser';

/** Texts a transaction: whoever decides anything waits for the end of the trail. */
const batchSize = 200;

/** Which texts are erased, and what is put on record about it. */
export interface TextErasure {
  /** Narrows the entries, `gate_audit_entries` as `entry`. */
  entries(query: Knex.QueryBuilder): void;
  /** Only these; all where it is absent. */
  fields?: readonly string[];
  by: string;
  /** Goes on record: no personal content. */
  why: string;
  /** Whose texts they are, where they are one person's. */
  subject?: string;
}

/**
 * Erases texts beside the trail, oldest first, a batch a transaction, each with
 * its entry. The chain stays whole: it holds their salted hashes.
 *
 * @returns how many, of how many entries
 */
export async function eraseTexts(
  options: TextErasure & {
    database: Knex;
    audit: AuditWriter;
    now(): Promise<number>;
    signal?: AbortSignal;
  },
): Promise<{ texts: number; entries: number }> {
  const { database, audit, by, why, subject, now, signal } = options;
  const eraser = new AuditEraser(audit);
  const done = { texts: 0, entries: 0 };
  while (!signal?.aborted) {
    const at = await now();
    const erased = await database.transaction(async trx => {
      const texts = await findTexts(trx, options);
      if (texts.length > 0) {
        await eraser.eraseMany(trx, { texts, by, why, subject, at });
      }
      return texts;
    });
    const count = erased.reduce((sum, { fields }) => sum + fields.length, 0);
    done.texts += count;
    done.entries += erased.length;
    if (count < batchSize) {
      break;
    }
  }
  return done;
}

async function findTexts(
  trx: Knex.Transaction,
  { entries, fields }: Pick<TextErasure, 'entries' | 'fields'>,
): Promise<{ seq: number; fields: string[] }[]> {
  const rows: { seq: number | string; field: string }[] = await trx(
    'gate_audit_texts as text',
  )
    .join('gate_audit_entries as entry', 'entry.seq', 'text.seq')
    .whereNotNull('text.text')
    .modify(query => {
      entries(query);
      if (fields) {
        query.whereIn('text.field', fields);
      }
    })
    .orderBy(['text.seq', 'text.field'])
    .limit(batchSize)
    .select('text.seq as seq', 'text.field as field');
  const found = new Map<number, string[]>();
  for (const { seq, field } of rows) {
    found.set(Number(seq), [...(found.get(Number(seq)) ?? []), field]);
  }
  return [...found].map(([seq, named]) => ({ seq, fields: named }));
}
