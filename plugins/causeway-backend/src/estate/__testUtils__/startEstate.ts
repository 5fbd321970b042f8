import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  type ActionsRegistryService,
} from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { createEstate } from '../createEstate';
import type { Ask } from '../questions/createQuestions';
import { migrate } from './testDatabases';
import { smallEstateConfig } from './estates';
import type { FakeIngestion } from './FakeIngestion';

/** A catalog of fixed entities in which `hidden` decides what a caller does not see. */
export class FakeCatalog {
  entities: Entity[] = [];
  hidden: (ref: string, userRef: string | undefined) => boolean = () => false;
  /** References of every call, in order. */
  readonly calls: string[][] = [];

  /** What the index of the search reads: hand-written entities. */
  queryEntities: CatalogService['queryEntities'] = async () => ({
    items: this.entities,
    totalItems: this.entities.length,
    pageInfo: {},
  });

  getEntitiesByRefs: CatalogService['getEntitiesByRefs'] = async (
    { entityRefs },
    { credentials },
  ) => {
    this.calls.push([...entityRefs]);
    const principal = credentials.principal as { userEntityRef?: string };
    return {
      items: entityRefs.map(ref =>
        this.hidden(ref, principal.userEntityRef)
          ? undefined
          : this.entities.find(
              ({ kind, metadata }) =>
                `${kind}:${metadata.namespace ?? 'default'}/${metadata.name}`.toLowerCase() ===
                ref,
            ),
      ),
    };
  };
}

/** The estate's routes over observations that a test sets, in a test backend. */
export async function startEstate(options: {
  ingestion: FakeIngestion;
  catalog?: FakeCatalog;
  /** One in memory when absent. */
  database?: Knex;
  features?: BackendFeature[];
  /** Read over the configuration of the small estate. */
  config?: JsonObject;
  /** What stands on the estate registers its actions. */
  registerActions?: (registry: ActionsRegistryService, ask: Ask) => void;
  onEvent?: (topic: string) => void;
}) {
  const catalog = options.catalog ?? new FakeCatalog();
  const plugin = createBackendPlugin({
    pluginId: 'causeway',
    register(reg) {
      reg.registerInit({
        deps: {
          actionsRegistry: actionsRegistryServiceRef,
          auth: coreServices.auth,
          config: coreServices.rootConfig,
          database: coreServices.database,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
        },
        async init({
          actionsRegistry,
          database: databases,
          httpRouter,
          lifecycle,
          ...services
        }) {
          const database = options.database ?? (await databases.getClient());
          await migrate(database);
          const estate = await createEstate({
            ...services,
            events: {
              publish: async ({ topic }) => options.onEvent?.(topic),
              subscribe: async () => {},
            },
            catalog,
            database,
            ingestion: options.ingestion,
            pace: { debounce: 1, poll: 20 },
          });
          options.registerActions?.(actionsRegistry, estate.ask);
          httpRouter.use(estate.router);
          lifecycle.addStartupHook(() => estate.start());
          lifecycle.addShutdownHook(() => estate.stop());
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: { ...smallEstateConfig, ...options.config },
      }),
      ...(options.features ?? []),
    ],
  });
  return { server, catalog };
}
