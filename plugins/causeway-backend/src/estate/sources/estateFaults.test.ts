import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Fault } from '@causeway/estate-simulator';
import type { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { startEstateLab } from '../__testUtils__/startEstateLab';
import {
  createTestDatabases,
  migrate,
  databaseId,
} from '../__testUtils__/testDatabases';

jest.setTimeout(180_000);

const applications = 'argocd-prod/-/applications';
const projects = 'argocd-prod/-/projects';
const repositories = 'github/meridian/repositories';
const teams = 'github/meridian/teams';

describe('reading Argo CD and GitHub through faults', () => {
  let lab: Awaited<ReturnType<typeof startEstateLab>>;

  // Hooks run in their order: what uses a database ends before it does.
  afterAll(() => lab.stop());

  const databases = createTestDatabases();
  const directory = createMockDirectory();
  let database: Knex;

  beforeAll(async () => {
    database = await databases.init(databaseId);
    await migrate(database);
    lab = await startEstateLab({
      database,
      directory,
      only: ['argocd', 'github'],
    });
    await allFresh();
  }, 120_000);

  afterEach(async () => {
    lab.estate.faults.clear();
    lab.limits.request = 20_000;
    lab.estate.github.rateLimits.restore();
    await allFresh();
  });

  async function partition(id: string) {
    const sources = await lab.ingestion.status();
    return sources.flatMap(one => one.partitions).find(one => one.id === id)!;
  }

  function allFresh() {
    return eventually(async () => {
      const sources = await lab.ingestion.status();
      expect(
        sources
          .flatMap(one => one.partitions)
          .filter(({ state }) => state !== 'fresh'),
      ).toEqual([]);
    });
  }

  /** Every living observation with its hash, in order. */
  async function content() {
    return database('estate_observations')
      .whereNull('removed_at')
      .orderBy(['partition', 'key'])
      .select('partition', 'key', 'hash', 'seq');
  }

  const faults: [string, Omit<Fault, 'path'>, string][] = [
    ['401', { status: 401, body: {} }, 'unauthorized'],
    ['403', { status: 403, body: {} }, 'forbidden'],
    ['404', { status: 404, body: {} }, 'not-found'],
    ['429', { status: 429, body: {} }, 'rate-limited'],
    ['500', { status: 500, body: {} }, 'server-error'],
    ['no answer in time', { delayMs: 60_000 }, 'timeout'],
    ['a cut connection', { cut: 'before' }, 'connection'],
    ['an answer cut in the middle', { cut: 'middle' }, 'connection'],
    [
      'a redirect',
      { status: 302, headers: { location: '/' } },
      'misconfigured',
    ],
  ];

  it.each(faults)(
    'keeps applications on %s, and projects go on',
    async (_name, fault, reason) => {
      const before = await content();
      lab.limits.request = fault.delayMs ? 500 : lab.limits.request;
      lab.estate.faults.add({
        ...fault,
        path: '/argocd/argocd-prod/api/v1/applications',
      });
      await eventually(async () =>
        expect(await partition(applications)).toMatchObject({
          state: 'stale',
          reason,
          message: expect.stringContaining('argocd-prod'),
        }),
      );
      const { confirmedAt } = await partition(projects);
      await eventually(async () =>
        expect((await partition(projects)).confirmedAt).toBeGreaterThan(
          confirmedAt!,
        ),
      );
      expect(await content()).toEqual(before);
    },
  );

  it.each([
    ...faults.filter(([name]) => name !== '429'),
    ['broken JSON', { status: 200, body: '{"data":{"org' }, 'truncated'],
    [
      'an answer without pages',
      { status: 200, body: { data: { organization: {} } } },
      'malformed',
    ],
    [
      'an organization that is hidden',
      { status: 200, body: { data: { organization: null } } },
      'not-found',
    ],
    [
      'fewer repositories than are counted',
      {
        status: 200,
        body: {
          data: {
            organization: {
              repositories: {
                totalCount: 30,
                pageInfo: { hasNextPage: false },
                nodes: [],
              },
              teams: {
                totalCount: 9,
                pageInfo: { hasNextPage: false },
                nodes: [],
              },
            },
          },
        },
      },
      'truncated',
    ],
  ] as [string, Omit<Fault, 'path'>, string][])(
    'keeps repositories and teams on %s',
    async (_name, fault, reason) => {
      const before = await content();
      lab.limits.request = fault.delayMs ? 500 : lab.limits.request;
      lab.estate.faults.add({
        ...fault,
        // express answers JSON without its type for a string.
        headers: { 'content-type': 'application/json', ...fault.headers },
        path: '/github/api/graphql',
      });
      await eventually(async () => {
        for (const id of [repositories, teams]) {
          expect(await partition(id)).toMatchObject({ state: 'stale', reason });
        }
      });
      expect(await content()).toEqual(before);
    },
  );

  it('leaves GitHub alone while a secondary limit lasts', async () => {
    lab.estate.github.rateLimits.startSecondary({
      retryAfterSeconds: 1,
      times: 1,
    });
    await eventually(async () => {
      const sources = await lab.ingestion.status();
      const stale = sources
        .flatMap(one => one.partitions)
        .filter(one => one.reason === 'rate-limited');
      expect(stale).toHaveLength(1);
      expect(stale[0].message).toMatch(/left alone for 1 s/);
      expect(stale[0].nextAttemptAt! - stale[0].attemptedAt!).toBeGreaterThan(
        900,
      );
    });
  });

  it('holds an empty answer of Argo CD, then an honest one heals it', async () => {
    const before = await content();
    const fault = lab.estate.faults.add({
      path: '/argocd/argocd-prod/api/v1/projects',
      status: 200,
      body: { metadata: { resourceVersion: '1' }, items: null },
      times: 1,
    });
    await eventually(() =>
      expect(lab.estate.faults.list().find(one => one.id === fault)?.seen).toBe(
        1,
      ),
    );
    await allFresh();
    expect(await content()).toEqual(before);
  });

  it('writes nothing while nothing changes', async () => {
    const before = await content();
    const { confirmedAt } = await partition(repositories);
    await eventually(async () =>
      expect((await partition(repositories)).confirmedAt).toBeGreaterThan(
        confirmedAt! + 300,
      ),
    );
    expect(await content()).toEqual(before);
  });
});
