import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { QueryTooExpensiveError } from './classifyGithub';
import { integer, type JsonRecord, record, text } from '../read';

/** One page of a GraphQL connection. */
export interface ConnectionPage {
  nodes: unknown[];
}

/** Page sizes of a connection; they are kept over listings, so that what was learned stays. */
export class PageSize {
  readonly #largest: number;

  #size: number;

  constructor(largest: number) {
    this.#largest = largest;
    this.#size = largest;
  }

  get value() {
    return this.#size;
  }

  /** Half as many; `false` when it does not get smaller. */
  shrink(): boolean {
    const smaller = Math.max(5, Math.floor(this.#size / 2));
    const shrunk = smaller < this.#size;
    this.#size = smaller;
    return shrunk;
  }

  /** A few more after a page that went well. */
  grow(): void {
    this.#size = Math.min(this.#largest, this.#size + 5);
  }
}

/**
 * Pages through a connection. It is complete when GitHub says that there is no
 * next page and as many nodes came as it counts, hidden ones (null) included.
 *
 * @param options.fetch - the connection's JSON for a page
 */
export async function* readConnection(options: {
  fetch: (page: { first: number; after?: string }) => Promise<unknown>;
  pageSize: PageSize;
  what: string;
  /** Where the first page is at hand already. */
  firstPage?: JsonRecord;
}): AsyncGenerator<ConnectionPage> {
  const { fetch, pageSize, what } = options;
  let after: string | undefined;
  let read = 0;
  let given = options.firstPage;
  for (;;) {
    let connection: JsonRecord | undefined;
    if (given) {
      connection = given;
      given = undefined;
    } else {
      try {
        connection = record(await fetch({ first: pageSize.value, after }));
        pageSize.grow();
      } catch (error) {
        const reason = error instanceof SourceError ? error.reason : undefined;
        const shrunk =
          (reason === 'timeout' || reason === 'too-large') && pageSize.shrink();
        // Silence may be the network's: the next attempt asks for less, but later.
        if (
          shrunk &&
          (error instanceof QueryTooExpensiveError || reason === 'too-large')
        ) {
          continue;
        }
        throw error;
      }
    }
    const total = integer(connection?.totalCount);
    const info = record(connection?.pageInfo);
    const nodes = connection?.nodes;
    if (!info || total === undefined || !Array.isArray(nodes)) {
      throw new SourceError({
        reason: 'malformed',
        message: `GitHub's list of ${what} is not one; it is tried again`,
      });
    }
    read += nodes.length;
    const more = info.hasNextPage === true;
    if (!more && read !== total) {
      throw new SourceError({
        reason: 'truncated',
        message: `GitHub counts ${total} ${what} and listed ${read}; it is tried again`,
      });
    }
    yield { nodes };
    if (!more) {
      return;
    }
    after = text(info.endCursor, 1024);
    if (!after) {
      throw new SourceError({
        reason: 'truncated',
        message: `GitHub's list of ${what} has more pages and no way to them; it is tried again`,
      });
    }
  }
}
