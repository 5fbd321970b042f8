import {
  coreServices,
  createServiceFactory,
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';

/** Who carries a token. */
interface Claims {
  /** A person. */
  sub?: string;
  /** Of a sign-in in the portal. */
  ent?: string[];
  /** A plugin that calls, for itself or for the person. */
  plugin?: string;
  /** A static token's subject. */
  subject?: string;
  /** Names of the only permissions that the static token has. */
  permissionNames?: string[];
}

/** A token, as a JSON web token looks. */
function tokenOf(claims: Claims): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `e30.${payload}.c2ln`;
}

const bearer = (claims: Claims) => `Bearer ${tokenOf(claims)}`;

/** Headers of everybody who could call. */
export const as = {
  /** A person who signed in in the portal. */
  user: (ref: string) => bearer({ sub: ref, ent: [ref] }),
  /** A person's token that was made for another client. */
  client: (ref: string) => bearer({ sub: ref }),
  /** A person, through a plugin. */
  through: (plugin: string, ref: string) => bearer({ sub: ref, plugin }),
  plugin: (plugin: string) => bearer({ plugin }),
  static: (subject: string, permissionNames?: string[]) =>
    bearer({ subject, permissionNames }),
  nobody: 'none',
};

function toCredentials(claims: Claims): BackstageCredentials {
  const actor = claims.plugin && { subject: `plugin:${claims.plugin}` };
  if (claims.sub) {
    return mockCredentials.user(claims.sub, actor ? { actor } : undefined);
  }
  return mockCredentials.service(
    actor ? actor.subject : claims.subject,
    claims.permissionNames && { permissionNames: claims.permissionNames },
  );
}

/**
 * Authentication that tells principals apart as Backstage's own does, without
 * keys: a plugin that calls for a person becomes the actor, and one that calls
 * for a static token loses whose it was.
 */
export const testAuth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }): AuthService => ({
    async authenticate(token) {
      const payload = token.split('.')[1];
      if (!payload) {
        throw new AuthenticationError('Illegal token');
      }
      return toCredentials(
        JSON.parse(Buffer.from(payload, 'base64url').toString()),
      ) as never;
    },
    isPrincipal: ((credentials: BackstageCredentials, type: string) =>
      type === 'unknown' ||
      (credentials.principal as { type: string }).type ===
        type) as AuthService['isPrincipal'],
    getNoneCredentials: async () => mockCredentials.none(),
    getOwnServiceCredentials: async () =>
      mockCredentials.service(`plugin:${plugin.getId()}`),
    async getPluginRequestToken({ onBehalfOf }) {
      const { userEntityRef: sub } = onBehalfOf.principal as {
        userEntityRef?: string;
      };
      return { token: tokenOf({ plugin: plugin.getId(), sub }) };
    },
    getLimitedUserToken: () => {
      throw new Error('Nobody asks for cookies here');
    },
    listPublicServiceKeys: async () => ({ keys: [] }),
  }),
});
