import type {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { createEstateRouter } from './createEstateRouter';
import type { Ingestion } from './createIngestion';
import { EstateReader } from './entities/EstateReader';
import { ProjectionStore } from './entities/ProjectionStore';
import { Projector, type ProjectorOptions } from './entities/Projector';
import { announceFeed } from './feed/announceFeed';
import { FeedReader } from './feed/FeedReader';
import { readProjectionConfig } from './projection/config';

/** What the estate needs from its surroundings. */
export interface EstateOptions {
  ingestion: Ingestion;
  /** The plugin's database, migrated. */
  database: Knex;
  config: Config;
  logger: LoggerService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  events: Pick<EventsService, 'publish'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  /** Sources that other plugins add: code of the portal's own, hence trusted for their environment. */
  additionalSources?: EstateSource[];
  /** How patient the projector is; for tests. */
  pace?: Pick<ProjectorOptions, 'debounce' | 'poll' | 'lease' | 'patience'>;
}

/** The estate from observations on: projected, stored and served. */
export interface Estate {
  router: Router;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the estate; nothing runs before `start`. */
export async function createEstate(options: EstateOptions): Promise<Estate> {
  const { ingestion, database, logger, events } = options;
  const config = readProjectionConfig(options.config);
  for (const { id, title, environment } of options.additionalSources ?? []) {
    config.clusters[id] ??= { title, environment, addresses: [] };
  }
  const projector = new Projector({
    ...options.pace,
    observations: ingestion.observations,
    store: new ProjectionStore(database),
    config,
    logger,
    isSettled: async () =>
      (await ingestion.status()).every(({ partitions }) =>
        partitions.every(({ state }) => state !== 'waiting'),
      ),
    onFeed: () => announceFeed(events, logger),
  });
  const router = await createEstateRouter({
    ...options,
    reader: new EstateReader(database),
    feed: new FeedReader(database),
    sources: () => ingestion.status(),
  });
  let stopListening: (() => void) | undefined;

  return {
    router,
    async start() {
      stopListening = ingestion.onChange(() => projector.hint());
      await ingestion.start();
      projector.start();
    },
    async stop() {
      stopListening?.();
      await projector.stop();
      await ingestion.stop();
    },
  };
}
