import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogBackend from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import request from 'supertest';
import { eventually } from './estate/__testUtils__/eventually';
import { causewayPlugin } from './plugin';

jest.setTimeout(60_000);

const guarded = 'user:default/b';

/** Whoever is guarded reads what tenant B owns, by the catalog's own rule. */
function decide(name: string, user: string | undefined): PolicyDecision {
  return name === 'catalog.entity.read' && user === guarded
    ? {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          resourceType: 'catalog-entity',
          rule: 'IS_ENTITY_OWNER',
          params: { claims: ['group:default/b'] },
        },
      }
    : { result: AuthorizeResult.ALLOW };
}

const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => ({
    authorize: async requests =>
      requests.map((): DefinitivePolicyDecision => ({
        result: AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async (requests, options) => {
      const principal = options.credentials.principal as {
        userEntityRef?: string;
      };
      return requests.map(({ permission }) =>
        decide(permission.name, principal.userEntityRef),
      );
    },
  }),
});

function component(name: string, owner: string, dependsOn: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': 'test:all',
        'backstage.io/managed-by-origin-location': 'test:all',
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner, dependsOn },
  };
}

const own = [
  component('b-shop', 'b', ['component:b-pay', 'component:a-vault']),
  component('b-pay', 'b', []),
];
const secret = [
  component('a-vault', 'a', ['component:b-pay']),
  component('a-pay', 'a', ['component:b-shop']),
];

it("answers by the real catalog's own conditions, the same with and without what is another's", async () => {
  let connection: EntityProviderConnection | undefined;
  const provider = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-tenants',
    register(reg) {
      reg.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          processing.addEntityProvider({
            getProviderName: () => 'tenants',
            connect: async one => {
              connection = one;
            },
          });
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            processingInterval: { seconds: 1 },
            stitchingStrategy: { pollingInterval: { milliseconds: 50 } },
          },
          causeway: {
            estate: { claims: { refresh: { milliseconds: 100 } } },
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'none' }),
      permissions,
      catalogBackend,
      provider,
      causewayPlugin,
    ],
  });
  const ask = async (question: string, user?: string) => {
    const { status, body } = await request(server)
      .get(`/api/causeway/estate/questions/${question}`)
      .set('Authorization', mockCredentials.user.header(user));
    // Times pass between two answers.
    const { asOf, since, ...rest } = body;
    return { status, ...rest, request: undefined };
  };
  const put = async (entities: Entity[]) => {
    await eventually(() => expect(connection).toBeDefined());
    await connection!.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: 'test' })),
    });
    await eventually(async () =>
      expect(await ask('find-entities')).toMatchObject({
        count: entities.length,
      }),
    );
    // Relations of what is gone go a moment later.
    await eventually(async () =>
      expect(
        (await ask('traverse-graph?entity=component:default/b-pay&depth=1'))
          .count,
      ).toBe(entities.length === own.length ? 1 : 2),
    );
  };
  const answers = () =>
    Promise.all(
      [
        'find-entities',
        'find-entities?name=pay',
        'find-entities?owner=a',
        'get-entity-context?entity=b-pay',
        'get-entity-context?entity=b-shop',
        'get-entity-context?entity=a-vault',
        'traverse-graph?entity=component:default/b-pay&depth=3',
        'traverse-graph?entity=component:default/a-vault',
        'find-path?from=b-shop&to=b-pay',
        'list-recent-changes',
      ].map(question => ask(question, guarded)),
    );

  await put([...own, ...secret]);
  const beside = await answers();
  expect(beside[0]).toMatchObject({ status: 200, count: 2 });
  expect(beside[8]).toMatchObject({ status: 200, length: 1 });
  expect(beside.map(({ status }) => status)).toContain(404);
  await put(own);
  expect(await answers()).toEqual(beside);
});
