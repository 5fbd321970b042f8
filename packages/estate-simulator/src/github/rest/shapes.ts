import { GitCommit } from '../../world/GitRepository';
import {
  databaseId,
  GitHubModel,
  HostedRepository,
  nodeId,
  PullRequest,
} from '../GitHubModel';

/** A user or organization as REST shows it in other objects. */
export function account(
  model: GitHubModel,
  login: string,
  type: 'User' | 'Organization' = 'User',
) {
  return {
    login,
    id: databaseId(`${type.toLocaleLowerCase('en-US')} ${login}`),
    node_id: nodeId(type === 'User' ? 'U' : 'O', login),
    avatar_url: model.avatarUrl(login),
    html_url: `${model.webUrl}/${login}`,
    type,
    site_admin: false,
  };
}

/** A repository in REST. */
export function repositoryBody(
  model: GitHubModel,
  { seed, git, createdAt }: HostedRepository,
  apiUrl: string,
) {
  const fullName = `${model.organization}/${seed.name}`;
  const head = git.resolve('HEAD')!;
  return {
    id: databaseId(`repository ${seed.name}`),
    node_id: nodeId('R', seed.name),
    name: seed.name,
    full_name: fullName,
    private: seed.visibility !== 'public',
    visibility: seed.visibility,
    owner: account(model, model.organization, 'Organization'),
    html_url: model.repositoryUrl(seed.name),
    clone_url: `${model.repositoryUrl(seed.name)}.git`,
    description: seed.description,
    fork: false,
    url: `${apiUrl}/repos/${fullName}`,
    // Backstage's reader follows these templates.
    archive_url: `${apiUrl}/repos/${fullName}/{archive_format}{/ref}`,
    branches_url: `${apiUrl}/repos/${fullName}/branches{/branch}`,
    commits_url: `${apiUrl}/repos/${fullName}/commits{/sha}`,
    contents_url: `${apiUrl}/repos/${fullName}/contents/{+path}`,
    trees_url: `${apiUrl}/repos/${fullName}/git/trees{/sha}`,
    homepage: null,
    language: seed.language ?? null,
    topics: seed.topics,
    archived: seed.archived ?? false,
    disabled: false,
    default_branch: git.defaultBranch,
    created_at: createdAt.toISOString(),
    pushed_at: head.date.toISOString(),
    updated_at: head.date.toISOString(),
    permissions: { admin: false, push: false, pull: true },
  };
}

/** A commit in REST. */
export function commitBody(
  model: GitHubModel,
  repository: HostedRepository,
  commit: GitCommit,
  apiUrl: string,
) {
  const actor = {
    name: commit.author.name,
    email: commit.author.email,
    date: commit.date.toISOString(),
  };
  const base = `${apiUrl}/repos/${model.organization}/${repository.seed.name}`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', `${repository.seed.name}/${commit.sha}`),
    html_url: `${model.repositoryUrl(repository.seed.name)}/commit/${commit.sha}`,
    url: `${base}/commits/${commit.sha}`,
    commit: {
      message: commit.message,
      author: actor,
      committer: actor,
      tree: { sha: commit.sha, url: `${base}/git/trees/${commit.sha}` },
    },
    author: commit.author.login ? account(model, commit.author.login) : null,
    parents: commit.parent
      ? [{ sha: commit.parent, url: `${base}/commits/${commit.parent}` }]
      : [],
  };
}

/** A pull request in REST. */
export function pullRequestBody(
  model: GitHubModel,
  repository: HostedRepository,
  pull: PullRequest,
) {
  const time = (date: Date | undefined) => date?.toISOString() ?? null;
  const { name } = repository.seed;
  const end = (ref: string, sha: string | undefined) => ({
    ref,
    sha,
    label: `${model.organization}:${ref}`,
    repo: { name, full_name: `${model.organization}/${name}` },
  });
  return {
    id: databaseId(`pull request ${name}#${pull.number}`),
    node_id: nodeId('PR', `${name}#${pull.number}`),
    number: pull.number,
    state: pull.closedAt ? 'closed' : 'open',
    draft: pull.draft,
    merged: pull.mergedAt !== undefined,
    mergeable: pull.closedAt ? null : model.mergeable(pull),
    title: pull.title,
    body: pull.body,
    user: account(model, pull.author),
    html_url: `${model.repositoryUrl(name)}/pull/${pull.number}`,
    head: end(pull.head, model.headOf(pull)),
    base: end(pull.base, repository.git.branches.get(pull.base)),
    created_at: time(pull.createdAt),
    updated_at: time(pull.updatedAt),
    closed_at: time(pull.closedAt),
    merged_at: time(pull.mergedAt),
    merge_commit_sha: pull.mergeSha ?? null,
  };
}
