import { setImmediate as pause } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  AuditEntry,
  AuditPage,
  AuditQuery,
} from '@causeway/backstage-plugin-causeway-common';
import {
  type ChainHead,
  type DbAuditEntryRow,
  type DbAuditTextRow,
  entryColumns,
  readHead,
  type StoredEntry,
  type StoredText,
  toStoredEntry,
  toStoredText,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { Knex } from 'knex';
import { runSql } from '../sql/runSql';

/** What a search or an export is narrowed to. */
export type AuditFilter = Omit<AuditQuery, 'cursor' | 'limit'>;

const defaultLimit = 100;
const maxLimit = 500;
const streamPageSize = 500;

/** Reads the audit trail. SQL only. */
export class AuditReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Newest first.
   *
   * @throws InputError for a cursor that is none, and for a limit out of bounds
   */
  async search(query: AuditQuery): Promise<Omit<AuditPage, 'now'>> {
    const { cursor, limit = defaultLimit, ...filter } = query;
    if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
      throw new InputError(`limit must be from 1 to ${maxLimit}`);
    }
    const rows: DbAuditEntryRow[] = await this.#select(filter)
      .modify(select => {
        if (cursor !== undefined) {
          select.where('seq', '<', fromCursor(cursor));
        }
      })
      .orderBy('seq', 'desc')
      .limit(limit + 1);
    const entries = rows.slice(0, limit).map(toStoredEntry);
    const texts = await this.#readTexts(entries.map(({ seq }) => seq));
    return {
      items: entries.map(entry => toAuditEntry(entry, texts.get(entry.seq))),
      ...(rows.length > limit && {
        nextCursor: toCursor(entries[limit - 1].seq),
      }),
    };
  }

  /** Where the trail ends. */
  async head(): Promise<ChainHead> {
    const { head } = await readHead(runSql(this.#knex));
    if (!head) {
      throw new Error(
        'The audit trail has lost its end (gate_audit_head is empty): verify it',
      );
    }
    return head;
  }

  /** Oldest first, in pages, each entry with the texts beside it; no further than `until`. */
  async *stream(
    filter: AuditFilter,
    until: number,
  ): AsyncGenerator<{ entry: StoredEntry; texts: StoredText[] }[]> {
    let after = 0;
    for (;;) {
      const rows: DbAuditEntryRow[] = await this.#select(filter)
        .where('seq', '>', after)
        .where('seq', '<=', until)
        .orderBy('seq')
        .limit(streamPageSize);
      const entries = rows.map(toStoredEntry);
      const texts = await this.#readTexts(entries.map(({ seq }) => seq));
      yield entries.map(entry => ({
        entry,
        texts: texts.get(entry.seq) ?? [],
      }));
      if (entries.length < streamPageSize) {
        return;
      }
      after = entries[entries.length - 1].seq;
      await pause();
    }
  }

  #select(filter: AuditFilter): Knex.QueryBuilder {
    const { requestId, by, type, action, subject, from, until } = filter;
    const exact = { request_id: requestId, by, type, action, subject };
    const select = this.#knex('gate_audit_entries').select([...entryColumns]);
    for (const [column, value] of Object.entries(exact)) {
      if (value !== undefined) {
        select.where(column, value);
      }
    }
    if (from !== undefined) {
      select.where('at', '>=', from);
    }
    if (until !== undefined) {
      select.where('at', '<', until);
    }
    return select;
  }

  async #readTexts(
    seqs: readonly number[],
  ): Promise<Map<number, StoredText[]>> {
    const rows: DbAuditTextRow[] =
      seqs.length > 0
        ? await this.#knex('gate_audit_texts')
            .whereIn('seq', seqs)
            .orderBy(['seq', 'field'])
            .select('seq', 'field', 'salt', 'text')
        : [];
    const texts = new Map<number, StoredText[]>();
    for (const text of rows.map(toStoredText)) {
      texts.set(text.seq, [...(texts.get(text.seq) ?? []), text]);
    }
    return texts;
  }
}

/** An entry for people: with its texts, where they were not erased. */
function toAuditEntry(
  entry: StoredEntry,
  texts: readonly StoredText[] = [],
): AuditEntry {
  const { canonical, ...told } = entry;
  const { detail } = JSON.parse(canonical) as { detail: JsonObject };
  return {
    ...told,
    detail: {
      ...detail,
      ...Object.fromEntries(
        texts.map(({ field, text }) => [field, text ?? { erased: true }]),
      ),
    },
  };
}

function toCursor(seq: number): string {
  return Buffer.from(String(seq)).toString('base64url');
}

function fromCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^[1-9]\d{0,15}$/.test(text) || toCursor(Number(text)) !== cursor) {
    throw new InputError(
      'cursor must be the nextCursor of the answer before, unchanged; leave it out to begin again',
    );
  }
  return Number(text);
}
