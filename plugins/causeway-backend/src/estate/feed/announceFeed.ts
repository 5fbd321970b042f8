import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { estateFeedTopic } from '@causeway/backstage-plugin-causeway-common';

/**
 * Says that the feed has something to take. A hint that gets lost costs time
 * only, as consumers look by themselves too.
 */
export function announceFeed(
  events: Pick<EventsService, 'publish'>,
  logger: LoggerService,
): void {
  events
    .publish({ topic: estateFeedTopic, eventPayload: {} })
    .catch(error =>
      logger.debug(`Could not announce news of the feed: ${error}`),
    );
}
