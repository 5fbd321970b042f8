import type { Knex } from 'knex';
import { readDatabaseTime } from '../../../estate/partitions/databaseTime';
import type { AuditWriter } from '../../ports';
import { eraseTexts } from './eraseTexts';

const day = 24 * 60 * 60_000;

/** Erases texts that are older than configuration keeps them. */
export async function eraseOldTexts(options: {
  database: Knex;
  audit: AuditWriter;
  /** Milliseconds. */
  keptFor: number;
  /** Epoch milliseconds, database time. */
  now?: () => Promise<number>;
  signal?: AbortSignal;
}): Promise<{ texts: number; entries: number }> {
  const { database, audit, keptFor, signal } = options;
  const now = options.now ?? (() => readDatabaseTime(database));
  const before = (await now()) - keptFor;
  return eraseTexts({
    database,
    audit,
    now,
    signal,
    entries: query => query.where('entry.at', '<', before),
    by: 'gate',
    why: `older than ${Number((keptFor / day).toFixed(2))} days (causeway.gate.audit.retention)`,
  });
}
