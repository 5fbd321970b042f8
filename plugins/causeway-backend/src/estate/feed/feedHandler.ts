import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { FeedPage } from '@causeway/backstage-plugin-causeway-common';
import type { Request } from 'express';
import type { FeedReader } from './FeedReader';

/** The one principal that may read the feed: it holds every entity, whoever may see it. */
const consumer = 'plugin:catalog';
const defaultLimit = 200;

/**
 * `GET /estate/feed`. It answers the catalog's own principal only, without an
 * actor: nobody reads the whole estate through somebody else's rights (THREATS
 * H15).
 */
export function createFeedHandler(options: {
  feed: FeedReader;
  httpAuth: HttpAuthService;
}) {
  return async (
    req: Request,
    query: { epoch?: string; cursor?: string; limit?: number },
  ): Promise<FeedPage> => {
    const { principal } = await options.httpAuth.credentials(
      req as Parameters<HttpAuthService['credentials']>[0],
      { allow: ['service', 'user'] },
    );
    if (principal.type !== 'service' || principal.subject !== consumer) {
      throw new NotAllowedError(
        `The feed of the estate answers ${consumer} only; read entities from the catalog instead`,
      );
    }
    return options.feed.read({
      epoch: query.epoch,
      cursor: query.cursor,
      limit: query.limit ?? defaultLimit,
    });
  };
}
