import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { causewayPermissions } from '@causeway/backstage-plugin-causeway-common';
import {
  estateSourcesExtensionPoint,
  operationsExtensionPoint,
  type EstateSource,
  type Operation,
} from '@causeway/backstage-plugin-causeway-node';
import type { Handler } from 'express';
import { registerActions } from './actions/registerActions';
import { registerGateActions } from './actions/registerGateActions';
import { createEstate } from './estate/createEstate';
import { createIngestion } from './estate/createIngestion';
import { createGovernance } from './governance/createGovernance';
import { withoutStack } from './withoutStack';

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

    const additionalOperations: Operation[] = [];
    reg.registerExtensionPoint(operationsExtensionPoint, {
      addOperation: operation => additionalOperations.push(operation),
    });

    reg.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
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
        const governance = await createGovernance({
          ...services,
          permissionsRegistry,
          database,
          ask: estate.ask,
          sources: () => ingestion.status(),
          additionalOperations,
        });
        registerActions(actionsRegistry, estate.ask);
        registerGateActions(actionsRegistry, governance.faces, {
          operations: governance.operations.describe(),
          named: governance.named,
        });
        // Before the estate's, whose routes take smaller bodies.
        httpRouter.use(governance.faces.router);
        httpRouter.use(estate.router);
        // Express tells handlers of errors by their four parameters.
        httpRouter.use(withoutStack as unknown as Handler);
        lifecycle.addStartupHook(async () => {
          await estate.start();
          await governance.start();
        });
        lifecycle.addShutdownHook(async () => {
          await governance.stop();
          await estate.stop();
        });
      },
    });
  },
});
