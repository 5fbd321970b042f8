import { edgesFromSql, edgesSql } from './edges';
import {
  type ChainHead,
  type ChainLink,
  genesisHash,
  type StoredEntry,
  type StoredText,
} from './StoredEntry';

/**
 * Runs a statement without parameters and gives its rows, each as an array.
 *
 * @public
 */
export type RunSql = (sql: string) => Promise<readonly unknown[][]>;

/**
 * Columns of an entry, as they are read.
 *
 * @public
 */
export const entryColumns = [
  'seq',
  'at',
  'type',
  'action',
  'by',
  'request_id',
  'subject',
  'canonical',
  'hash',
  'previous',
] as const;

/**
 * A row of `gate_audit_entries`. PostgreSQL gives 64-bit numbers as text.
 *
 * @public
 */
export interface DbAuditEntryRow {
  seq: number | string;
  at: number | string;
  type: string;
  action: string;
  by: string;
  request_id: string | null;
  subject: string | null;
  canonical: string;
  hash: string;
  previous: string;
}

/** A row of `gate_audit_texts`. */
export interface DbAuditTextRow {
  seq: number | string;
  field: string;
  salt: string | null;
  text: string | null;
}

/** A row as an entry. */
export function toStoredEntry(row: DbAuditEntryRow): StoredEntry {
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    type: row.type,
    action: row.action,
    by: row.by,
    requestId: row.request_id ?? undefined,
    subject: row.subject ?? undefined,
    canonical: row.canonical,
    hash: row.hash,
    previous: row.previous,
  };
}

/** A row as a text. */
export function toStoredText(row: DbAuditTextRow): StoredText {
  return {
    seq: Number(row.seq),
    field: row.field,
    salt: row.salt ?? undefined,
    text: row.text ?? undefined,
  };
}

/** The end that is kept, and the last entry that is there, at one moment. */
export async function readHead(
  run: RunSql,
): Promise<{ head: ChainHead | undefined; last: number }> {
  const [[last, seq, hash]] = await run(
    `select (select max(seq) from gate_audit_entries),
            (select seq from gate_audit_head where id = 1),
            (select hash from gate_audit_head where id = 1)`,
  );
  return {
    last: Number(last ?? 0),
    head: seq === null ? undefined : { seq: Number(seq), hash: String(hash) },
  };
}

/** Entries after one, oldest first. What a driver costs goes by the column: few, and no objects. */
export async function readLinks(
  run: RunSql,
  after: number,
  limit: number,
): Promise<ChainLink[]> {
  const rows = await run(
    `select seq, canonical, hash || previous, ${edgesSql.beginning}, ${edgesSql.end}
     from gate_audit_entries where seq > ${Number(after)} order by seq limit ${Number(limit)}`,
  );
  return (rows as [number | string, string, string, string, string][]).map(
    ([seq, canonical, hashes, beginning, end]) => ({
      seq: Number(seq),
      canonical,
      hash: hashes.slice(0, genesisHash.length),
      previous: hashes.slice(genesisHash.length),
      edges: edgesFromSql(beginning, end),
    }),
  );
}

/** Texts beside the entries of a range, in their order. */
export async function readTexts(
  run: RunSql,
  from: number,
  to: number,
): Promise<StoredText[]> {
  const rows = await run(
    `select seq, field, salt, text from gate_audit_texts where seq between ${Number(from)} and ${Number(to)} order by seq, field`,
  );
  return rows.map(([seq, field, salt, text]) =>
    toStoredText({ seq, field, salt, text } as DbAuditTextRow),
  );
}

/** Canonical texts of erasures after an entry. */
export async function readErasures(
  run: RunSql,
  after: number,
): Promise<string[]> {
  const rows = await run(
    `select canonical from gate_audit_entries where type = 'audit' and action = 'Erased' and seq > ${Number(after)}`,
  );
  return rows.map(([canonical]) => String(canonical));
}

/** Random id of the database; absent where it is older than anchors, or lost it. */
export async function readDatabaseId(run: RunSql): Promise<string | undefined> {
  try {
    const [row] = await run(
      'select database_id from gate_audit_identity where id = 1',
    );
    return row === undefined ? undefined : String(row[0]);
  } catch {
    // The table is not there. A database that is away says so at the next question.
    return undefined;
  }
}
