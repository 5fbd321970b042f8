import { ScmIntegrations } from '@backstage/integration';
import { ConfigReader } from '@backstage/config';
import type { SourceItem } from '@causeway/backstage-plugin-causeway-node';
import {
  createEstateSimulator,
  type EstateSimulator,
} from '@causeway/estate-simulator';
import type { ObservedRepositoryDelivery } from '../../observations/model';
import { patientLimits } from '../../__testUtils__/patientLimits';
import { GithubSource } from './GithubSource';

describe('what comes out of repositories', () => {
  let estate: EstateSimulator;
  let source: GithubSource;
  let now: number;

  beforeAll(async () => {
    estate = await createEstateSimulator();
  });

  beforeEach(() => {
    now = Date.now();
    source = new GithubSource({
      config: {
        kind: 'github',
        id: 'github',
        key: 'causeway.estate.sources.github[0]',
        title: 'meridian',
        host: 'github.com',
        organization: 'meridian',
        teams: true,
      },
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              {
                host: 'github.com',
                apiBaseUrl: estate.urls.github.api,
                token: estate.urls.github.token,
              },
            ],
          },
        }),
      ),
      limits: patientLimits(),
      now: () => now,
    });
  });

  afterEach(() => estate.faults.clear());

  afterAll(() => estate.close());

  /** Lists the deliveries; answers also with how often REST was asked. */
  async function list() {
    const partition = source
      .partitions()
      .find(({ kind }) => kind === 'deliveries')!;
    const counter = estate.faults.add({ path: '/github/api/v3/' });
    const items: SourceItem[] = [];
    let failure: unknown;
    let complete = false;
    try {
      const { signal } = new AbortController();
      for await (const page of source.list(partition, signal)) {
        if (page.type === 'items') {
          expect(page.unidentified).toBe(0);
          items.push(...page.items);
        }
        complete ||= page.type === 'complete';
      }
    } catch (error) {
      failure = error;
    }
    const rest = estate.faults.list().find(({ id }) => id === counter)!.seen;
    estate.faults.remove(counter);
    const of = (name: string) =>
      items.find(({ key }) => key === `meridian/${name}`)
        ?.data as ObservedRepositoryDelivery;
    return { items, of, rest, complete, failure };
  }

  it('tells environments, deployments, workflows and releases', async () => {
    const { items, of, complete } = await list();
    expect(complete).toBe(true);
    expect(items).toHaveLength(estate.world.repositories.size);
    expect(of('payment-api')).toEqual({
      organization: 'meridian',
      name: 'payment-api',
      defaultBranchProtected: true,
      environments: [
        {
          name: 'development',
          protection: { reviewers: 0, waitMinutes: 0, branches: 'any' },
          deployment: expect.objectContaining({ state: 'success' }),
        },
        {
          name: 'production',
          protection: { reviewers: 1, waitMinutes: 10, branches: 'protected' },
          deployment: {
            revision: expect.stringMatching(/^[0-9a-f]{40}$/),
            ref: 'main',
            state: 'success',
            createdAt: expect.any(String),
            creator: expect.any(String),
          },
        },
        {
          name: 'staging',
          protection: { reviewers: 0, waitMinutes: 0, branches: 'protected' },
          deployment: expect.objectContaining({ state: 'success' }),
        },
      ],
      workflows: [
        {
          name: 'ci',
          status: 'completed',
          conclusion: 'success',
          event: 'push',
          url: expect.stringContaining('/meridian/payment-api/actions/runs/'),
          startedAt: expect.any(String),
        },
      ],
      releases: [
        {
          tag: 'v2.14.3',
          name: 'v2.14.3',
          prerelease: false,
          publishedAt: expect.any(String),
          url: expect.stringContaining('/releases/tag/v2.14.3'),
        },
      ],
    });
    expect(of('payout-scheduler')).toMatchObject({
      workflows: [{ name: 'ci', conclusion: 'failure' }],
      environments: expect.arrayContaining([
        expect.objectContaining({
          name: 'production',
          deployment: expect.objectContaining({ state: 'failure' }),
        }),
      ]),
    });
    expect(of('customer-profile').workflows).toMatchObject([
      { status: 'in_progress', conclusion: undefined },
    ]);
    expect(of('engineering-handbook').workflows).toEqual([]);
    // GitHub hides classic rules from these credentials, not that there is none.
    expect(of('inventory').defaultBranchProtected).toBe(false);
  });

  it('asks REST of what has changed only, and again for nothing after an hour', async () => {
    const first = await list();
    expect(first.rest).toBeGreaterThan(20);
    expect((await list()).rest).toBe(0);

    estate.world.commit({
      repository: 'ledger',
      message: 'Round once',
      changes: { 'README.md': '# ledger\n' },
    });
    const third = await list();
    expect(third.rest).toBe(1);
    expect(third.of('ledger').workflows).toHaveLength(1);

    estate.github.deploy({
      repository: 'ledger',
      environment: 'production',
      state: 'FAILURE',
      login: 'ada-okafor',
    });
    const fourth = await list();
    expect(fourth.rest).toBe(0);
    expect(
      fourth
        .of('ledger')
        .environments?.find(({ name }) => name === 'production')?.deployment,
    ).toMatchObject({ state: 'failure', creator: 'ada-okafor' });

    now += 2 * 60 * 60_000;
    const used = () => source.rateLimit()!;
    const before = estate.github.rateLimits.take(
      estate.urls.github.token,
      'core',
      0,
    ).used;
    const later = await list();
    expect(later.rest).toBe(first.rest);
    expect(later.items).toEqual(fourth.items);
    // Answers that have not changed cost nothing.
    expect(
      estate.github.rateLimits.take(estate.urls.github.token, 'core', 0).used,
    ).toBe(before);
    expect(used()).toMatchObject({ limit: 5000 });
  });

  it('keeps what it is told where REST is refused, and says so', async () => {
    estate.faults.add({
      path: /\/environments/,
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    const { items, of, complete, failure } = await list();
    expect(complete).toBe(false);
    expect(failure).toMatchObject({
      reason: 'forbidden',
      message: expect.stringContaining('may not read environments'),
    });
    expect(items).toHaveLength(estate.world.repositories.size);
    expect(of('payment-api').environments).toMatchObject([
      { name: 'development', protection: undefined },
      { name: 'production', deployment: { state: 'success' } },
      { name: 'staging' },
    ]);
    expect(of('inventory').defaultBranchProtected).toBe(false);
  });

  it('stops at a secondary limit and leaves all of GitHub alone', async () => {
    estate.faults.add({
      path: '/github/api/v3/',
      status: 403,
      headers: { 'retry-after': '30' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    const limited = await list();
    expect(limited.failure).toMatchObject({
      reason: 'rate-limited',
      retryAfter: 30_000,
    });
    estate.faults.clear();
    const quiet = await list();
    expect(quiet.failure).toMatchObject({ reason: 'rate-limited' });
    expect(quiet.rest).toBe(0);
    now += 31_000;
    expect((await list()).complete).toBe(true);
  });

  it('costs a few points a page', async () => {
    const take = () =>
      estate.github.rateLimits.take(estate.urls.github.token, 'graphql', 0);
    const before = take().used;
    await list();
    // Two pages of at most 25.
    expect(take().used - before).toBeLessThanOrEqual(6);
  });
});
