import { createHash } from 'node:crypto';
import { blobSha, GitCommit } from '../../world/GitRepository';
import { connection, ConnectionArguments } from '../connection';
import { runNumber } from '../delivery';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import { GraphContext } from './GraphContext';
import { repositoryNode } from './repositoryNode';
import { userNode } from './userNode';

// GitHub cuts the text of larger blobs.
const TEXT_LIMIT_BYTES = 512 * 1024;

/** `Commit` in GraphQL. */
export function commitNode(
  context: GraphContext,
  repository: HostedRepository,
  commit: GitCommit,
): object {
  const { model } = context;
  const { git, seed } = repository;
  const url = `${model.repositoryUrl(seed.name)}/commit/${commit.sha}`;
  const person = model
    .people()
    .find(({ login }) => login === commit.author.login);
  const actor = {
    __typename: 'GitActor',
    name: commit.author.name,
    email: commit.author.email,
    date: commit.date.toISOString(),
    avatarUrl: model.avatarUrl(commit.author.login ?? 'ghost'),
    user: () => (person ? userNode(model, person) : null),
  };
  const [headline, ...body] = commit.message.split('\n');
  return {
    __typename: 'Commit',
    id: nodeId('C', `${seed.name}/${commit.sha}`),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: body.join('\n').trim(),
    committedDate: commit.date.toISOString(),
    authoredDate: commit.date.toISOString(),
    pushedDate: null,
    url,
    commitUrl: url,
    author: actor,
    committer: actor,
    committedViaWeb: false,
    changedFilesIfAvailable: commit.paths.length,
    repository: () => repositoryNode(context, repository),
    parents: (args: ConnectionArguments) =>
      connection(
        'parents',
        git.log(commit.sha).slice(1, 2),
        args,
        undefined,
        one => commitNode(context, repository, one),
      ),
    history: (
      args: ConnectionArguments & {
        path?: string | null;
        since?: string | null;
        until?: string | null;
      },
    ) =>
      connection(
        'history',
        git
          .log(commit.sha, args.path ?? undefined)
          .filter(
            ({ date }) =>
              (!args.since || date >= new Date(args.since)) &&
              (!args.until || date <= new Date(args.until)),
          ),
        args,
        undefined,
        one => commitNode(context, repository, one),
      ),
    statusCheckRollup: model.workflow(repository)
      ? {
          __typename: 'StatusCheckRollup',
          id: nodeId('SCR', commit.sha),
          state: model.workflow(repository),
        }
      : null,
    checkSuites: (args: ConnectionArguments) =>
      connection(
        'checkSuites',
        workflowSuites(context, repository, commit),
        args,
      ),
    tree: () => treeNode(context, repository, commit, ''),
    file: ({ path }: { path: string }) => {
      const content = git.tree(commit.sha).get(path);
      return content === undefined
        ? null
        : entryNode(context, repository, commit, path);
    },
  };
}

// Only the head of the default branch has run.
function workflowSuites(
  { model }: GraphContext,
  repository: HostedRepository,
  commit: GitCommit,
): object[] {
  const { git, seed } = repository;
  const state = model.workflow(repository);
  if (!state || git.resolve('HEAD')?.sha !== commit.sha) {
    return [];
  }
  const completed = state !== 'PENDING';
  const runUrl = `${model.repositoryUrl(seed.name)}/actions/runs/${databaseId(`run ${commit.sha}`)}`;
  return [
    {
      __typename: 'CheckSuite',
      id: nodeId('CS', commit.sha),
      status: completed ? 'COMPLETED' : 'IN_PROGRESS',
      conclusion: completed ? state : null,
      branch: {
        __typename: 'Ref',
        id: nodeId('REF', `${seed.name}/${git.defaultBranch}`),
        name: git.defaultBranch,
        prefix: 'refs/heads/',
      },
      createdAt: commit.date.toISOString(),
      updatedAt: commit.date.toISOString(),
      workflowRun: {
        __typename: 'WorkflowRun',
        id: nodeId('WFR', commit.sha),
        databaseId: databaseId(`run ${commit.sha}`),
        event: 'push',
        runNumber: runNumber(seed.name),
        url: runUrl,
        createdAt: commit.date.toISOString(),
        updatedAt: commit.date.toISOString(),
        workflow: {
          __typename: 'Workflow',
          id: nodeId('W', seed.name),
          databaseId: databaseId(`workflow ${seed.name}`),
          name: 'ci',
          state: 'ACTIVE',
        },
      },
    },
  ];
}

/** `Blob` in GraphQL. */
export function blobNode(
  context: GraphContext,
  repository: HostedRepository,
  content: string,
): object {
  const size = Buffer.byteLength(content);
  const oid = blobSha(content);
  return {
    __typename: 'Blob',
    id: nodeId('B', `${repository.seed.name}/${oid}`),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    byteSize: size,
    isBinary: content.includes('\0'),
    isTruncated: size > TEXT_LIMIT_BYTES,
    text: content.includes('\0')
      ? null
      : Buffer.from(content).subarray(0, TEXT_LIMIT_BYTES).toString('utf8'),
    repository: () => repositoryNode(context, repository),
  };
}

/** `Tree` in GraphQL: the entries of a folder. */
export function treeNode(
  context: GraphContext,
  repository: HostedRepository,
  commit: GitCommit,
  folder: string,
): object {
  const prefix = folder ? `${folder}/` : '';
  const names = new Set(
    [...repository.git.tree(commit.sha).keys()]
      .filter(path => path.startsWith(prefix))
      .map(path => path.slice(prefix.length).split('/')[0]),
  );
  const oid = createHash('sha1')
    .update(`tree ${repository.seed.name} ${commit.sha} ${folder}`)
    .digest('hex');
  return {
    __typename: 'Tree',
    id: nodeId('TR', oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    repository: () => repositoryNode(context, repository),
    entries: () =>
      [...names]
        .sort()
        .map(name => entryNode(context, repository, commit, prefix + name)),
  };
}

function entryNode(
  context: GraphContext,
  repository: HostedRepository,
  commit: GitCommit,
  path: string,
): object {
  const content = repository.git.tree(commit.sha).get(path);
  const object = () => objectAt(context, repository, `${commit.sha}:${path}`);
  return {
    __typename: 'TreeEntry',
    name: path.split('/').at(-1),
    path,
    type: content === undefined ? 'tree' : 'blob',
    mode: content === undefined ? 0o040000 : 0o100644,
    size: content === undefined ? 0 : Buffer.byteLength(content),
    isGenerated: false,
    extension: /\.[^./]+$/.exec(path)?.[0] ?? '',
    object,
  };
}

/** What a Git revision expression (`HEAD:path`, `main`) names. */
export function objectAt(
  context: GraphContext,
  repository: HostedRepository,
  expression: string,
): object | null {
  const separator = expression.indexOf(':');
  const revision = separator < 0 ? expression : expression.slice(0, separator);
  const commit = repository.git.resolve(revision);
  if (!commit) {
    return null;
  }
  if (separator < 0) {
    return commitNode(context, repository, commit);
  }
  const path = expression.slice(separator + 1).replace(/\/$/, '');
  const tree = repository.git.tree(commit.sha);
  const content = tree.get(path);
  if (content !== undefined) {
    return blobNode(context, repository, content);
  }
  return path === '' || [...tree.keys()].some(one => one.startsWith(`${path}/`))
    ? treeNode(context, repository, commit, path)
    : null;
}
