import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import eventsBackend from '@backstage/plugin-events-backend';
import authBackend from '@backstage/plugin-auth-backend';
import mcpActionsBackend from '@backstage/plugin-mcp-actions-backend';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import permissionBackend from '@backstage/plugin-permission-backend';
import catalogBackend from '@backstage/plugin-catalog-backend';
import templateModelModule from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderBackend from '@backstage/plugin-scaffolder-backend';
import signalsBackend from '@backstage/plugin-signals-backend';
import type { JsonObject } from '@backstage/types';
import type {
  EntityEstate,
  EstateGraph,
  EstateStatus,
} from '@causeway/backstage-plugin-causeway-common';
import personasModule from '@causeway/backstage-plugin-auth-backend-module-personas';
import catalogModule from '@causeway/backstage-plugin-catalog-backend-module-causeway';
import causewayBackend from '@causeway/backstage-plugin-causeway-backend';
import scaffolderModule from '@causeway/backstage-plugin-scaffolder-backend-module-causeway';
import type { Server } from 'node:http';
import request, { type Response } from 'supertest';
import { walDatabase } from '../../database/walDatabase';
import { permissionModulePortalPolicy } from '../../permissions/module';

/** A running portal, as a person who is signed in meets it. */
export interface Portal {
  /** Everything in the catalog, by reference. */
  entities(): Promise<Map<string, Entity>>;
  status(): Promise<EstateStatus>;
  entityEstate(ref: string): Promise<EntityEstate>;
  graph(ref: string, query?: string): Promise<EstateGraph>;
  /** Registers a file, as the platform team may, and gives the way to take it back. */
  register(target: string): Promise<() => Promise<void>>;
  /** Posts to a plugin as somebody who is signed in. */
  post(persona: string, path: string, body: object): Promise<Response>;
  server: Server;
  /** The token of somebody who is signed in. */
  tokenOf(persona: string): Promise<string>;
  stop(): Promise<void>;
}

const developer = 'ada-okafor';
const operator = 'noor-rahman';

/**
 * Starts the backend of the portal with its own features on a configuration:
 * sign-in, tokens, permissions and databases are the real ones, too.
 */
export async function startPortal(
  config: JsonObject,
  options: {
    features?: BackendFeature[];
    /** Instead of the portal's own. */
    permissionPolicy?: BackendFeature;
    /** Instead of one that says nothing. */
    rootLogger?: BackendFeature;
  } = {},
): Promise<Portal> {
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: config }),
      options.rootLogger ?? mockServices.rootLogger.factory({ level: 'none' }),
      urlReaderServiceFactory,
      walDatabase,
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      actionsServiceFactory,
      actionsRegistryServiceFactory,
      permissionBackend,
      options.permissionPolicy ?? permissionModulePortalPolicy,
      eventsBackend,
      notificationsBackend,
      signalsBackend,
      authBackend,
      personasModule,
      catalogBackend,
      catalogModule,
      causewayBackend,
      templateModelModule,
      scaffolderBackend,
      scaffolderModule,
      mcpActionsBackend,
      ...(options.features ?? []),
    ],
  });
  const tokens = new Map<string, string>();
  /** As soon as the catalog knows them. */
  const tokenOf = async (persona: string) => {
    if (!tokens.has(persona)) {
      const { body, status } = await request(backend.server)
        .get('/api/auth/personas/refresh')
        .set('x-causeway-persona', persona);
      if (status !== 200) {
        throw new Error(`${persona} cannot sign in: ${JSON.stringify(body)}`);
      }
      tokens.set(persona, body.backstageIdentity.token);
    }
    return tokens.get(persona)!;
  };
  const as = async (persona: string) => ({
    authorization: `Bearer ${await tokenOf(persona)}`,
  });
  const get = async (path: string) => {
    const { body, status } = await request(backend.server)
      .get(`/api/${path}`)
      .set(await as(developer));
    if (status !== 200) {
      throw new Error(`${status} for ${path}: ${JSON.stringify(body)}`);
    }
    return body;
  };
  return {
    entities: async () =>
      new Map(
        ((await get('catalog/entities')) as Entity[]).map(entity => [
          stringifyEntityRef(entity),
          entity,
        ]),
      ),
    status: () => get('causeway/estate/status'),
    entityEstate: ref =>
      get(`causeway/estate/entities/${ref.replace(':', '/')}`),
    graph: (ref, query = '') =>
      get(`causeway/estate/graph?entityRef=${ref}${query}`),
    register: async target => {
      const { body } = await request(backend.server)
        .post('/api/catalog/locations')
        .set(await as(operator))
        .send({ type: 'url', target })
        .expect(201);
      return async () => {
        await request(backend.server)
          .delete(`/api/catalog/locations/${body.location.id}`)
          .set(await as(operator))
          .expect(204);
      };
    },
    post: async (persona, path, body) =>
      request(backend.server)
        .post(`/api/${path}`)
        .set(await as(persona))
        .send(body),
    server: backend.server as unknown as Server,
    tokenOf,
    stop: () => backend.stop(),
  };
}
