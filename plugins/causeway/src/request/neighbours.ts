import type { RequestRow } from '@causeway/backstage-plugin-causeway-common';

/** What stands before and after a request in the queue that one came from. */
export function neighbours(
  rows: readonly RequestRow[],
  id: string,
): {
  index?: number;
  total: number;
  next?: RequestRow;
  previous?: RequestRow;
} {
  const index = rows.findIndex(row => row.id === id);
  return index === -1
    ? { total: rows.length }
    : {
        index,
        total: rows.length,
        next: rows[index + 1],
        previous: rows[index - 1],
      };
}
