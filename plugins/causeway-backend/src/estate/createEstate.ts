import type {
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { catalogClaimsTopic } from '@causeway/backstage-plugin-causeway-common';
import type { EstateSource } from '@causeway/backstage-plugin-causeway-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { ChangePruner } from './changes/ChangePruner';
import { readHistoryBounds } from './changes/HistoryBounds';
import { KnexChangeReader } from './changes/KnexChangeReader';
import { createEstateRouter } from './createEstateRouter';
import type { Ingestion } from './createIngestion';
import { EstateReader } from './entities/EstateReader';
import { ProjectionStore } from './entities/ProjectionStore';
import { Projector, type ProjectorOptions } from './entities/Projector';
import { KnexFactReader } from './facts/KnexFactReader';
import { announceFeed } from './feed/announceFeed';
import { FeedReader } from './feed/FeedReader';
import { parseIngestionSettings } from './partitions/parseIngestionSettings';
import { readProjectionConfig } from './projection/config';
import { createQuestions, type Ask } from './questions/createQuestions';
import { SearchIndexer } from './search/SearchIndexer';
import { SearchReader } from './search/SearchReader';
import { SearchStore } from './search/SearchStore';

/** What the estate needs from its surroundings. */
export interface EstateOptions {
  ingestion: Ingestion;
  /** The plugin's database, migrated. */
  database: Knex;
  config: Config;
  logger: LoggerService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  events: Pick<EventsService, 'publish' | 'subscribe'>;
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
  /** Asks a question, with what its caller may see. */
  ask: Ask;
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
  const reader = new EstateReader(database);
  const store = new SearchStore(database);
  const indexer = new SearchIndexer({
    ...options,
    store,
    poll: options.pace?.poll,
    catalogRefresh: parseIngestionSettings(options.config).claimsRefresh,
  });
  const changes = new KnexChangeReader(database);
  const history = readHistoryBounds(options.config);
  const ask = createQuestions({
    reader,
    search: new SearchReader(database),
    searchState: () => store.state(),
    changes,
    history,
    sources: () => ingestion.status(),
    catalog: options.catalog,
    permissions: options.permissions,
    now: Date.now,
  });
  const router = await createEstateRouter({
    ...options,
    ask,
    reader,
    facts: new KnexFactReader(database),
    changes,
    feed: new FeedReader(database),
    sources: () => ingestion.status(),
  });
  const pruner = new ChangePruner({
    database,
    bounds: history,
    logger,
  });
  let stopListening: (() => void) | undefined;

  return {
    router,
    ask,
    async start() {
      stopListening = ingestion.onChange(() => projector.hint());
      await ingestion.start();
      projector.start();
      await events.subscribe({
        // An id of its own for every replica: each decides by itself whether it reads.
        id: `causeway-search-claims-${randomUUID()}`,
        topics: [catalogClaimsTopic],
        onEvent: async () => indexer.hint(),
      });
      indexer.start();
      pruner.start();
    },
    async stop() {
      stopListening?.();
      await pruner.stop();
      await indexer.stop();
      await projector.stop();
      await ingestion.stop();
    },
  };
}
