import { graphql } from '@octokit/graphql';
import {
  createEstateSimulator,
  EstateSimulator,
} from '../createEstateSimulator';

describe('the GitHub APIs', () => {
  let estate: EstateSimulator;
  beforeAll(async () => {
    estate = await createEstateSimulator();
  }, 60_000);
  afterEach(() => estate.github.rateLimits.restore());
  afterAll(() => estate.close());

  async function post(
    query: string,
    options: { variables?: object; token?: string } = {},
  ) {
    const { graphql: url, token } = estate.urls.github;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `bearer ${options.token ?? token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query, variables: options.variables }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await response.json(),
    };
  }

  async function rest(
    path: string,
    options: {
      method?: string;
      body?: object;
      token?: string;
      headers?: Record<string, string>;
    } = {},
  ) {
    const { api, token, writeToken } = estate.urls.github;
    const method = options.method ?? 'GET';
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `token ${options.token ?? (method === 'GET' ? token : writeToken)}`,
        'content-type': 'application/json',
        ...options.headers,
      },
      body: options.body && JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body:
        text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  }

  it('gives a bulk query of repositories page by page', async () => {
    const { api, token } = estate.urls.github;
    const client = graphql.defaults({
      baseUrl: api,
      headers: { authorization: `token ${token}` },
    });
    interface Page {
      organization: {
        repositories: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: Record<string, any>[];
        };
      };
      rateLimit: { cost: number };
    }
    const nodes: Record<string, any>[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page: Page = await client<Page>(
        `query ($after: String) {
          rateLimit { cost remaining limit resetAt used nodeCount }
          organization(login: "meridian") {
            repositories(first: 12, after: $after, orderBy: { field: NAME, direction: ASC }) {
              totalCount
              pageInfo { hasNextPage endCursor }
              nodes {
                id name nameWithOwner url description homepageUrl visibility
                isArchived isPrivate isFork isTemplate isEmpty pushedAt updatedAt createdAt
                primaryLanguage { name }
                languages(first: 5, orderBy: { field: SIZE, direction: DESC }) { edges { size node { name } } }
                repositoryTopics(first: 20) { nodes { topic { name } } }
                latestRelease { tagName name publishedAt url }
                defaultBranchRef {
                  name
                  target {
                    ... on Commit {
                      oid committedDate messageHeadline
                      author { name email user { login } }
                      statusCheckRollup { state }
                      history(first: 1) { totalCount nodes { oid } }
                    }
                  }
                }
                root: object(expression: "HEAD:CODEOWNERS") { ...file }
                hidden: object(expression: "HEAD:.github/CODEOWNERS") { ...file }
                docs: object(expression: "HEAD:docs/CODEOWNERS") { ...file }
                catalogInfo: object(expression: "HEAD:catalog-info.yaml") { ...file }
                agents: object(expression: "HEAD:AGENTS.md") { ...file }
                pullRequests(first: 1, states: OPEN) { totalCount }
                deployments(first: 1) { totalCount }
                environments(first: 5) { nodes { name } }
                branchProtectionRules(first: 5) { nodes { pattern requiresApprovingReviews } }
              }
            }
          }
        }
        fragment file on Blob { text byteSize isTruncated isBinary }`,
        { after },
      );
      const { repositories } = page.organization;
      expect(repositories.totalCount).toBe(30);
      nodes.push(...repositories.nodes);
      after = repositories.pageInfo.hasNextPage
        ? repositories.pageInfo.endCursor
        : undefined;
      pages++;
    } while (after);

    expect(pages).toBe(3);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(30);
    const byName = new Map(nodes.map(node => [node.name, node]));
    expect(byName.get('payment-api')).toMatchObject({
      nameWithOwner: 'meridian/payment-api',
      isArchived: false,
      primaryLanguage: { name: 'Go' },
      root: { text: expect.stringContaining('*  @meridian/payments') },
      agents: { isTruncated: false },
      catalogInfo: { text: expect.stringContaining('kind: Component') },
      defaultBranchRef: {
        name: 'main',
        target: { statusCheckRollup: { state: 'SUCCESS' } },
      },
    });
    expect(byName.get('card-processor')).toMatchObject({
      isArchived: true,
      repositoryTopics: {
        nodes: expect.arrayContaining([{ topic: { name: 'deprecated' } }]),
      },
    });
    expect(byName.get('interest-calculator')?.defaultBranchRef.name).toBe(
      'master',
    );
    expect(
      nodes
        .filter(({ root, hidden, docs }) => !root && !hidden && !docs)
        .map(({ name }) => name),
    ).toEqual(['inventory']);
  });

  it('tells members of a team from those of the teams below', async () => {
    const { body } = await post(
      `{ organization(login: "meridian") {
        membersWithRole(first: 100) { totalCount edges { role node { login name email avatarUrl } } }
        team(slug: "banking") {
          parentTeam { slug }
          childTeams(first: 10) { nodes { slug } }
          all: members(first: 100) { totalCount }
          immediate: members(first: 100, membership: IMMEDIATE) { nodes { login } edges { role } }
          repositories(first: 100) { totalCount edges { permission } }
        }
      } }`,
    );
    expect(body.errors).toBeUndefined();
    const { team, membersWithRole } = body.data.organization;
    expect(membersWithRole.totalCount).toBe(28);
    expect(team).toMatchObject({
      parentTeam: { slug: 'engineering' },
      childTeams: { nodes: [{ slug: 'core-banking' }, { slug: 'payments' }] },
      immediate: { nodes: [{ login: 'henrik-lund' }] },
      all: { totalCount: 10 },
    });
    const picture = await fetch(membersWithRole.edges[0].node.avatarUrl);
    expect(picture.headers.get('content-type')).toContain('image/svg+xml');
  });

  it('answers wrong queries in GitHub’s words', async () => {
    const first = async (query: string) => (await post(query)).body.errors[0];
    const repositories = (args: string) =>
      first(
        `{ organization(login: "meridian") { repositories${args} { totalCount } } }`,
      );
    expect(await repositories('')).toMatchObject({
      type: 'MISSING_PAGINATION_BOUNDARIES',
      path: ['organization', 'repositories'],
    });
    expect(await repositories('(first: 101)')).toMatchObject({
      type: 'EXCESSIVE_PAGINATION',
      message:
        'Requesting 101 records on the `repositories` connection exceeds the `first` limit of 100 records.',
    });
    expect(await repositories('(first: 1, after: "nonsense")')).toMatchObject({
      type: 'INVALID_CURSOR_ARGUMENTS',
    });
    expect(
      await first('{ organization(login: "nobody") { id } }'),
    ).toMatchObject({
      type: 'NOT_FOUND',
      message:
        "Could not resolve to an Organization with the login of 'nobody'.",
    });
    expect(
      await first('{ repository(owner: "meridian", name: "none") { id } }'),
    ).toMatchObject({ type: 'NOT_FOUND' });
    expect(
      await first(
        `{ organization(login: "meridian") { repositories(first: 100) { nodes {
          pullRequests(first: 100) { nodes { title repository { refs(first: 100, refPrefix: "refs/heads/") { totalCount } } } } } } } }`,
      ),
    ).toMatchObject({ type: 'MAX_NODE_LIMIT_EXCEEDED' });
    expect(await first('{ organization(login: 3) { id } }')).toMatchObject({
      message: expect.stringContaining('String cannot represent'),
    });
    expect(await first('{ organisational }')).toMatchObject({
      message: expect.stringContaining(
        'Cannot query field "organisational" on type "Query".',
      ),
    });
    // What the simulator does not know it does not call null.
    expect(
      await first(
        '{ repository(owner: "meridian", name: "ledger") { deployKeys(first: 1) { totalCount } } }',
      ),
    ).toMatchObject({
      message: expect.stringContaining('does not model Repository.deployKeys'),
    });
  });

  it('charges by what a query may fetch', async () => {
    const { body, headers } = await post(
      `{ rateLimit { cost nodeCount limit }
         organization(login: "meridian") { repositories(first: 100) { nodes { languages(first: 5) { totalCount } repositoryTopics(first: 5) { totalCount } } } } }`,
    );
    // One request for the repositories, one each for two lists of a hundred.
    expect(body.data.rateLimit).toEqual({
      cost: 2,
      nodeCount: 1_100,
      limit: 5_000,
    });
    expect(headers.get('x-ratelimit-resource')).toBe('graphql');
    expect(headers.get('x-ratelimit-used')).toBe('2');
    expect(headers.get('x-ratelimit-remaining')).toBe('4998');
  });

  it('keeps its limits on demand', async () => {
    const { token } = estate.urls.github;
    const { rateLimits } = estate.github;
    rateLimits.exhaust(token, 'graphql');
    const exhausted = await post('{ viewer { login } }');
    expect(exhausted.status).toBe(200);
    expect(exhausted.body.errors[0].type).toBe('RATE_LIMITED');
    expect(exhausted.headers.get('x-ratelimit-remaining')).toBe('0');

    rateLimits.exhaust(token, 'core');
    const core = await rest('/orgs/meridian');
    expect(core).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('API rate limit exceeded') },
    });
    rateLimits.restore();

    rateLimits.startSecondary({ retryAfterSeconds: 60, times: 1 });
    const secondary = await post('{ viewer { login } }');
    expect(secondary.status).toBe(403);
    expect(secondary.headers.get('retry-after')).toBe('60');
    expect(secondary.body.message).toContain('secondary rate limit');
    expect((await post('{ viewer { login } }')).body.data.viewer.login).toBe(
      'meridian-portal',
    );
  });

  it('lets nobody in without a token, and outsiders see public things only', async () => {
    const { outsiderToken, graphql: url } = estate.urls.github;
    const anonymous = await fetch(url, { method: 'POST' });
    expect(anonymous.status).toBe(401);
    expect(
      await post('{ viewer { login } }', { token: 'wrong' }),
    ).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    const seen = await post(
      '{ organization(login: "meridian") { repositories(first: 50) { nodes { name } } teams(first: 5) { totalCount } } }',
      { token: outsiderToken },
    );
    expect(seen.body.data.organization).toEqual({
      repositories: {
        nodes: [{ name: 'design-system' }, { name: 'feature-flags' }],
      },
      teams: { totalCount: 0 },
    });
    expect(
      await rest('/repos/meridian/ledger', { token: outsiderToken }),
    ).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  });

  it('serves lists by pages, and unchanged answers for free', async () => {
    const page = await rest('/orgs/meridian/repos?per_page=10&page=2');
    expect(page.body).toHaveLength(10);
    expect(page.headers.get('link')).toMatch(
      /page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/,
    );
    const tag = page.headers.get('etag')!;
    const used = () =>
      estate.github.rateLimits.take(estate.urls.github.token, 'core', 0).used;
    const before = used();
    const again = await rest('/orgs/meridian/repos?per_page=10&page=2', {
      headers: { 'if-none-match': tag },
    });
    expect(again.status).toBe(304);
    expect(used()).toBe(before);
  });

  it('serves files as Backstage reads them', async () => {
    const path = '/repos/meridian/ledger/contents/catalog-info.yaml?ref=main';
    const file = await rest(path);
    expect(Buffer.from(file.body.content, 'base64').toString('utf8')).toContain(
      'name: ledger',
    );
    const raw = await rest(path, {
      headers: { accept: 'application/vnd.github.v3.raw' },
    });
    expect(raw.body).toContain('kind: Component');
    const { raw: rawUrl, token } = estate.urls.github;
    for (const url of [
      `${rawUrl}/meridian/ledger/main/catalog-info.yaml`,
      `${estate.urls.http}/meridian/ledger/raw/main/catalog-info.yaml`,
    ]) {
      const response = await fetch(url, {
        headers: { authorization: `token ${token}` },
      });
      expect(await response.text()).toContain('name: ledger');
      expect((await fetch(url)).status).toBe(404);
    }
    expect(
      (await rest('/repos/meridian/ledger/contents/src')).body,
    ).toMatchObject([{ type: 'dir', name: 'main' }]);
    expect((await rest('/repos/meridian/ledger/contents/none')).status).toBe(
      404,
    );
  });

  it('answers what else Causeway asks for', async () => {
    expect((await rest('/orgs/meridian')).body.name).toBe('Meridian');
    expect((await rest('/orgs/meridian/teams')).body).toHaveLength(9);
    expect(
      (await rest('/orgs/meridian/teams/payments/members')).body,
    ).toHaveLength(5);
    expect((await rest('/repos/meridian/ledger')).body).toMatchObject({
      default_branch: 'main',
      topics: ['service', 'core-banking', 'critical'],
    });
    expect((await rest('/repos/meridian/ledger/rulesets')).body).toHaveLength(
      1,
    );
    expect(
      (await rest('/repos/meridian/payout-scheduler/actions/runs')).body,
    ).toMatchObject({
      total_count: 1,
      workflow_runs: [{ status: 'completed', conclusion: 'failure' }],
    });
    expect(
      (await rest('/repos/meridian/ledger/commits?per_page=1')).body[0].commit
        .message,
    ).toBe('Tell how to get help');
    expect((await rest('/rate_limit')).body.resources.core.limit).toBe(5_000);
  });

  it('takes a change by branch, pull request and merge, which Argo CD then deploys', async () => {
    const repository = '/repos/meridian/deployments';
    const path = 'apps/ledger/production-eu/deployment-ledger.yaml';
    const head = await rest(`${repository}/git/ref/heads/main`);
    expect(
      await rest(`${repository}/git/refs`, {
        method: 'POST',
        token: estate.urls.github.token,
        body: { ref: 'refs/heads/nope', sha: head.body.object.sha },
      }),
    ).toMatchObject({ status: 403 });
    const branch = await rest(`${repository}/git/refs`, {
      method: 'POST',
      body: { ref: 'refs/heads/causeway/1', sha: head.body.object.sha },
    });
    expect(branch.status).toBe(201);

    const file = await rest(`${repository}/contents/${path}`);
    const changed = Buffer.from(file.body.content, 'base64')
      .toString('utf8')
      .replace('ledger:7.3.1', 'ledger:7.3.2');
    const put = (sha: string) =>
      rest(`${repository}/contents/${path}`, {
        method: 'PUT',
        body: {
          message: 'Release ledger 7.3.2',
          branch: 'causeway/1',
          content: Buffer.from(changed).toString('base64'),
          sha,
        },
      });
    expect((await put('0000')).status).toBe(409);
    expect((await put(file.body.sha)).status).toBe(201);

    const controller = estate.world.argocdOf('production-eu');
    const application = () =>
      controller.application('ledger-production-eu')!.status as {
        sync: { status: string };
      };
    const pull = await rest(`${repository}/pulls`, {
      method: 'POST',
      body: { title: 'Ledger 7.3.2', head: 'causeway/1', base: 'main' },
    });
    expect(pull).toMatchObject({
      status: 201,
      body: { number: 1, state: 'open', mergeable: true },
    });
    expect(application().sync.status).toBe('Synced');
    expect(
      await rest(`${repository}/pulls/1/merge`, {
        method: 'PUT',
        body: { sha: head.body.object.sha },
      }),
    ).toMatchObject({ status: 409 });
    const merged = await rest(`${repository}/pulls/1/merge`, {
      method: 'PUT',
      body: { sha: pull.body.head.sha },
    });
    expect(merged.body).toMatchObject({ merged: true });
    expect((await rest(`${repository}/pulls/1`)).body).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merged.body.sha,
    });
    expect(
      await rest(`${repository}/pulls/1/merge`, { method: 'PUT', body: {} }),
    ).toMatchObject({ status: 405 });

    // Manual sync: the merge alone leaves it behind.
    expect(application().sync.status).toBe('OutOfSync');
    controller.sync('ledger-production-eu', {
      initiatedBy: { username: 'test' },
    });
    expect(application().sync.status).toBe('Synced');
    expect(
      JSON.stringify(
        estate.world
          .cluster('production-eu')
          .get('deployments.apps', 'ledger', 'core-banking')?.spec,
      ),
    ).toContain('ledger:7.3.2');
  });

  it('refuses changes that do not fit', async () => {
    const { git } = estate.github.repository('meridian', 'deployments')!;
    const author = estate.world.author('ada-okafor');
    const change = (branch: string | undefined, text: string) =>
      git.commit({
        branch,
        author,
        message: text,
        date: estate.world.now(),
        changes: { 'notes.md': text },
      });
    change('theirs', 'theirs');
    const pull = estate.github.openPullRequest({
      repository: 'deployments',
      title: 'Notes',
      head: 'theirs',
      base: 'main',
      author: 'ada-okafor',
    });
    change(undefined, 'ours');
    expect(
      await rest(`/repos/meridian/deployments/pulls/${pull.number}/merge`, {
        method: 'PUT',
        body: {},
      }),
    ).toMatchObject({ status: 405 });
    const old = git.log().at(-1)!.sha;
    expect(
      await rest('/repos/meridian/deployments/git/refs/heads/theirs', {
        method: 'PATCH',
        body: { sha: old },
      }),
    ).toMatchObject({ status: 422 });
    expect(
      await rest('/repos/meridian/card-processor/git/refs', {
        method: 'POST',
        body: { ref: 'refs/heads/x', sha: old },
      }),
    ).toMatchObject({ status: 403 });
  });

  it('takes a change as Git objects, which nothing shows before a branch points to them', async () => {
    const repository = '/repos/meridian/deployments';
    const path = 'apps/ledger/production-us/deployment-ledger.yaml';
    const { git } = estate.github.repository('meridian', 'deployments')!;
    const head = git.branches.get('main')!;
    const commit = await rest(`${repository}/git/commits/${head}`);
    const root = commit.body.tree.sha;
    expect(root).not.toBe(head);

    // Folder by folder, or all at once: the same ids.
    let sha = root;
    for (const step of path.split('/')) {
      const { body } = await rest(`${repository}/git/trees/${sha}`);
      sha = body.tree.find(
        (entry: { path: string; sha: string }) => entry.path === step,
      ).sha;
    }
    const all = await rest(`${repository}/git/trees/main?recursive=1`);
    expect(all.body).toMatchObject({ sha: root, truncated: false });
    expect(
      all.body.tree.find((entry: { path: string }) => entry.path === path),
    ).toMatchObject({ sha, mode: '100644', type: 'blob' });
    const blob = await rest(`${repository}/git/blobs/${sha}`);
    const text = Buffer.from(blob.body.content, 'base64').toString('utf8');
    expect(text).toBe(git.tree(head).get(path));

    const send = (what: string, body: object, token?: string) =>
      rest(`${repository}/git/${what}`, { method: 'POST', body, token });
    const change = {
      base_tree: root,
      tree: [{ path, mode: '100644', type: 'blob', content: `${text}# \n` }],
    };
    expect(await send('trees', change, estate.urls.github.token)).toMatchObject(
      { status: 403 },
    );
    expect(
      await send('trees', {
        tree: [{ ...change.tree[0], path: '../out.yaml' }],
      }),
    ).toMatchObject({ status: 422 });
    const tree = await send('trees', change);
    expect(tree.status).toBe(201);
    expect(
      await send('commits', { message: 'x', tree: root, parents: ['0'] }),
    ).toMatchObject({ status: 422 });
    const made = await send('commits', {
      message: 'A remark',
      tree: tree.body.sha,
      parents: [head],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { tree: { sha: tree.body.sha }, parents: [{ sha: head }] },
    });
    expect(git.branches.get('main')).toBe(head);
    expect(
      await rest(`${repository}/compare/main...${made.body.sha}`),
    ).toMatchObject({ body: { status: 'ahead', ahead_by: 1, behind_by: 0 } });

    await send('refs', { ref: 'refs/heads/remark', sha: made.body.sha });
    const open = () =>
      rest(`${repository}/pulls`, {
        method: 'POST',
        body: { title: 'A remark', head: 'remark', base: 'main' },
      });
    const pull = await open();
    expect(pull.status).toBe(201);
    expect(await open()).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [
          {
            resource: 'PullRequest',
            message: 'A pull request already exists for meridian:remark.',
          },
        ],
      },
    });
    expect(
      await rest(`${repository}/pulls/${pull.body.number}`, {
        method: 'PATCH',
        body: { state: 'closed' },
      }),
    ).toMatchObject({ body: { state: 'closed', merged: false } });
    await rest(`${repository}/git/refs/heads/remark`, { method: 'DELETE' });
  });
});
