import catalogBackend from '@backstage/plugin-catalog-backend';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogLocationsExtensionPoint } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import request from 'supertest';
import catalogModule from '..';
import type { FakeFeed } from './FakeFeed';

/** The real catalog, quick to notice what changes. */
const quickCatalog = {
  processingInterval: { seconds: 1 },
  stitchingStrategy: {
    pollingInterval: { milliseconds: 50 },
  },
  rules: [
    {
      allow: [
        'API',
        'Component',
        'Domain',
        'Group',
        'Location',
        'Resource',
        'System',
        'User',
      ],
    },
  ],
};

/** A running catalog with or without our module. */
export interface TestCatalog {
  list(): Promise<Entity[]>;
  get(entityRef: string): Promise<Entity | undefined>;
  /** Waits until the catalog answers so that the check does not throw. */
  until<T>(check: () => Promise<T>): Promise<T>;
  /** Registers a hand-written file and gives the way to take it back. */
  register(yaml: string): Promise<() => Promise<void>>;
  events: EventsService;
  logged: string[];
  stop(): Promise<void>;
}

const allowFileLocations = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-file-locations',
  register(reg) {
    reg.registerInit({
      deps: { locations: catalogLocationsExtensionPoint },
      async init({ locations }) {
        locations.setAllowedLocationTypes(['file', 'url']);
      },
    });
  },
});

export async function startCatalog(options: {
  feed?: FakeFeed;
  module?: boolean;
  knex?: Knex;
  causeway?: JsonObject;
}): Promise<TestCatalog> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-catalog-'));
  const logged: string[] = [];
  const logger = mockServices.rootLogger.mock({
    warn: (message: string) => void logged.push(message),
    error: (message: string) => void logged.push(message),
    info: (message: string) => void logged.push(message),
    child: () => logger,
  });
  const events = mockServices.events();
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          catalog: quickCatalog,
          causeway: {
            catalog: {
              poll: { milliseconds: 100 },
              restore: { milliseconds: 200 },
              ...options.causeway,
            },
          },
        },
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      logger.factory,
      ...(options.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      catalogBackend,
      allowFileLocations,
      ...(options.feed ? [options.feed.plugin] : []),
      ...(options.module === false ? [] : [catalogModule]),
    ],
  });

  const list = async () =>
    (await request(backend.server).get('/api/catalog/entities').expect(200))
      .body as Entity[];
  return {
    list,
    get: async entityRef =>
      (await list()).find(entity => stringifyEntityRef(entity) === entityRef),
    until: check => until(check),
    register: async yaml => {
      const file = join(folder, `${Math.random().toString(36).slice(2)}.yaml`);
      await writeFile(file, yaml);
      const { body } = await request(backend.server)
        .post('/api/catalog/locations')
        .send({ type: 'file', target: file })
        .expect(201);
      return async () => {
        await request(backend.server)
          .delete(`/api/catalog/locations/${body.location.id}`)
          .expect(204);
      };
    },
    events,
    logged,
    stop: async () => {
      await backend.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The catalog works in the background at its own pace: asks again until it is there. */
async function until<T>(check: () => Promise<T>): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
