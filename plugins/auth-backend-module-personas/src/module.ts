import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import Router from 'express-promise-router';
import { readFileSync } from 'node:fs';
import { configuredAddresses } from './allowed/configuredAddresses';
import { listenHost } from './allowed/listenHost';
import { personasAllowed } from './allowed/personasAllowed';
import { createPersonaProvider } from './signIn/createPersonaProvider';
import { Personas } from './signIn/Personas';
import { requireLocal } from './signIn/requireLocal';
import { fetchAbout } from './simulator/fetchAbout';

/**
 * Signing in as people of the simulated estate. Without `causeway.personas` in
 * the configuration it adds nothing; with it, the start fails wherever
 * personas must not exist.
 *
 * `GET /api/auth/personas/list` tells whom one may be, and who of them can
 * sign in already.
 *
 * @internal
 */
export const authModulePersonas = createBackendModule({
  pluginId: 'auth',
  moduleId: 'personas',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, logger, providers }) {
        if (!config.has('causeway.personas')) return;
        const simulator = config.getString('causeway.personas.simulator');
        const conditions = {
          nodeEnv: process.env.NODE_ENV,
          dangerouslyEnabled:
            config.getOptionalBoolean(
              'causeway.personas.dangerouslyEnableOutsideDevelopment',
            ) ?? false,
          listenHost: listenHost(config),
          simulator,
        };
        // What needs no answer comes first: nothing else is asked before.
        refuse(personasAllowed({ ...conditions, addresses: [], origins: [] }));
        const about = await fetchAbout(simulator);
        refuse(
          personasAllowed({
            ...conditions,
            origins: about.origins,
            addresses: configuredAddresses(config, path =>
              readFileSync(path, 'utf8'),
            ),
          }),
        );

        const personas = new Personas({
          about,
          namespace:
            config.getOptionalString('causeway.estate.entityNamespace') ??
            'default',
          catalog,
          auth,
        });
        providers.registerProvider({
          providerId: 'personas',
          factory: createPersonaProvider(personas),
        });
        const router = Router();
        router.get('/personas/list', async (req, res) => {
          requireLocal(req);
          res.json(await personas.offer());
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({
          path: '/personas/list',
          allow: 'unauthenticated',
        });
        logger.warn(
          `Anybody on this machine can sign in as one of ${about.personas.length} people of the simulated estate ${about.company}`,
        );
      },
    });
  },
});

function refuse(reasons: string[]): void {
  if (!reasons.length) return;
  throw new NotAllowedError(
    `Personas are configured (causeway.personas) but must not exist here: ${reasons.join('; ')}`,
  );
}
