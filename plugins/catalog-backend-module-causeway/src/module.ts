import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { CatalogModelSources } from '@backstage/catalog-model/alpha';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { ClaimHints } from './claims/ClaimHints';
import { readCatalogModuleConfig, type CatalogModuleConfig } from './config';
import { causewayModelLayer } from './model/causewayModelLayer';
import { CausewayEntityProvider } from './provider/CausewayEntityProvider';
import { prepareFeed } from './provider/prepareFeed';
import { CausewayRelationProcessor } from './relations/CausewayRelationProcessor';

/**
 * Brings the estate into the catalog: the entity provider `causeway`, the
 * processor of its relations and, by `causeway.catalog.modelLayer`, a layer of
 * the catalog's model.
 *
 * @public
 */
export const catalogModuleCauseway = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'causeway',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        model: catalogModelExtensionPoint,
        processing: catalogProcessingExtensionPoint,
        rootConfig: coreServices.rootConfig,
      },
      async init({ model, processing, rootConfig, ...services }) {
        const { events, lifecycle, logger } = services;
        const provider = new CausewayEntityProvider();
        const hints = new ClaimHints({ events, logger });
        lifecycle.addShutdownHook(() => hints.stop());
        // Before anything that can go wrong: the catalog evicts the entities
        // of a provider that is missing.
        processing.addEntityProvider(provider);
        processing.addProcessor(new CausewayRelationProcessor({ hints }));

        let config: CatalogModuleConfig;
        try {
          config = readCatalogModuleConfig(rootConfig);
        } catch (error) {
          logger.error(
            `The estate does not reach the catalog, and what is there stays as it is, because the configuration is wrong: ${error}`,
          );
          return;
        }
        if (config.modelLayer) {
          model.addModelSource(
            CatalogModelSources.static([causewayModelLayer]),
          );
        }
        await prepareFeed({ ...services, config, provider });
      },
    });
  },
});
