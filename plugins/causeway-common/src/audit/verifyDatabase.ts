import { setImmediate as pause } from 'node:timers/promises';
import type { AuditVerification } from '../governance';
import { readLinks, readErasures, readHead, readTexts } from './auditTables';
import type { RunSql } from './auditTables';
import { type ChainBreak, ChainVerifier } from './ChainVerifier';
import type { Anchor, StoredText } from './StoredEntry';
import { TextVerifier } from './TextVerifier';
import { toChainResult } from './verifyChain';

/**
 * Entries a page: enough that a page's own cost is small, few enough that the
 * event loop is held for a few milliseconds only.
 */
const defaultPageSize = 500;

/**
 * Verifies the trail in a database, in pages: every entry up to the end that
 * is kept, and the texts beside them. Entries that are written meanwhile are
 * left to the next time.
 *
 * @public
 */
export async function verifyDatabase(options: {
  run: RunSql;
  /** Milliseconds of any clock, for the duration. */
  now: () => number;
  pageSize?: number;
  /** Where the trail once ended, as somebody kept it outside of the database. */
  anchors?: readonly Anchor[];
  /** Hears after each page how far it is. */
  onProgress?: (entries: number, of: number) => void;
}): Promise<AuditVerification> {
  const { run, now, pageSize = defaultPageSize } = options;
  const began = now();
  const chain = new ChainVerifier(options);
  const texts = new TextVerifier();
  const { head, last } = await readHead(run);

  const walk = async (): Promise<ChainBreak | undefined> => {
    if (!head) {
      return { seq: 1, why: 'the end of the trail is not kept any more' };
    }
    // The next page is on its way while one is hashed.
    let next = readPage(run, Number.MIN_SAFE_INTEGER, pageSize);
    for (;;) {
      const page = await next;
      const entries = page.entries.filter(({ seq }) => seq <= head.seq);
      const more = entries.length === pageSize;
      if (more) {
        next = readPage(run, entries[entries.length - 1].seq, pageSize);
        // Its fault is told when its turn comes.
        next.catch(() => {});
      }
      let at = 0;
      for (const entry of entries) {
        let end = at;
        while (page.texts[end]?.seq === entry.seq) {
          end += 1;
        }
        const broken =
          chain.add(entry) ?? texts.add(entry, page.texts.slice(at, end));
        if (broken) {
          await next.catch(() => {});
          return broken;
        }
        at = end;
      }
      options.onProgress?.(chain.entries, head.seq);
      if (!more) {
        break;
      }
      // SQLite answers within the same turn of the event loop: others have theirs.
      await pause();
    }
    const end = chain.finish(head);
    if (end || last > head.seq) {
      return (
        end ?? {
          seq: head.seq + 1,
          why: `it stands after the end of the trail, which is entry ${head.seq}`,
        }
      );
    }
    if (texts.gone > 0) {
      // Whoever erased while this ran said so after the end that was read.
      for (const canonical of await readErasures(run, head.seq)) {
        texts.erased(canonical);
      }
    }
    return texts.finish();
  };

  const broken = await walk();
  return {
    ...toChainResult(chain, broken),
    durationMs: Math.round(now() - began),
  };
}

async function readPage(run: RunSql, after: number, pageSize: number) {
  const entries = await readLinks(run, after, pageSize);
  const texts: StoredText[] =
    entries.length > 0
      ? await readTexts(run, after + 1, entries[entries.length - 1].seq)
      : [];
  return { entries, texts };
}
