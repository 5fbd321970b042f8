import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import eventsBackend from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import type { JsonObject } from '@backstage/types';
import causewayBackend from '@causeway/backstage-plugin-causeway-backend';
import type { EstateStatus } from '@causeway/backstage-plugin-causeway-common';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { githubEvents } from './__testUtils__/githubEvents';

jest.setTimeout(300_000);

describe('webhooks of GitHub', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let estate: EstateSimulator;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let ingress: string;
  let knex: Awaited<ReturnType<typeof databases.init>>;

  beforeAll(async () => {
    estate = await createEstateSimulator();
  });

  afterEach(() => backend.stop());

  afterAll(() => estate.close());

  /** A backend that would look at GitHub again in an hour. */
  async function start(events?: JsonObject) {
    const { urls } = estate;
    const { host } = new URL(urls.http);
    knex = await databases.init('SQLITE_3');
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              github: [
                { host, apiBaseUrl: urls.github.api, token: urls.github.token },
              ],
            },
            // Within one process; a bus would hold up every stop.
            events: { useEventBus: 'never', ...events },
            causeway: {
              estate: {
                sources: { github: [{ host, organization: 'Meridian' }] },
                poll: { hours: 1 },
                completeList: { hours: 1 },
              },
            },
          },
        }),
        mockServices.database.mock({ getClient: async () => knex }).factory,
        // The test backend's own keeps each plugin's events to itself.
        eventsServiceFactory,
        eventsBackend,
        ...githubEvents,
        causewayBackend,
      ],
    });
    ingress = `http://127.0.0.1:${backend.server.port()}/api/events/http/github`;
    await eventually(async () => {
      for (const { state } of await partitions()) {
        expect(state).toBe('fresh');
      }
    });
  }

  async function partitions() {
    const { body } = await request(backend.server)
      .get('/api/causeway/estate/status')
      .expect(200);
    const { sources } = body as EstateStatus;
    return sources.find(({ kind }) => kind === 'github')!.partitions;
  }

  /** When each kind was listed last. */
  async function listings() {
    return Object.fromEntries(
      (await partitions()).map(({ kind, attemptedAt }) => [kind, attemptedAt]),
    );
  }

  /** Owners of a repository's files, as the estate observed them. */
  async function ownersIn(repository: string) {
    const row = await knex('estate_observations')
      .where({
        partition: 'github/Meridian/repositories',
        key: `meridian/${repository}`,
      })
      .first();
    return JSON.parse(row.data).codeowners?.[0].owners;
  }

  const signed = {
    modules: { github: { webhookSecret: '' } },
  };

  it('bring a push into the estate at once, and lists only what it concerns', async () => {
    signed.modules.github.webhookSecret = estate.urls.github.webhookSecret;
    await start(signed);
    const before = await listings();
    const stop = estate.sendWebhooks(ingress);
    const pushedAt = Date.now();
    estate.world.commit({
      repository: 'label-printer',
      message: 'Hand over to payments',
      changes: { CODEOWNERS: '*  @meridian/payments\n' },
    });
    await eventually(async () =>
      expect(await ownersIn('label-printer')).toEqual(['@meridian/payments']),
    );
    process.stdout.write(
      `a push was in the estate after ${Date.now() - pushedAt} ms\n`,
    );
    // A second where the machine is idle; what is excluded is the hour.
    expect(Date.now() - pushedAt).toBeLessThan(20_000);
    const after = await listings();
    expect(after.repositories).toBeGreaterThan(before.repositories!);
    expect(after.teams).toBe(before.teams);

    const workflow = Date.now();
    estate.github.setWorkflow('label-printer', 'FAILURE');
    await eventually(async () =>
      expect((await listings()).deliveries).toBeGreaterThanOrEqual(workflow),
    );
    stop();
  });

  it('come in storms and cost a list or two', async () => {
    await start(signed);
    const stop = estate.sendWebhooks(ingress);
    const counter = estate.faults.add({ path: '/github/api/graphql' });
    const before = await listings();
    for (let index = 0; index < 100; index++) {
      estate.world.commit({
        repository: 'returns',
        message: `Change ${index}`,
        changes: { 'notes.md': `${index}\n` },
      });
    }
    await eventually(async () => {
      const after = await listings();
      expect(after.repositories).toBeGreaterThan(before.repositories!);
      expect(after.deliveries).toBeGreaterThan(before.deliveries!);
    });
    stop();
    const { seen } = estate.faults.list().find(({ id }) => id === counter)!;
    // A list of deliveries takes two requests.
    expect(seen).toBeLessThanOrEqual(15);
    estate.faults.clear();
  });

  const push = JSON.stringify({
    ref: 'refs/heads/main',
    organization: { login: 'meridian' },
  });
  const forged = (signature?: string, topic = 'github') =>
    fetch(ingress.replace(/github$/, topic), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        ...(signature && { 'x-hub-signature-256': signature }),
      },
      body: push,
    });

  it('are refused when they are forged or unsigned', async () => {
    await start(signed);
    const before = await listings();
    expect((await forged()).status).toBe(403);
    expect((await forged(`sha256=${'0'.repeat(64)}`)).status).toBe(403);
    expect((await forged(undefined, 'github.push')).status).toBe(404);
    expect(await listings()).toEqual(before);
  });

  it('are refused altogether where there is no secret to check them with', async () => {
    await start();
    expect((await forged()).status).toBe(404);
  });

  it.each([
    ['github', undefined],
    ['github.push', signed],
  ])('are not heeded where %s is open to everybody', async (topic, more) => {
    await start({ ...more, http: { topics: [topic] } });
    const before = await listings();
    expect((await forged(undefined, topic)).status).toBe(202);
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(await listings()).toEqual(before);
  });
});
