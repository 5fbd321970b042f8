import { NotFoundError } from '@backstage/errors';
import {
  createProxyAuthProviderFactory,
  createProxyAuthenticator,
  type AuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { guest, type Personas } from './Personas';
import { requireLocal } from './requireLocal';

/** The header that says who one wants to be. */
export const personaHeader = 'x-causeway-persona';

/** Signs in as the persona that the header names; there is nothing to prove. */
export function createPersonaProvider(personas: Personas): AuthProviderFactory {
  return createProxyAuthProviderFactory({
    authenticator: createProxyAuthenticator({
      defaultProfileTransform: async () => ({ profile: {} }),
      initialize: () => undefined,
      authenticate: async ({ req }) => {
        requireLocal(req);
        return {
          result: { entityRef: personas.entityRefOf(req.get(personaHeader)) },
          providerInfo: undefined,
        };
      },
    }),
    signInResolver: async ({ result: { entityRef } }, context) => {
      if (entityRef === guest.entityRef) {
        return context.issueToken({
          claims: { sub: entityRef, ent: [entityRef] },
        });
      }
      try {
        return await context.signInWithCatalogUser({ entityRef });
      } catch (error) {
        if ((error as Error).name !== 'NotFoundError') throw error;
        throw new NotFoundError(
          `${entityRef} is not in the catalog yet: the estate's people arrive within a minute of the start`,
        );
      }
    },
  });
}
