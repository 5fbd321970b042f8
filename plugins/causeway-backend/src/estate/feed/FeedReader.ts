import { ServiceUnavailableError } from '@backstage/errors';
import type {
  FeedItem,
  FeedPage,
} from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';

/** A place in the feed. */
interface FeedCursor {
  /** Everything up to this number has been given out. */
  seq: number;
  /** In a full pass: the newest number when it began; removals before it are no news. */
  start?: number;
}

/** Cursor as text; opaque to consumers. */
export function formatCursor({ seq, start }: FeedCursor): string {
  return start === undefined ? `${seq}` : `${seq}.${start}`;
}

/** Reads a cursor back; `undefined` for anything that is none. */
export function parseCursor(text: string | undefined): FeedCursor | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text ?? '');
  return match
    ? {
        seq: Number(match[1]),
        ...(match[2] !== undefined && { start: Number(match[2]) }),
      }
    : undefined;
}

interface DbFeedRow {
  ref: string;
  entity: string | null;
  location_key: string | null;
  seq: number | string;
}

/**
 * Changes of entities in order. A full pass goes on until nothing more waits:
 * what changes meanwhile comes later in it, and what goes meanwhile comes as a
 * removal, so that a consumer that adds up the pass has exactly what lives.
 */
export class FeedReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The page after a cursor; the first page of a full pass where the cursor is
   * not of this epoch, or of before what is remembered.
   *
   * @throws ServiceUnavailableError before the first projection: an empty page would read like an empty estate
   */
  async read(request: {
    epoch?: string;
    cursor?: string;
    limit: number;
  }): Promise<FeedPage> {
    const state = await this.#knex('estate_projection')
      .where({ id: 1 })
      .first('epoch', 'seq', 'floor', 'projected_at');
    if (state.projected_at === null) {
      throw new ServiceUnavailableError(
        'The estate has not been read yet; ask again in a few seconds',
      );
    }
    const newest = Number(state.seq);
    const floor = Number(state.floor);
    const known = this.#resume(request, state.epoch, newest, floor);
    const from = known ?? { seq: 0, start: newest };

    const rows: DbFeedRow[] = await this.#knex('estate_entities')
      .where('seq', '>', from.seq)
      // Read once: what commits meanwhile belongs to the next page.
      .andWhere('seq', '<=', newest)
      .modify(query => {
        if (from.start !== undefined) {
          query.andWhere(news =>
            news.whereNull('removed_at').orWhere('seq', '>', from.start!),
          );
        }
      })
      .orderBy('seq')
      .limit(request.limit + 1)
      .select('ref', 'entity', 'location_key', 'seq');
    const more = rows.length > request.limit;
    const page = rows.slice(0, request.limit);
    const seq = more ? Number(page[page.length - 1].seq) : newest;
    const [{ total }] = await this.#knex('estate_entities')
      .whereNull('removed_at')
      // Of what has been given out by now, or the last page would promise more.
      .andWhere('seq', '<=', newest)
      .count({ total: '*' });
    return {
      epoch: state.epoch,
      cursor: formatCursor({ seq, start: more ? from.start : undefined }),
      more,
      fullPass: from.start !== undefined,
      total: Number(total),
      items: page.map(toItem),
    };
  }

  #resume(
    request: { epoch?: string; cursor?: string },
    epoch: string,
    newest: number,
    floor: number,
  ): FeedCursor | undefined {
    const cursor = parseCursor(request.cursor);
    if (!cursor || request.epoch !== epoch || cursor.seq > newest) {
      return undefined;
    }
    // A full pass that began above the floor misses no tombstone that it needs.
    return (cursor.start ?? cursor.seq) < floor ? undefined : cursor;
  }
}

function toItem({ ref, entity, location_key }: DbFeedRow): FeedItem {
  return {
    entityRef: ref,
    ...(entity !== null && { entity: JSON.parse(entity) }),
    ...(entity !== null &&
      location_key !== null && { locationKey: location_key }),
  };
}
