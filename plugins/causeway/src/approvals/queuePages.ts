import type {
  RequestPage,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';

/** What has been loaded of a queue. */
export interface LoadedQueue {
  rows: RequestRow[];
  /** Where to go on; absent at the end. */
  nextCursor?: string;
  /** How many there are in all, at most 10,000. */
  total: number;
  /** Server time of the last answer. */
  now: number;
}

/** The loaded rows with one more page; a row that moved down between two pages stands once. */
export function appendPage(
  queue: LoadedQueue | undefined,
  page: RequestPage,
): LoadedQueue {
  const rows = queue?.rows ?? [];
  const seen = new Set(rows.map(({ id }) => id));
  return {
    rows: [...rows, ...page.items.filter(({ id }) => !seen.has(id))],
    nextCursor: page.nextCursor,
    total: page.total,
    now: page.now,
  };
}

/**
 * Which row is selected after a new reading: the same one wherever it went;
 * where it is gone, the one that took its place.
 */
export function keepSelection(
  selectedId: string | undefined,
  before: readonly RequestRow[],
  after: readonly RequestRow[],
): string | undefined {
  if (after.length === 0) {
    return undefined;
  }
  if (selectedId === undefined || after.some(({ id }) => id === selectedId)) {
    return selectedId;
  }
  const remaining = new Set(after.map(({ id }) => id));
  const index = before.findIndex(({ id }) => id === selectedId);
  const next =
    before.slice(index + 1).find(({ id }) => remaining.has(id)) ??
    before
      .slice(0, Math.max(index, 0))
      .reverse()
      .find(({ id }) => remaining.has(id));
  return (next ?? after[0]).id;
}

/**
 * How many rows the row in view has moved by, so that the reader's place can
 * follow; 0 where it is gone.
 */
export function rowShift(
  anchorId: string | undefined,
  before: readonly RequestRow[],
  after: readonly RequestRow[],
): number {
  const old = before.findIndex(({ id }) => id === anchorId);
  const now = after.findIndex(({ id }) => id === anchorId);
  return old === -1 || now === -1 ? 0 : now - old;
}
