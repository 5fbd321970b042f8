import { GitCommit } from '../../world/GitRepository';
import { gitObjectsOf } from '../GitObjects';
import { HostedRepository, nodeId } from '../GitHubModel';
import { GitHubError } from '../http';
import { repositoryOf, RestRequest } from './handlers';
import { commitBody } from './shapes';
import { textField, writable } from './writes';

const baseOf = (
  { apiUrl, model }: RestRequest,
  { seed }: HostedRepository,
): string => `${apiUrl}/repos/${model.organization}/${seed.name}/git`;

/** `GET /repos/:owner/:repo/git/commits/:sha` */
export function getGitCommit(request: RestRequest) {
  const repository = repositoryOf(request);
  const { sha } = request.req.params;
  const commit = repository.git.resolve(sha);
  if (commit?.sha !== sha) {
    throw GitHubError.notFound();
  }
  return gitCommitBody(request, repository, commit);
}

/** `POST /repos/:owner/:repo/git/commits` */
export function createGitCommit(request: RestRequest) {
  const repository = writable(request);
  const { model, access, req } = request;
  const { git } = repository;
  const message = textField(req.body, 'message');
  const tree = gitObjectsOf(git).files(textField(req.body, 'tree'));
  if (!tree) {
    throw new GitHubError(422, 'Tree SHA does not exist');
  }
  const { parents } = req.body as { parents?: unknown };
  const parent = Array.isArray(parents)
    ? git.resolve(String(parents[0]))
    : undefined;
  if (!parent) {
    throw new GitHubError(
      422,
      'Parent SHA does not exist or is not a commit object',
    );
  }
  const commit = git.commitTree({
    parent: parent.sha,
    tree,
    message,
    author: model.world.author(access.login),
    date: model.world.now(),
  });
  return gitCommitBody(request, repository, commit);
}

function gitCommitBody(
  request: RestRequest,
  repository: HostedRepository,
  { sha, parent, message, author, date }: GitCommit,
) {
  const base = baseOf(request, repository);
  const tree = gitObjectsOf(repository.git).rootOf(sha);
  const { name, email } = author;
  const actor = { name, email, date: date.toISOString() };
  return {
    sha,
    node_id: nodeId('C', `${repository.seed.name}/${sha}`),
    url: `${base}/commits/${sha}`,
    html_url: `${request.model.repositoryUrl(repository.seed.name)}/commit/${sha}`,
    author: actor,
    committer: actor,
    message,
    tree: { sha: tree, url: `${base}/trees/${tree}` },
    parents: parent ? [{ sha: parent, url: `${base}/commits/${parent}` }] : [],
  };
}

/** `GET /repos/:owner/:repo/git/trees/*` */
export function getTree(request: RestRequest) {
  const repository = repositoryOf(request);
  const { recursive } = request.req.query;
  return treeBody(
    request,
    repository,
    request.req.params[0],
    // Any value counts, `0` and `false` too.
    recursive !== undefined,
  );
}

/** `POST /repos/:owner/:repo/git/trees` */
export function createTree(request: RestRequest) {
  const repository = writable(request);
  const objects = gitObjectsOf(repository.git);
  const { base_tree: base, tree: entries } = request.req.body as {
    base_tree?: unknown;
    tree?: unknown;
  };
  const before = base === undefined ? new Map() : objects.files(String(base));
  if (!before) {
    throw new GitHubError(422, 'base_tree is not a valid tree oid');
  }
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new GitHubError(422, 'Invalid tree info');
  }
  const files = new Map<string, string>(before);
  for (const entry of entries as Record<string, unknown>[]) {
    const path = textField(entry, 'path');
    if (path.split('/').some(step => ['', '.', '..', '.git'].includes(step))) {
      throw new GitHubError(
        422,
        'tree.path contains a malformed path component',
      );
    }
    if (entry.sha === null) {
      files.delete(path);
      continue;
    }
    const content =
      typeof entry.content === 'string'
        ? entry.content
        : objects.blob(String(entry.sha));
    if (content === undefined) {
      throw new GitHubError(422, 'tree.sha does not exist');
    }
    files.set(path, content);
  }
  return treeBody(request, repository, objects.keep(files), false);
}

function treeBody(
  request: RestRequest,
  repository: HostedRepository,
  id: string,
  recursive: boolean,
) {
  const found = gitObjectsOf(repository.git).entries(id, recursive);
  if (!found) {
    throw GitHubError.notFound();
  }
  const base = baseOf(request, repository);
  return {
    sha: found.sha,
    url: `${base}/trees/${found.sha}`,
    tree: found.entries.map(entry => ({
      ...entry,
      url: `${base}/${entry.type}s/${entry.sha}`,
    })),
    truncated: false,
  };
}

/** `GET /repos/:owner/:repo/git/blobs/:sha` */
export function getBlob(request: RestRequest) {
  const repository = repositoryOf(request);
  const { sha } = request.req.params;
  const content = gitObjectsOf(repository.git).blob(sha);
  if (content === undefined) {
    throw GitHubError.notFound();
  }
  return {
    sha,
    node_id: nodeId('B', `${repository.seed.name}/${sha}`),
    size: Buffer.byteLength(content),
    url: `${baseOf(request, repository)}/blobs/${sha}`,
    // In lines, as GitHub sends it.
    content: Buffer.from(content)
      .toString('base64')
      .replace(/(.{60})/g, '$1\n'),
    encoding: 'base64',
  };
}

/** `GET /repos/:owner/:repo/compare/:base...:head` */
export function compareCommits(request: RestRequest) {
  const repository = repositoryOf(request);
  const { model, apiUrl, req } = request;
  const { git } = repository;
  const [base, head] = req.params[0]
    .split('...')
    .map(revision => git.resolve(revision));
  const common = base && head && git.mergeBase(base.sha, head.sha);
  if (!base || !head || !common) {
    throw GitHubError.notFound();
  }
  const since = (revision: string) => {
    const log = git.log(revision);
    return log.slice(
      0,
      log.findIndex(({ sha }) => sha === common.sha),
    );
  };
  const ahead = since(head.sha);
  const behind = since(base.sha);
  const body = (commit: GitCommit) =>
    commitBody(model, repository, commit, apiUrl);
  return {
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    base_commit: body(base),
    merge_base_commit: body(common),
    commits: ahead.reverse().map(body),
  };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}
