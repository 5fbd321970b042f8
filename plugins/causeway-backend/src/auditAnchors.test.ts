import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  generateAnchorKeys,
  readAnchors,
  readPublicKeys,
} from '@causeway/backstage-plugin-causeway-common/audit';
import request from 'supertest';
import { eventually } from './estate/__testUtils__/eventually';
import { causewayPlugin } from './plugin';

jest.setTimeout(60_000);

const directory = createMockDirectory();
const pair = generateAnchorKeys();

const member = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'mock',
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': 'test:people',
      'backstage.io/managed-by-origin-location': 'test:people',
    },
  },
  spec: {},
  relations: [{ type: 'memberOf', targetRef: 'group:default/audit' }],
};

const team = {
  ...member,
  kind: 'Group',
  metadata: { ...member.metadata, name: 'audit' },
  spec: { type: 'team', children: [] },
  relations: [{ type: 'hasMember', targetRef: 'user:default/mock' }],
};

async function start(audit?: object) {
  const { server } = await startTestBackend({
    features: [
      causewayPlugin,
      catalogServiceMock.factory({ entities: [member, team] }),
      mockServices.rootLogger.factory({ level: 'none' }),
      mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          causeway: {
            gate: {
              auditors: ['audit'],
              erasers: ['audit'],
              halters: ['audit'],
              peopleFrom: ['test:people'],
              ...(audit && { audit }),
            },
          },
        },
      }),
    ],
  });
  const call = (method: 'get' | 'post', path: string, body?: object) =>
    request(server)
      [method](`/api/causeway${path}`)
      .set('authorization', mockCredentials.user.header('user:default/mock'))
      .send(body);
  return { call };
}

it('anchors the trail from the first entry on, and says so to who may read it', async () => {
  writeFileSync(directory.resolve('key.pem'), pair.privateKey, { mode: 0o600 });
  const file = directory.resolve('anchors.jsonl');
  const { call } = await start({
    anchors: { key: { file: directory.resolve('key.pem') }, file },
    retention: { days: 30 },
  });
  await eventually(async () =>
    expect((await call('get', '/audit/anchors').expect(200)).body).toEqual({
      state: 'anchored',
      key: pair.id,
      anchored: {
        number: 1,
        seq: expect.any(Number),
        at: expect.any(Number),
        key: pair.id,
      },
      last: expect.objectContaining({ number: 1 }),
      open: expect.any(Number),
      sinks: [{ kind: 'file', name: file, delivered: 1, behind: 0 }],
      textsKeptFor: 30 * 86_400_000,
      now: expect.any(Number),
    }),
  );
  const { report } = await readAnchors(
    (await readFile(file, 'utf8')).trimEnd().split('\n'),
    readPublicKeys(pair.publicKey),
  );
  expect(report).toMatchObject({ checkpoints: 1, findings: [] });

  await call('post', '/halt', { scope: 'all', reason: 'Ada is ill' }).expect(
    200,
  );
  const { body: page } = await call('get', '/audit?type=halt').expect(200);
  expect(page.items[0].detail.reason).toBe('Ada is ill');
  const { seq } = page.items[0];
  expect(
    (await call('post', '/audit/erase', { seq, why: 'ticket 12' }).expect(200))
      .body,
  ).toEqual({ texts: 1, entries: 1 });
  await call('post', '/audit/erase', { seq, why: 'ticket 12' }).expect(404);
  const { body: after } = await call('get', '/audit').expect(200);
  expect(JSON.stringify(after)).not.toContain('Ada is ill');
  expect((await call('get', '/audit/verify').expect(200)).body).toMatchObject({
    whole: true,
    anchors: { checkpoints: 1, findings: [] },
  });
});

it('says where nothing anchors it', async () => {
  const { call } = await start();
  expect((await call('get', '/audit/anchors').expect(200)).body).toMatchObject({
    state: 'off',
    why: expect.stringContaining('causeway.gate.audit.anchors'),
    sinks: [],
  });
  expect(
    (await call('get', '/audit/verify').expect(200)).body,
  ).not.toHaveProperty('anchors');
});
