import { mockServices } from '@backstage/backend-test-utils';
import type { EstateChange } from '@causeway/backstage-plugin-causeway-common';
import type { Knex } from 'knex';
import {
  config,
  smallEstate,
  trustedClaim,
  trustedLocation,
} from '../__testUtils__/estates';
import { FakeIngestion } from '../__testUtils__/FakeIngestion';
import { claim, team, workload } from '../__testUtils__/observations';
import { createTestDatabases, migrate } from '../__testUtils__/testDatabases';
import { ProjectionStore } from '../entities/ProjectionStore';
import { Projector } from '../entities/Projector';
import type { Observation, ObservedWorkload } from '../observations/model';
import { KnexChangeReader } from './KnexChangeReader';

jest.setTimeout(180_000);

const databases = createTestDatabases();
const checkout = 'resource:default/staging.shop.deployment.checkout';
const service = 'component:default/checkout';

/** The estate with another state of the checkout on staging. */
const withCheckout = (data: Partial<ObservedWorkload>): Observation[] =>
  smallEstate().map(one =>
    one.kind === 'Workload' &&
    one.source === 'staging' &&
    one.key.endsWith('/checkout')
      ? workload('staging', 'shop', 'checkout', {
          references: [
            'payment-api.payments.svc.cluster.local',
            'checkout',
            'mail.example.com',
          ],
          image: 'ghcr.io/meridian/shop/checkout:1.0.0',
          data,
        })
      : one,
  );
const image = (tag: string) => ({
  containers: [
    { name: 'checkout', image: `ghcr.io/meridian/shop/checkout:${tag}` },
  ],
});
const replicas = (desired: number, ready = desired) => ({
  replicas: { desired, ready, updated: desired, available: ready },
});

describe.each(databases.eachSupportedId())('log of changes on %s', id => {
  let knex: Knex;
  let store: ProjectionStore;
  let reader: KnexChangeReader;
  let ingestion: FakeIngestion;
  let projector: Projector;

  const createProjector = (isSettled?: () => Promise<boolean>) =>
    new Projector({
      observations: ingestion.observations,
      store,
      config,
      logger: mockServices.logger.mock(),
      isSettled,
      patience: 0,
    });
  /** What the log holds more after these observations, oldest first. */
  const news = async (observations: Observation[]) => {
    const known = (await reader.read({ limit: 1 }))[0]?.seq ?? 0;
    ingestion.set(observations);
    await projector.run();
    return (await reader.read({ limit: 10_000 }))
      .filter(({ seq }) => seq > known)
      .reverse();
  };
  const brief = (changes: EstateChange[]) =>
    changes.map(({ entityRef, what, attribute, before, after, otherRef }) =>
      [entityRef, what, attribute, otherRef ?? before, after].filter(
        part => part !== undefined,
      ),
    );

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    store = new ProjectionStore(knex);
    reader = new KnexChangeReader(knex);
    ingestion = new FakeIngestion(smallEstate());
    projector = createProjector();
  });

  it('takes the first look at an estate for no news, and a restart neither', async () => {
    expect(await news(smallEstate())).toEqual([]);
    await projector.stop();
    projector = createProjector();
    expect(await news(smallEstate())).toEqual([]);
    expect(await knex('estate_facts').select()).not.toHaveLength(0);
  });

  it('tells values before and after, and leaves out what comes and goes with a rollout', async () => {
    await projector.run();
    expect(brief(await news(withCheckout(image('1.1.0'))))).toEqual([
      [checkout, 'changed', 'image.tag', '1.0.0', '1.1.0'],
    ]);
    expect(
      brief(await news(withCheckout({ ...image('1.1.0'), ...replicas(2, 1) }))),
    ).not.toContainEqual(expect.arrayContaining(['replicas.ready']));
    expect(
      brief(await news(withCheckout({ ...image('1.1.0'), ...replicas(4) }))),
    ).toContainEqual([checkout, 'changed', 'replicas.desired', 2, 4]);
    const [change] = await reader.read({
      refs: [checkout],
      attribute: 'image.tag',
      limit: 9,
    });
    expect(change).toMatchObject({
      origin: 'live',
      source: 'staging',
      at: expect.any(Number),
    });
    expect(Math.abs(Date.now() - change.at)).toBeLessThan(60_000);
  });

  it('tells that what was not known is known only where absence says something', async () => {
    await projector.run();
    const known = image('1.0.0').containers.map(container => ({
      ...container,
      probes: ['liveness' as const],
      requests: { cpu: 0.1 },
      limits: {},
    }));
    // Nobody had looked for these before.
    const first = brief(await news(withCheckout({ containers: known })));
    expect(first.map(([, , attribute]) => attribute)).not.toContain(
      'probes.liveness',
    );
    const more = known.map(container => ({
      ...container,
      probes: [],
      limits: { memory: 1024 },
    }));
    expect(brief(await news(withCheckout({ containers: more })))).toEqual([
      [checkout, 'changed', 'probes.liveness', true, false],
      [checkout, 'changed', 'requests.memory.set', false, true],
      [checkout, 'changed', 'limits.memory.set', false, true],
      [checkout, 'changed', 'requests.memory', 1024],
      [checkout, 'changed', 'limits.memory', 1024],
    ]);
  });

  it('tells what appears and goes once, and what that means for others', async () => {
    await projector.run();
    const added = workload('staging', 'shop', 'mailer', {
      references: ['checkout'],
    });
    const mailer = 'resource:default/staging.shop.deployment.mailer';
    const ownService = 'component:default/mailer';
    expect(brief(await news([...smallEstate(), added]))).toEqual([
      [ownService, 'appeared'],
      [mailer, 'appeared'],
    ]);
    const talks = workload('staging', 'shop', 'mailer');
    expect(brief(await news([...smallEstate(), talks]))).toEqual([
      [ownService, 'unrelated', 'dependsOn', service],
    ]);
    expect(brief(await news([...smallEstate(), added]))).toEqual([
      [ownService, 'related', 'dependsOn', service],
    ]);
    expect(brief(await news(smallEstate()))).toEqual([
      [ownService, 'removed'],
      [mailer, 'removed'],
    ]);
    expect(brief(await news([...smallEstate(), team('new')]))).toEqual([
      ['group:default/new', 'appeared'],
    ]);
  });

  it('takes a Component that changes hands for neither gone nor new', async () => {
    await projector.run();
    const handWritten = claim(service, trustedLocation, {
      owner: 'group:default/storefront',
      annotations: { githubSlug: 'meridian/shop' },
    });
    const about = async (observations: Observation[]) =>
      (await news(observations)).filter(
        ({ entityRef, what }) =>
          entityRef === service && /appeared|removed/.test(what),
      );
    expect(await about([...smallEstate(), handWritten])).toEqual([]);
    const [row] = await knex('estate_entities').where({ ref: service });
    expect(row.removed_at).not.toBeNull();
    expect(await about(smallEstate())).toEqual([]);
    // One of another name takes the services away from ours, which goes.
    expect(brief(await news([...smallEstate(), trustedClaim]))).toContainEqual([
      'component:default/payment-api',
      'removed',
    ]);
  });

  it('finds an estate bit by bit before every source has been read, and logs nothing of it', async () => {
    let settled = false;
    projector = createProjector(async () => settled);
    const [half] = [smallEstate().slice(0, 8)];
    expect(await news(half)).toEqual([]);
    expect(await news(smallEstate())).toEqual([]);
    settled = true;
    // The last source had nothing to tell, and still it begins from here.
    expect(await news(smallEstate())).toEqual([]);
    expect(brief(await news(withCheckout(image('1.1.0'))))).toEqual([
      [checkout, 'changed', 'image.tag', '1.0.0', '1.1.0'],
    ]);
  });

  it('takes a fact of a newer version for no change of anything', async () => {
    await projector.run();
    await projector.stop();
    // As a version that knew neither environments nor tags had left it.
    for (const { ref, facts } of await knex('estate_facts').select()) {
      const old = JSON.parse(facts, (name, value) =>
        name === 'environment' || name === 'image.tag' ? undefined : value,
      );
      await knex('estate_facts')
        .where({ ref })
        .update({ facts: JSON.stringify(old), hash: 'old' });
    }
    const { facts } = await knex('estate_changes_state').first();
    await knex('estate_changes_state').update({
      facts: JSON.stringify(
        JSON.parse(facts).filter(
          (name: string) => name !== 'environment' && name !== 'image.tag',
        ),
      ),
    });
    projector = createProjector();
    expect(await news(smallEstate())).toEqual([]);
    expect(brief(await news(withCheckout(image('1.1.0'))))).toEqual([
      [checkout, 'changed', 'image.tag', '1.0.0', '1.1.0'],
    ]);
  });
});
