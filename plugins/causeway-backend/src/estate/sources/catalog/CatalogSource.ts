import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type EstateSource,
  SourceError,
  type SourceItem,
  type SourceListPage,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import { isError } from '@backstage/errors';
import { reduceClaim } from './reduceClaim';

/** Id of the catalog as a source. */
export const catalogSourceId = 'catalog';

const pageSize = 500;

/**
 * The catalog as a source: hand-written Components and what they claim. What
 * the estate wrote itself is left out, or it would prove itself.
 */
export class CatalogSource implements EstateSource {
  readonly id = catalogSourceId;

  readonly kind = 'catalog' as const;

  readonly title = 'Backstage catalog';

  readonly address = 'this portal';

  readonly #catalog: Pick<CatalogService, 'queryEntities'>;

  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;

  readonly #refresh: number;

  /** @param options.refresh - milliseconds between readings without a hint */
  constructor(options: {
    catalog: Pick<CatalogService, 'queryEntities'>;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    refresh: number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#refresh = options.refresh;
  }

  partitions(): SourcePartition[] {
    return [
      {
        scope: '-',
        kind: 'components',
        listEvery: this.#refresh,
        watchable: false,
      },
    ];
  }

  async *list(): AsyncGenerator<SourceListPage> {
    let cursor: string | undefined;
    let read = 0;
    do {
      const page = await this.#query(cursor);
      read += page.items.length;
      yield { type: 'items', items: page.items.flatMap(toItem) };
      cursor = page.pageInfo.nextCursor;
      if (!cursor && read !== page.totalItems) {
        throw new SourceError({
          reason: 'truncated',
          message: `The catalog counts ${page.totalItems} Components and listed ${read}; it changed while it was read and is read again`,
        });
      }
    } while (cursor);
    yield { type: 'complete' };
  }

  async #query(cursor: string | undefined) {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const fields = ['kind', 'metadata', 'spec.owner', 'spec.lifecycle'];
    try {
      return await this.#catalog.queryEntities(
        cursor
          ? { cursor, fields, limit: pageSize }
          : { filter: { kind: 'Component' }, fields, limit: pageSize },
        { credentials },
      );
    } catch (error) {
      const status = isError(error) ? error.statusCode : undefined;
      throw new SourceError({
        reason: status === 403 ? 'forbidden' : 'server-error',
        message:
          status === 403
            ? 'The catalog refuses its Components to the causeway plugin: allow its service principal to read entities'
            : 'The catalog does not answer; hand-written claims are read again in a moment',
        cause: error,
      });
    }
  }
}

function toItem(entity: Entity): SourceItem[] {
  if (isOurs(entity)) {
    return [];
  }
  const data = reduceClaim(entity);
  return data ? [{ key: stringifyEntityRef(entity), kind: 'Claim', data }] : [];
}

/**
 * The origin location decides, which the catalog writes over whatever a file
 * says: a file that passed for ours could take a service's name unseen.
 */
function isOurs(entity: Entity): boolean {
  const origin =
    entity.metadata.annotations?.['backstage.io/managed-by-origin-location'];
  return origin?.startsWith('causeway:') ?? false;
}
