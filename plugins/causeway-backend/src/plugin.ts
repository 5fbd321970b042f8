import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { causewayPermissions } from '@causeway/backstage-plugin-causeway-common';
import {
  estateSourcesExtensionPoint,
  type EstateSource,
} from '@causeway/backstage-plugin-causeway-node';
import { registerActions } from './actions/registerActions';
import { createEstate } from './estate/createEstate';
import { createIngestion } from './estate/createIngestion';

/**
 * The Causeway backend: reads the sources of the estate, projects them into
 * entities and relations, and serves them.
 *
 * @public
 */
export const causewayPlugin = createBackendPlugin({
  pluginId: 'causeway',
  register(reg) {
    const additionalSources: EstateSource[] = [];
    reg.registerExtensionPoint(estateSourcesExtensionPoint, {
      addSource(source) {
        if (additionalSources.some(({ id }) => id === source.id)) {
          throw new ConflictError(
            `Two sources of the estate are called ${source.id}; give one of them another id`,
          );
        }
        additionalSources.push(source);
      },
    });

    reg.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        actionsRegistry,
        database: databases,
        httpRouter,
        lifecycle,
        permissionsRegistry,
        ...services
      }) {
        permissionsRegistry.addPermissions(causewayPermissions);
        const database = await databases.getClient();
        if (!databases.migrations?.skip) {
          await database.migrate.latest({
            directory: resolvePackagePath(
              '@causeway/backstage-plugin-causeway-backend',
              'migrations',
            ),
          });
        }
        const ingestion = createIngestion({
          ...services,
          database,
          additionalSources,
        });
        const estate = await createEstate({
          ...services,
          database,
          ingestion,
          additionalSources,
        });
        registerActions(actionsRegistry, estate.ask);
        httpRouter.use(estate.router);
        lifecycle.addStartupHook(() => estate.start());
        lifecycle.addShutdownHook(() => estate.stop());
      },
    });
  },
});
