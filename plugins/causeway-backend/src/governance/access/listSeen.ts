import type {
  RequestPage,
  RequestQuery,
  RequestRow,
} from '@causeway/backstage-plugin-causeway-common';

/** Lists requests as the gate does. */
export type ListRequests = (query: RequestQuery) => Promise<RequestPage>;

/** Of these rows, those that the caller sees. */
export type SeeRows = (rows: readonly RequestRow[]) => Promise<RequestRow[]>;

const pageSize = 200;
const defaultLimit = 50;

/** Most rows that are walked through for one caller. */
const mostWalked = 10_000;

interface SeenRow {
  row: RequestRow;
  /** Where its page began, and which row of it this is. */
  cursor?: string;
  at: number;
}

async function walk(
  list: ListRequests,
  see: SeeRows,
  query: RequestQuery,
  take: (seen: SeenRow) => boolean,
): Promise<RequestPage> {
  let { cursor } = query;
  for (let walked = 0; ; walked += pageSize) {
    const page = await list({ ...query, cursor, limit: pageSize });
    const seen = new Set((await see(page.items)).map(({ id }) => id));
    for (const [at, row] of page.items.entries()) {
      if (seen.has(row.id) && !take({ row, cursor, at })) {
        return page;
      }
    }
    if (page.nextCursor === undefined || walked + pageSize >= mostWalked) {
      return page;
    }
    cursor = page.nextCursor;
  }
}

/** How many requests the caller sees, of the first 10,000 that match. */
export async function countSeen(
  list: ListRequests,
  see: SeeRows,
  query: RequestQuery,
): Promise<number> {
  let count = 0;
  await walk(list, see, { ...query, cursor: undefined }, () => {
    count += 1;
    return true;
  });
  return count;
}

/**
 * A page for a caller who may not read every target. Which entities one may
 * read is the catalog's to say and no column of ours, so rows are walked
 * through here. The page is full, its total and its cursor are those of a world
 * in which nothing else exists (THREATS H15): a page cut short, or a cursor
 * behind a hidden row, would tell of what is hidden.
 */
export async function listSeen(
  list: ListRequests,
  see: SeeRows,
  query: RequestQuery,
): Promise<RequestPage> {
  const { limit = defaultLimit } = query;
  const rows: SeenRow[] = [];
  const [{ now }, total] = await Promise.all([
    walk(list, see, query, seen => rows.push(seen) <= limit),
    countSeen(list, see, query),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  // The gate's own cursor behind the last row that is shown.
  const nextCursor =
    last && rows.length > limit
      ? (await list({ ...query, cursor: last.cursor, limit: last.at + 1 }))
          .nextCursor
      : undefined;
  return { items: page.map(({ row }) => row), nextCursor, total, now };
}
