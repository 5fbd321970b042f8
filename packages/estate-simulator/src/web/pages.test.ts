import {
  createEstateSimulator,
  EstateSimulator,
} from '../createEstateSimulator';
import { html } from './html';

describe('the pages of the estate', () => {
  let estate: EstateSimulator;
  beforeAll(async () => {
    estate = await createEstateSimulator();
  });
  afterAll(() => estate.close());

  const get = async (path: string) => {
    const response = await fetch(estate.urls.http + path);
    return {
      ...response,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
  };

  /** Follows every link of the estate from its first page. */
  async function crawl(wanted: (path: string) => boolean) {
    const seen = new Set(['/']);
    const broken: string[] = [];
    const queue = ['/'];
    for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
      const { status, text } = await get(from);
      if (status !== 200) {
        broken.push(`${status} ${from}`);
      }
      for (const [, href] of text.matchAll(/href="([^"]*)"/g)) {
        if (!seen.has(href) && wanted(href)) {
          seen.add(href);
          queue.push(href);
        }
      }
    }
    return { seen, broken };
  }

  it('lead from one to the other, and nowhere else', async () => {
    const others: string[] = [];
    const { seen, broken } = await crawl(href => {
      if (!href.startsWith('/') || href.startsWith('//')) {
        others.push(href);
        return false;
      }
      // Every kind of page of every repository; files and commits of one.
      return /^\/meridian\/[^/]+\/./.test(href)
        ? href.startsWith('/meridian/ledger/')
        : true;
    });
    expect(others).toEqual([]);
    expect(broken).toEqual([]);
    const count = (pattern: RegExp) =>
      [...seen].filter(path => pattern.test(path)).length;
    expect({
      repositories: count(/^\/meridian\/[^/]+$/),
      teams: count(/^\/orgs\/meridian\/teams\//),
      topics: count(/^\/topics\//) > 0,
      commits: count(/\/commit\//),
      folders: count(/\/tree\//) > 0,
      files: count(/\/blob\//) > 0,
      releases: count(/\/releases\/tag\//),
      applications: count(/^\/argocd\/[^/]+\/applications\//),
      projects: count(/^\/argocd\/[^/]+\/settings\/projects\//) > 0,
    }).toEqual({
      repositories: 30,
      teams: 9,
      topics: true,
      commits: 3,
      folders: true,
      files: true,
      releases: 1,
      applications: [...estate.world.argocd.values()].flatMap(controller =>
        controller.applications(),
      ).length,
      projects: true,
    });
  });

  it('say that the estate is made up, and run and load nothing', async () => {
    const { text, headers } = await get('/meridian/payment-api');
    expect(text).toContain('This is the simulated estate');
    expect(text).toContain('prefers-color-scheme: dark');
    expect(text).not.toMatch(/<script|<img|<iframe|\son\w+=/);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+';/,
    );
  });

  it('show what people wrote as text', async () => {
    const { sha } = estate.world.commit({
      repository: 'ledger',
      message: '<script>alert(1)</script> & "more"',
      changes: { 'a b/<i>.md': '</pre><script>alert(2)</script>' },
    });
    const commit = await get(`/meridian/ledger/commit/${sha}`);
    expect(commit.text).toContain(
      '<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</h1>',
    );
    const [, href] = /href="([^"]*\/blob\/[^"]*)"/.exec(commit.text)!;
    const file = await get(href);
    expect(file.status).toBe(200);
    expect(file.text).toContain('&lt;/pre&gt;&lt;script&gt;alert(2)');
    for (const { text } of [commit, file]) {
      expect(text).not.toContain('<script');
    }
    expect(String(html`<p>${['a', html`<b>${'<'}</b>`, undefined]}</p>`)).toBe(
      '<p>a<b>&lt;</b></p>',
    );
  });

  it('show a pull request and what became of it', async () => {
    const { github, world } = estate;
    world.commit({
      repository: 'ledger',
      branch: 'fix',
      message: 'Fix it',
      changes: { 'fix.txt': 'fixed' },
    });
    const pull = github.openPullRequest({
      repository: 'ledger',
      title: 'Fix the ledger',
      head: 'fix',
      base: 'main',
      author: 'ada-okafor',
    });
    const at = `/meridian/ledger/pull/${pull.number}`;
    expect((await get(at)).text).toMatch(/Fix the ledger[^]*open/);
    const { sha } = github.merge(pull, { by: 'ada-okafor' });
    expect((await get(at)).text).toContain(`/commit/${sha}`);
  });

  it.each([
    '/nobody',
    '/topics/none',
    '/orgs/meridian/teams/none',
    '/orgs/other',
    '/meridian/none',
    '/meridian/ledger/commit/0000000',
    '/meridian/ledger/blob/main/none',
    '/meridian/ledger/tree/none',
    '/meridian/ledger/commits/none',
    '/meridian/ledger/releases/tag/none',
    '/meridian/ledger/pull/99',
    '/meridian/ledger/settings',
    '/argocd/argocd-prod/applications/argocd/none',
    '/argocd/argocd-prod/applications/elsewhere/payment-api-production-eu',
    '/argocd/argocd-prod/settings/projects/none',
  ])('are missing in the same form: %s', async path => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toContain('<h1>No such page</h1>');
  });
});
