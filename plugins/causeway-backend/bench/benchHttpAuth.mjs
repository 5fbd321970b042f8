// Who calls, in the benches' backends.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const {
  coreServices,
  createServiceFactory,
} = require('@backstage/backend-plugin-api');
const { mockServices } = require('@backstage/backend-test-utils');

/**
 * Tests' tokens do not tell on whose behalf a plugin calls, which the
 * permission backend insists on: it is told that it was `caller`.
 */
export const createHttpAuth = caller =>
  createServiceFactory({
    service: coreServices.httpAuth,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) => {
      const inner = mockServices.httpAuth({ pluginId: plugin.getId() });
      return {
        issueUserCookie: (...args) => inner.issueUserCookie(...args),
        async credentials(...args) {
          const given = await inner.credentials(...args);
          const { principal } = given;
          return principal.type === 'user' && plugin.getId() === 'permission'
            ? {
                ...given,
                principal: {
                  ...principal,
                  actor: { type: 'service', subject: `plugin:${caller}` },
                },
              }
            : given;
        },
      };
    },
  });
