import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogBackend from '@backstage/plugin-catalog-backend';
import permissionBackend from '@backstage/plugin-permission-backend';
import request from 'supertest';
import { permissionModulePortalPolicy } from './module';

let stop: () => Promise<void>;
afterEach(() => stop());

async function start(ownershipEntityRefs: string[], everyoneMay?: string[]) {
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          causeway: {
            portal: {
              platformGroups: ['group:default/Platform'],
              ...(everyoneMay && { everyoneMay }),
            },
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'none' }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs,
        }),
      }).factory,
      permissionsServiceFactory,
      permissionBackend,
      permissionModulePortalPolicy,
      catalogBackend,
    ],
  });
  stop = () => backend.stop();
  /** Status of what a person does, signed in or not. */
  const may = async (
    method: 'get' | 'post',
    path: string,
    authorization?: string,
  ) => {
    const { status } = await request(backend.server)
      [method](`/api/catalog${path}`)
      .set(authorization === undefined ? {} : { authorization })
      .send(
        path.startsWith('/locations')
          ? { type: 'url', target: 'https://example.com/catalog-info.yaml' }
          : { entityRef: 'component:default/a' },
      );
    return status;
  };
  return may;
}

it('lets whoever is signed in read, and nothing else', async () => {
  const may = await start(['user:default/mock', 'group:default/payments']);
  expect(await may('get', '/entities')).toBe(200);
  expect(await may('post', '/locations')).toBe(403);
  expect(await may('post', '/refresh')).toBe(403);
  const nobody = mockCredentials.none.header();
  expect(await may('get', '/entities', nobody)).toBe(401);
  expect(await may('post', '/locations', nobody)).toBe(401);
});

it("lets members of the platform's groups change the portal", async () => {
  const may = await start(['user:default/mock', 'group:default/platform']);
  expect(await may('post', '/locations')).toBe(201);
});

it('lets everybody do what the configuration names', async () => {
  const may = await start(['user:default/mock'], ['catalog.location.create']);
  expect(await may('post', '/locations')).toBe(201);
  expect(await may('post', '/refresh')).toBe(403);
});
