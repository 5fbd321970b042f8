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

backend.start();
