import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  EntityChanges,
  EntityFacts,
  FactHistory,
} from '@causeway/backstage-plugin-causeway-common';
import request from 'supertest';
import { smallEstate } from '../__testUtils__/estates';
import { eventually } from '../__testUtils__/eventually';
import { FakeIngestion } from '../__testUtils__/FakeIngestion';
import { readFeed } from '../__testUtils__/feedClient';
import { workload } from '../__testUtils__/observations';
import { startEstate } from '../__testUtils__/startEstate';
import type { Observation } from '../observations/model';

jest.setTimeout(180_000);

const checkout = '/resource/default/staging.shop.deployment.checkout';
const own = (tag: string, ready = 2) =>
  workload('staging', 'shop', 'checkout', {
    image: `ghcr.io/meridian/shop/checkout:${tag}`,
    references: ['payment-api.payments.svc.cluster.local'],
    data: { replicas: { desired: 2, ready, updated: 2, available: ready } },
  });
const withCheckout = (one: Observation): Observation[] =>
  smallEstate().map(other =>
    other.partition === one.partition && other.key === one.key ? one : other,
  );

async function start() {
  const ingestion = new FakeIngestion(withCheckout(own('1.0.0')));
  const started = await startEstate({ ingestion });
  const { items } = await eventually(() => readFeed(started.server));
  started.catalog.entities = items.map(({ entity }) => entity!);
  const get = (path: string) =>
    request(started.server).get(`/api/causeway/estate${path}`);
  const facts = async (path = checkout) =>
    (await get(`/entities${path}/facts`).expect(200)).body as EntityFacts;
  const history = async (fact: string, path = checkout) =>
    (await get(`/entities${path}/facts/${fact}/history`).expect(200))
      .body as FactHistory;
  const changes = async (query = '', path = checkout) =>
    (await get(`/entities${path}/changes${query}`).expect(200))
      .body as EntityChanges;
  /** Puts another checkout there and waits until its tag is known. */
  const deploy = async (tag: string) => {
    ingestion.set(withCheckout(own(tag)));
    await eventually(async () =>
      expect((await facts()).facts).toContainEqual(
        expect.objectContaining({ name: 'image.tag', value: tag }),
      ),
    );
  };
  return { ...started, ingestion, get, facts, history, changes, deploy };
}

describe('facts over HTTP', () => {
  it('come with origin, source, time and freshness, and tell what is not known', async () => {
    const { facts, ingestion } = await start();
    const found = await facts();
    expect(found.facts).toContainEqual({
      name: 'image.tag',
      type: 'string',
      value: '1.0.0',
      origin: 'live',
      source: 'staging',
      since: expect.any(Number),
      freshness: {
        source: 'staging',
        partition: 'staging/-/workload',
        state: 'fresh',
        confirmedAt: 1000,
      },
    });
    expect(found.facts).toContainEqual(
      expect.objectContaining({
        name: 'environment',
        value: 'staging',
        origin: 'platform',
      }),
    );
    const unknown = found.unknown.map(({ name }) => name);
    // Nobody looked for probes, and nobody reads autoscalers there.
    expect(unknown).toContain('probes.liveness');
    expect(unknown).toContain('autoscaling.present');
    expect(unknown).not.toContain('image.digest');
    expect(unknown).not.toContain('codeowners.present');

    ingestion.mark('staging/-/workload', {
      state: 'stale',
      reason: 'forbidden',
      message: 'no',
    });
    expect((await facts()).facts[0].freshness).toMatchObject({
      state: 'stale',
      reason: 'forbidden',
    });
  });

  it('have a history, since when and until when', async () => {
    const { deploy, history } = await start();
    await deploy('1.1.0');
    await deploy('1.2.0');
    const { values, fact } = await history('image.tag');
    expect(fact).toMatchObject({ name: 'image.tag', type: 'string' });
    expect(values.map(({ value }) => value)).toEqual([
      '1.2.0',
      '1.1.0',
      '1.0.0',
    ]);
    const [newest, middle, oldest] = values;
    expect(newest.until).toBeUndefined();
    expect(newest.from).toBe(middle.until);
    expect(middle.from).toBe(oldest.until);
    expect(oldest.from).toBeUndefined();
    expect((await history('health')).values).toHaveLength(1);
    expect(
      (await history('successor', '/component/default/checkout')).values,
    ).toEqual([]);
  });

  it('are told of what the caller may read, and of nothing else', async () => {
    const { get, catalog, facts } = await start();
    const named = async () => (await facts()).facts.map(({ name }) => name);
    expect(await named()).toContain('gitops.application');
    catalog.hidden = ref => ref.includes('.application.');
    expect(await named()).not.toContain('gitops.application');

    catalog.hidden = ref => ref.includes('checkout');
    for (const path of ['/facts', '/facts/image.tag/history', '/changes']) {
      const missing = await get(`/entities${checkout}s${path}`).expect(404);
      const forbidden = await get(`/entities${checkout}${path}`).expect(404);
      expect(forbidden.body.error.message).toBe(
        missing.body.error.message.replace('checkouts', 'checkout'),
      );
      await get(`/entities${checkout}${path}`)
        .set('Authorization', mockCredentials.none.header())
        .expect(401);
    }
  });

  it('are listed with what their absence means', async () => {
    const { get } = await start();
    const { body } = await get('/facts').expect(200);
    expect(body.facts).toContainEqual(
      expect.objectContaining({
        name: 'limits.memory',
        type: 'number',
        unit: 'bytes',
        absence: 'none',
        tracked: true,
      }),
    );
  });

  it('answer what is malformed with where it is', async () => {
    const { get } = await start();
    const status = async (path: string) =>
      (await get(`/entities${path}`)).status;
    expect(await status(`${checkout}/facts/no.such.fact/history`)).toBe(404);
    expect(await status(`${checkout}/facts/..%2F/history`)).toBe(400);
    expect(await status('/re!source/default/x/facts')).toBe(400);
  });
});

describe('changes over HTTP', () => {
  it('come newest first, page by page and within a window', async () => {
    const { deploy, changes } = await start();
    expect((await changes()).changes).toEqual([]);
    await deploy('1.1.0');
    await deploy('1.2.0');
    const { changes: all, now } = await changes();
    expect(all).toMatchObject([
      {
        what: 'changed',
        attribute: 'image.tag',
        before: '1.1.0',
        after: '1.2.0',
      },
      {
        what: 'changed',
        attribute: 'image.tag',
        before: '1.0.0',
        after: '1.1.0',
      },
    ]);
    expect(JSON.stringify(all)).not.toContain('seq');
    const first = await changes('?limit=1');
    expect(first.changes).toEqual([all[0]]);
    const second = await changes(`?limit=1&cursor=${first.cursor}`);
    expect(second.changes).toEqual([all[1]]);
    expect(second.cursor).toBeUndefined();
    expect((await changes(`?since=${all[0].at}`)).changes).toEqual([all[0]]);
    expect((await changes(`?until=${all[0].at}`)).changes).toEqual([all[1]]);
    expect((await changes(`?since=${now + 60_000}`)).changes).toEqual([]);
  });

  it('take in those of the parts of a service, where asked for', async () => {
    const { deploy, changes, catalog } = await start();
    const path = '/component/default/checkout';
    await deploy('1.1.0');
    expect((await changes('', path)).changes).toEqual([]);
    expect((await changes('?parts=true', path)).changes).toMatchObject([
      {
        entityRef: 'resource:default/staging.shop.deployment.checkout',
        after: '1.1.0',
      },
    ]);
    catalog.hidden = ref => ref.startsWith('resource:');
    expect((await changes('?parts=true', path)).changes).toEqual([]);
  });

  it('tell relations only to those who may read both ends', async () => {
    const { ingestion, changes, catalog } = await start();
    const path = '/component/default/checkout';
    ingestion.set(
      withCheckout(
        workload('staging', 'shop', 'checkout', {
          image: 'ghcr.io/meridian/shop/checkout:1.0.0',
        }),
      ).map(one =>
        one.source === 'production-eu' && one.key.endsWith('/checkout')
          ? workload('production-eu', 'shop', 'checkout', {
              image: 'ghcr.io/meridian/shop/checkout:1.0.0',
            })
          : one,
      ),
    );
    await eventually(async () =>
      expect((await changes('', path)).changes).toMatchObject([
        {
          what: 'unrelated',
          attribute: 'dependsOn',
          otherRef: 'component:default/payment-api',
        },
      ]),
    );
    catalog.hidden = ref => ref.includes('payment-api');
    expect((await changes('', path)).changes).toEqual([]);
  });

  it.each(['limit=0', 'limit=501', 'since=yesterday', 'cursor=nowhere', 'x=1'])(
    'refuse %s and say where',
    async query => {
      const { get } = await start();
      const { body } = await get(
        `/entities${checkout}/changes?${query}`,
      ).expect(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    },
  );
});
