import {
  endLine,
  entryLine,
  exportFormat,
  headerLine,
  textLine,
} from '@causeway/backstage-plugin-causeway-common/audit';
import type { AuditFilter, AuditReader } from './AuditReader';

/**
 * The trail as JSON Lines, in pieces as they are read: what it is, each entry
 * as it was hashed with the texts beside it that were not erased, and that it
 * is complete.
 */
export async function* exportAudit(options: {
  reader: Pick<AuditReader, 'head' | 'stream'>;
  filter: AuditFilter;
  /** Epoch milliseconds, database time. */
  at: number;
  /** Random id of the database, where it is known. */
  database?: string;
}): AsyncGenerator<string> {
  const { reader, at, database } = options;
  const filter = Object.fromEntries(
    Object.entries(options.filter).filter(([, value]) => value !== undefined),
  );
  const head = await reader.head();
  yield headerLine({
    format: exportFormat,
    filtered: Object.keys(filter).length > 0,
    filter,
    at,
    head,
    ...(database !== undefined && { database }),
  });
  let entries = 0;
  for await (const page of reader.stream(filter, head.seq)) {
    entries += page.length;
    const lines = page.flatMap(({ entry, texts }) => [
      entryLine(entry),
      ...texts
        .filter(({ text }) => text !== undefined)
        .map(text => textLine(text)),
    ]);
    if (lines.length > 0) {
      yield lines.join('');
    }
  }
  yield endLine({ entries });
}
