import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { UserEntity } from '@backstage/catalog-model';
import authBackend from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import personasModule from '.';

const about = {
  simulator: 'causeway-estate-simulator',
  company: 'Meridian',
  personas: [
    {
      login: 'ada-okafor',
      title: 'Developer',
      description: 'Builds',
      default: true,
    },
    { login: 'noor-rahman', title: 'Platform lead', description: 'Owns' },
  ],
};

const ada: UserEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada-okafor', namespace: 'default' },
  spec: { memberOf: ['payments'], profile: { displayName: 'Ada Okafor' } },
  relations: [{ type: 'memberOf', targetRef: 'group:default/payments' }],
};

let simulator: Server;
let address: string;
let answer: (origin: string) => unknown;
let stop: (() => Promise<void>) | undefined;
const { NODE_ENV } = process.env;

beforeEach(async () => {
  answer = origin => ({ ...about, origins: [origin] });
  simulator = createServer((_req, res) => {
    res.end(JSON.stringify(answer(address)));
  });
  await new Promise<void>(resolve =>
    simulator.listen(0, '127.0.0.1', () => resolve()),
  );
  address = `http://127.0.0.1:${(simulator.address() as AddressInfo).port}`;
  setNodeEnv('development');
});

afterEach(async () => {
  await stop?.();
  stop = undefined;
  setNodeEnv(NODE_ENV);
  await new Promise(resolve => simulator.close(resolve));
});

function setNodeEnv(value: string | undefined) {
  (process.env as Record<string, string | undefined>).NODE_ENV = value;
}

async function start(config: JsonObject = {}) {
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { listen: '127.0.0.1:0', baseUrl: 'http://localhost:7007' },
          auth: {
            omitIdentityTokenOwnershipClaim: false,
            providers: { personas: {} },
          },
          causeway: {
            personas: { simulator: address },
            estate: {
              sources: { argocd: [{ id: 'argocd', url: address, token: 't' }] },
            },
          },
          ...config,
        },
      }),
      mockServices.rootLogger.factory({ level: 'none' }),
      catalogServiceMock.factory({ entities: [ada] }),
      authBackend,
      personasModule,
    ],
  });
  stop = () => backend.stop();
  return backend.server;
}

it('lists whom one may be, and signs in with a token that says what one owns', async () => {
  const server = await start();
  const list = await request(server)
    .get('/api/auth/personas/list')
    .set('Authorization', '')
    .expect(200);
  expect(list.body).toEqual({
    company: 'Meridian',
    default: 'ada-okafor',
    ready: false,
    personas: [
      {
        name: 'ada-okafor',
        displayName: 'Ada Okafor',
        title: 'Developer',
        description: 'Builds',
        default: true,
        entityRef: 'user:default/ada-okafor',
        ready: true,
      },
      expect.objectContaining({ displayName: 'noor-rahman', ready: false }),
      expect.objectContaining({ name: 'guest', default: false, ready: true }),
    ],
  });

  const signedIn = await request(server)
    .get('/api/auth/personas/refresh')
    .set('x-causeway-persona', 'ada-okafor')
    .expect(200);
  const { token, identity } = signedIn.body.backstageIdentity;
  expect(identity.userEntityRef).toBe('user:default/ada-okafor');
  const claims = JSON.parse(
    Buffer.from(token.split('.')[1], 'base64url').toString(),
  );
  expect(claims).toMatchObject({
    sub: 'user:default/ada-okafor',
    ent: ['user:default/ada-okafor', 'group:default/payments'],
  });
});

it('signs in a guest, who belongs to nothing', async () => {
  const server = await start();
  const { body } = await request(server)
    .get('/api/auth/personas/refresh')
    .set('x-causeway-persona', 'guest')
    .expect(200);
  expect(body.backstageIdentity.identity).toEqual({
    type: 'user',
    userEntityRef: 'user:development/guest',
    ownershipEntityRefs: ['user:development/guest'],
  });
});

it('signs in nobody but its personas, once they are there, from this machine', async () => {
  const server = await start();
  const signIn = (headers: Record<string, string>) =>
    request(server).get('/api/auth/personas/refresh').set(headers);
  await signIn({}).expect(401);
  await signIn({ 'x-causeway-persona': 'root' }).expect(401);
  const { body } = await signIn({ 'x-causeway-persona': 'noor-rahman' });
  expect(body.error).toMatchObject({
    name: 'NotFoundError',
    message: expect.stringMatching(/not in the catalog yet/),
  });
  const rebound = { Host: 'attacker.example.com' };
  await signIn({ 'x-causeway-persona': 'ada-okafor', ...rebound }).expect(403);
  await request(server).get('/api/auth/personas/list').set(rebound).expect(403);
});

it('has no route when personas are not configured', async () => {
  setNodeEnv('production');
  const server = await start({ causeway: {}, auth: {} });
  const list = await request(server).get('/api/auth/personas/list');
  expect(list.status).toBe(404);
  const signIn = await request(server)
    .get('/api/auth/personas/refresh')
    .set('x-causeway-persona', 'ada-okafor');
  expect(signIn.status).toBe(404);
});

it('lets the start fail with the reason wherever personas must not exist', async () => {
  setNodeEnv('production');
  await expect(start()).rejects.toThrow(/NODE_ENV is 'production'/);
  setNodeEnv('development');
  await expect(
    start({ backend: { listen: ':7007', baseUrl: 'http://localhost:7007' } }),
  ).rejects.toThrow(/listens on all interfaces/);
  await expect(
    start({ integrations: { github: [{ host: 'github.com', token: 'x' }] } }),
  ).rejects.toThrow(/integrations\.github\[0\]\.apiBaseUrl/);
  answer = () => ({
    ...about,
    simulator: 'something else',
    origins: [address],
  });
  await expect(start()).rejects.toThrow(/not the bundled simulated estate/);
  await new Promise(resolve => simulator.close(resolve));
  await expect(start()).rejects.toThrow(/does not answer.*Start it first/);
});

it('exists in production by the dangerous setting only', async () => {
  setNodeEnv('production');
  const server = await start({
    causeway: {
      personas: {
        simulator: address,
        dangerouslyEnableOutsideDevelopment: true,
      },
    },
  });
  const list = await request(server).get('/api/auth/personas/list');
  expect(list.status).toBe(200);
});
