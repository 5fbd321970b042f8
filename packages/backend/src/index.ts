import {
  createBackend,
  discoveryFeatureLoader,
} from '@backstage/backend-defaults';
import { walDatabase } from './database/walDatabase';
import { permissionModulePortalPolicy } from './permissions/module';

const backend = createBackend();

backend.add(walDatabase);
// What `backend.packages.include` names, so that a portal can be extended by
// configuration: the simulated estate's brings its sign-in along.
backend.add(discoveryFeatureLoader);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-events-backend'));
// Takes GitHub's webhooks, once events.modules.github.webhookSecret is set.
backend.add(import('@backstage/plugin-events-backend-module-github'));

// Tell people that something waits for them, and move their queue while they
// look at it.
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionModulePortalPolicy);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@causeway/backstage-plugin-catalog-backend-module-causeway'),
);

backend.add(import('@causeway/backstage-plugin-causeway-backend'));

// Templates. No module is here that writes to Git or a cluster around the gate.
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@causeway/backstage-plugin-scaffolder-backend-module-causeway'),
);
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start().catch(error => {
  // Backstage would log it as an unhandled rejection and leave half a portal
  // running: with a plugin missing, or one that refused to start.
  // eslint-disable-next-line no-console -- the logger may be what failed
  console.error(error);
  process.exit(1);
});
