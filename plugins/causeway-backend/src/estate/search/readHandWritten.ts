import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const pageSize = 500;

const fields = [
  'kind',
  'metadata',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.parent',
  'spec.profile.displayName',
];

/** Our own entities are indexed from the projection; the catalog leaves them out. */
const handWritten = {
  $not: {
    [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: {
      $hasPrefix: 'causeway:',
    },
  },
};

/**
 * Everything in the catalog that Causeway did not write, a page at a time. It
 * ends normally only when nothing is missing.
 *
 * @throws ServiceUnavailableError when the catalog changed while it was read
 */
export async function* readHandWritten(
  catalog: Pick<CatalogService, 'queryEntities'>,
  auth: Pick<AuthService, 'getOwnServiceCredentials'>,
): AsyncGenerator<Entity[]> {
  let cursor: string | undefined;
  let read = 0;
  do {
    const page = await catalog.queryEntities(
      cursor
        ? { cursor, fields, limit: pageSize }
        : { query: handWritten, fields, limit: pageSize },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    read += page.items.length;
    yield page.items.filter(isHandWritten);
    cursor = page.pageInfo.nextCursor;
    if (!cursor && read !== page.totalItems) {
      throw new ServiceUnavailableError(
        `The catalog counts ${page.totalItems} entities and listed ${read}; it changed while it was read and is read again`,
      );
    }
  } while (cursor);
}

function isHandWritten(entity: Entity): boolean {
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  return !origin?.startsWith('causeway:');
}
