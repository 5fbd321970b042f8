import type {
  AuthService,
  DatabaseService,
  DiscoveryService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  CatalogService,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { estateFeedTopic } from '@causeway/backstage-plugin-causeway-common';
import type { CatalogModuleConfig } from '../config';
import { DisplacedComponents } from '../feed/DisplacedComponents';
import { FeedClient } from '../feed/FeedClient';
import { FeedConsumer } from '../feed/FeedConsumer';
import { FeedStore } from '../feed/FeedStore';
import type { CausewayEntityProvider } from './CausewayEntityProvider';
import { FeedLoop } from './FeedLoop';

/** What reading the feed needs. */
export interface FeedDependencies {
  config: CatalogModuleConfig;
  provider: CausewayEntityProvider;
  auth: AuthService;
  catalog: CatalogService;
  database: DatabaseService;
  discovery: DiscoveryService;
  events: EventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
}

/** Reads the feed from when the backend has started until it shuts down. */
export async function prepareFeed(deps: FeedDependencies): Promise<void> {
  const { lifecycle, logger, provider } = deps;
  const store = await FeedStore.create(deps.database);
  let loop: FeedLoop | undefined;

  await deps.events.subscribe({
    id: 'causeway-feed',
    topics: [estateFeedTopic],
    // Only a flag: an event may come twice, late or not at all.
    onEvent: async () => loop?.wake(),
  });
  lifecycle.addStartupHook(() => {
    const { connection } = provider;
    if (!connection) {
      logger.warn(
        'The estate does not reach the catalog: the catalog did not connect the entity provider causeway (see catalog.providers)',
      );
      return;
    }
    const work = createWork({ ...deps, store, connection });
    loop = new FeedLoop({ work, logger });
    loop.start();
  });
  lifecycle.addShutdownHook(async () => {
    await loop?.stop();
    await store.release();
  });
}

/** What the loop does each time: takes all that is waiting, and looks after displaced Components now and then. */
function createWork(
  deps: FeedDependencies & {
    store: FeedStore;
    connection: EntityProviderConnection;
  },
): (signal: AbortSignal) => Promise<number> {
  const { poll, reconcile, restore } = deps.config;
  const consumer = new FeedConsumer({
    ...deps,
    client: new FeedClient(deps),
    reconcile,
  });
  const displaced = new DisplacedComponents(deps);
  let restoredAt = 0;

  return async signal => {
    let more: boolean | undefined = true;
    while (more && !signal.aborted) more = await consumer.step(signal);
    const mine = more !== undefined;
    if (mine && performance.now() - restoredAt >= restore) {
      restoredAt = performance.now();
      await displaced.restore(signal);
    }
    return Math.min(poll, restore);
  };
}
