import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogBackend from '@backstage/plugin-catalog-backend';
import permissionBackend from '@backstage/plugin-permission-backend';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  causewayPermissions,
  gateRequestPermissions,
} from '@causeway/backstage-plugin-causeway-common';
import request from 'supertest';
import { permissionModulePortalPolicy } from './module';
import { PortalPolicy } from './PortalPolicy';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

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

describe('of the gate', () => {
  const policy = new PortalPolicy({
    platformGroups: ['group:default/platform'],
    everyoneMay: [],
  });
  const allowed = async (ownershipEntityRefs?: string[]) => {
    const names: string[] = [];
    for (const permission of [
      ...causewayPermissions,
      ...gateRequestPermissions,
    ]) {
      const { result } = await policy.handle(
        { permission },
        ownershipEntityRefs &&
          ({
            info: { userEntityRef: 'user:default/mock', ownershipEntityRefs },
          } as PolicyQueryUser),
      );
      if (result === 'ALLOW') {
        names.push(permission.name);
      }
    }
    return names;
  };
  const everybody = [
    'causeway.estate.status.read',
    'causeway.estate.questions.ask',
    'causeway.policy.read',
    'causeway.request.read',
    'causeway.request.create',
    'causeway.request.vote',
    'causeway.request.withdraw',
    'causeway.request.feedback',
  ];

  it('lets whoever is signed in ask, vote, withdraw and give feedback', async () => {
    expect(await allowed(['user:default/mock'])).toEqual(everybody);
    expect(await allowed()).toEqual([]);
  });

  it("keeps the trail, halting and reconciling for the platform's groups", async () => {
    const all = await allowed(['group:default/platform']);
    expect(all.filter(name => !everybody.includes(name)).sort()).toEqual([
      'causeway.audit.erase',
      'causeway.audit.read',
      'causeway.gate.halt',
      'causeway.request.reconcile',
    ]);
  });
});
