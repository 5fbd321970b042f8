import { GitHubModel, HostedRepository } from '../github/GitHubModel';
import { splitRef } from '../github/rest/contents';
import { GitCommit } from '../world/GitRepository';
import { Html, html, path } from './html';
import { Page } from './page';
import { facts, link, table, time } from './parts';

// Enough to see what happens; a page is no place for a whole history.
const SHOWN_COMMITS = 20;

/** One repository, as pages. */
export class RepositoryView {
  readonly #model: GitHubModel;
  readonly #repository: HostedRepository;

  constructor(model: GitHubModel, repository: HostedRepository) {
    this.#model = model;
    this.#repository = repository;
  }

  overview(): Page {
    const { seed, git } = this.#repository;
    const { organization } = this.#model;
    const readme = git.tree().get('README.md');
    return {
      title: `${organization}/${seed.name}`,
      trail: [[organization, path(organization)]],
      body: html`${facts([
          ['Description', seed.description],
          [
            'Team',
            link(path('orgs', organization, 'teams', seed.team), seed.team),
          ],
          ['Visibility', seed.archived ? 'archived' : seed.visibility],
          ['Language', seed.language],
          [
            'Topics',
            html`${seed.topics.map(
              topic => html`${link(path('topics', topic), topic)} `,
            )}`,
          ],
          [
            'Release',
            seed.release &&
              link(this.#path('releases', 'tag', seed.release), seed.release),
          ],
        ])}
        ${this.#files(git.defaultBranch, '')}
        ${this.#history('Last commits', git.log().slice(0, 5))}
        <p>${link(this.#path('commits', git.defaultBranch), 'More commits')}</p>
        ${
          readme &&
          html`<h2>README.md</h2>
            <pre>${readme}</pre>`
        }`,
    };
  }

  /** A file or a folder, at `<revision>/<path>`. */
  content(at: string): Page | undefined {
    const { git } = this.#repository;
    const { ref, path: name } = splitRef(
      this.#repository,
      at.replace(/\/$/, ''),
    );
    const commit = git.resolve(ref);
    if (!commit) {
      return undefined;
    }
    const text = git.tree(commit.sha).get(name);
    const files = text === undefined ? this.#files(ref, name) : undefined;
    if (text === undefined && !files) {
      return undefined;
    }
    return {
      title: name || ref,
      trail: this.#trail,
      body: html`<p class="quiet">
          At ${link(this.#path('commit', commit.sha), ref)}
        </p>
        ${files ?? html`<pre>${text}</pre>`}
        ${this.#history(
          'Commits',
          git.log(commit.sha, name || undefined).slice(0, 5),
        )}`,
    };
  }

  commits(revision: string): Page | undefined {
    const log = this.#repository.git.log(revision);
    return log.length === 0
      ? undefined
      : {
          title: `Commits of ${revision}`,
          trail: this.#trail,
          body: this.#history('Newest first', log.slice(0, SHOWN_COMMITS)),
        };
  }

  commit(revision: string): Page | undefined {
    const { git } = this.#repository;
    const commit = git.resolve(revision);
    if (!commit) {
      return undefined;
    }
    const tree = git.tree(commit.sha);
    const [headline, ...rest] = commit.message.split('\n');
    const more = rest.join('\n').trim();
    return {
      title: headline,
      trail: this.#trail,
      body: html`${more && html`<pre>${more}</pre>`}
      ${facts([
        ['Commit', html`<code>${commit.sha}</code>`],
        [
          'Parent',
          commit.parent &&
            link(this.#path('commit', commit.parent), commit.parent),
        ],
        ['Author', this.#author(commit)],
        ['Time', time(commit.date)],
      ])}
      ${table(
        'Changed files',
        ['Path'],
        commit.paths.map(name => [
          tree.has(name)
            ? link(this.#path('blob', commit.sha, name), name)
            : html`<del>${name}</del>`,
        ]),
      )}`,
    };
  }

  /** The repository's release, which has one tag. */
  release(tag?: string): Page | undefined {
    const { seed, git } = this.#repository;
    if (!seed.release || (tag !== undefined && tag !== seed.release)) {
      return undefined;
    }
    const commit = git.resolve('HEAD')!;
    return {
      title: `Release ${seed.release}`,
      trail: this.#trail,
      body: facts([
        ['Commit', link(this.#path('commit', commit.sha), commit.sha)],
        ['Time', time(commit.date)],
      ]),
    };
  }

  pull(number: number): Page | undefined {
    const pull = this.#model
      .pullRequests(this.#repository.seed.name)
      .find(one => one.number === number);
    return (
      pull && {
        title: `${pull.title} (#${pull.number})`,
        trail: this.#trail,
        body: html`${facts([
          [
            'State',
            // eslint-disable-next-line no-nested-ternary -- three states, three words
            pull.mergedAt ? 'merged' : pull.closedAt ? 'closed' : 'open',
          ],
          ['Author', pull.author],
          ['From', pull.head],
          ['Into', pull.base],
          ['Opened', time(pull.createdAt)],
          [
            'Merged as',
            pull.mergeSha &&
              link(this.#path('commit', pull.mergeSha), pull.mergeSha),
          ],
        ])}
        ${pull.body && html`<pre>${pull.body}</pre>`}`,
      }
    );
  }

  get #trail(): Page['trail'] {
    const { organization } = this.#model;
    return [
      [organization, path(organization)],
      [this.#repository.seed.name, this.#path()],
    ];
  }

  #path(...below: string[]): string {
    return path(this.#model.organization, this.#repository.seed.name, ...below);
  }

  #author({ author }: GitCommit): Html | string {
    return author.login ? link(path(author.login), author.name) : author.name;
  }

  #history(heading: string, commits: GitCommit[]): Html {
    return table(
      heading,
      ['Message', 'Author', 'Time'],
      commits.map(commit => [
        link(this.#path('commit', commit.sha), commit.message.split('\n')[0]),
        this.#author(commit),
        time(commit.date),
      ]),
    );
  }

  /** The entries of a folder; none where there is no such folder. */
  #files(revision: string, folder: string): Html | undefined {
    const prefix = folder ? `${folder}/` : '';
    const tree = this.#repository.git.tree(revision);
    const names = new Set(
      [...tree.keys()]
        .filter(name => name.startsWith(prefix))
        .map(name => name.slice(prefix.length).split('/')[0]),
    );
    return names.size === 0
      ? undefined
      : table(
          'Files',
          ['Name'],
          [...names].sort().map(name => {
            const isFile = tree.has(prefix + name);
            return [
              link(
                this.#path(isFile ? 'blob' : 'tree', revision, prefix + name),
                isFile ? name : `${name}/`,
              ),
            ];
          }),
        );
  }
}
