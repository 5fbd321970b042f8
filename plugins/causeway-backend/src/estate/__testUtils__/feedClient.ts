import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  FeedItem,
  FeedPage,
} from '@causeway/backstage-plugin-causeway-common';
import request from 'supertest';

type Server = Parameters<typeof request>[0];

/** Credentials of a plugin that calls the Causeway backend. */
export const pluginHeader = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'causeway',
  });

/** Reads pages of the feed as the catalog does, from a place on until nothing more waits. */
export async function readFeed(
  server: Server,
  position: { epoch?: string; cursor?: string } = {},
  limit = 500,
): Promise<{ items: FeedItem[]; last: FeedPage; pages: number }> {
  const items: FeedItem[] = [];
  let at = { epoch: position.epoch, cursor: position.cursor };
  for (let pages = 1; ; pages++) {
    const { body, status } = await request(server)
      .get('/api/causeway/estate/feed')
      .query({ ...at, limit })
      .set('Authorization', pluginHeader('plugin:catalog'));
    if (status !== 200) {
      throw new Error(`The feed answers ${status}: ${JSON.stringify(body)}`);
    }
    const page: FeedPage = body;
    items.push(...page.items);
    at = { epoch: page.epoch, cursor: page.cursor };
    if (!page.more) {
      return { items, last: page, pages };
    }
  }
}
