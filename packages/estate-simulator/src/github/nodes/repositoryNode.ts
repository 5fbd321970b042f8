import { connection, ConnectionArguments, githubError } from '../connection';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import { fraction } from '../../world/random';
import { deploymentConnection, environmentConnection } from './deploymentNodes';
import { commitNode, objectAt } from './gitNodes';
import { GraphContext, maySee } from './GraphContext';
import { organizationNode } from './organizationNode';
import { protectionNodes } from './protectionNodes';
import { pullRequestNode, pullRequestState } from './pullRequestNode';

const languageColors: Record<string, string> = {
  Go: '#00ADD8',
  Java: '#b07219',
  Kotlin: '#A97BFF',
  Python: '#3572A5',
  TypeScript: '#3178c6',
  Ruby: '#701516',
  Rust: '#dea584',
  Elixir: '#6e4a7e',
  HCL: '#844FBA',
};

/** `Repository` by owner and name; GitHub's error when there is none to see. */
export function findRepositoryNode(
  context: GraphContext,
  owner: string,
  name: string,
): object {
  const repository = context.model.repository(owner, name);
  if (!repository || !maySee(context.access, repository)) {
    throw githubError(
      'NOT_FOUND',
      `Could not resolve to a Repository with the name '${owner}/${name}'.`,
    );
  }
  return repositoryNode(context, repository);
}

/** `Repository` in GraphQL. */
export function repositoryNode(
  context: GraphContext,
  repository: HostedRepository,
): object {
  const { model } = context;
  const { seed, git } = repository;
  const url = model.repositoryUrl(seed.name);
  const head = git.resolve('HEAD')!;
  const languages = languagesOf(repository);
  const none = (name: string) => (args: ConnectionArguments) =>
    connection(name, [], args);
  return {
    __typename: 'Repository',
    id: nodeId('R', seed.name),
    databaseId: databaseId(`repository ${seed.name}`),
    name: seed.name,
    nameWithOwner: `${model.organization}/${seed.name}`,
    description: seed.description,
    url,
    sshUrl: `git@github.com:${model.organization}/${seed.name}.git`,
    resourcePath: `/${model.organization}/${seed.name}`,
    homepageUrl: null,
    owner: () => organizationNode(context),
    isArchived: seed.archived ?? false,
    archivedAt: seed.archived ? head.date.toISOString() : null,
    isPrivate: seed.visibility !== 'public',
    visibility: seed.visibility.toUpperCase(),
    isFork: false,
    isEmpty: false,
    isTemplate: seed.topics.includes('templates'),
    isDisabled: false,
    isLocked: false,
    isMirror: false,
    isInOrganization: true,
    hasIssuesEnabled: true,
    hasWikiEnabled: false,
    forkCount: 0,
    stargazerCount: Math.floor(fraction(`${seed.name} stars`) * 20),
    diskUsage: 64 + Math.floor(fraction(`${seed.name} size`) * 9000),
    createdAt: repository.createdAt.toISOString(),
    pushedAt: head.date.toISOString(),
    updatedAt: head.date.toISOString(),
    licenseInfo: null,
    viewerPermission: permissionOf(context),
    viewerCanAdminister: false,
    defaultBranchRef: () =>
      refNode(context, repository, git.defaultBranch, head.sha),
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      const name = qualifiedName.replace(/^refs\/heads\//, '');
      const sha = git.branches.get(name);
      return sha ? refNode(context, repository, name, sha) : null;
    },
    refs: (args: ConnectionArguments & { refPrefix: string }) =>
      connection(
        'refs',
        args.refPrefix.startsWith('refs/heads') ? [...git.branches].sort() : [],
        args,
        undefined,
        ([name, sha]) => refNode(context, repository, name, sha),
      ),
    object: ({
      expression,
      oid,
    }: {
      expression?: string | null;
      oid?: string | null;
    }) => objectAt(context, repository, expression ?? oid ?? 'HEAD'),
    codeowners: seed.codeowners ? { errors: [] } : null,
    repositoryTopics: (args: ConnectionArguments) =>
      connection('repositoryTopics', seed.topics, args, undefined, topic => ({
        __typename: 'RepositoryTopic',
        id: nodeId('RT', `${seed.name}/${topic}`),
        topic: {
          __typename: 'Topic',
          id: nodeId('TP', topic),
          name: topic,
          stargazerCount: 0,
        },
        url: `${model.webUrl}/topics/${topic}`,
        resourcePath: `/topics/${topic}`,
      })),
    primaryLanguage: languages[0]?.language ?? null,
    languages: (args: ConnectionArguments) => ({
      ...connection(
        'languages',
        languages,
        args,
        ({ size }) => ({ size }),
        ({ language }) => language,
      ),
      totalSize: languages.reduce((sum, { size }) => sum + size, 0),
    }),
    latestRelease: () => releasesOf(context, repository)[0] ?? null,
    releases: (args: ConnectionArguments) =>
      connection('releases', releasesOf(context, repository), args),
    pullRequests: (
      args: ConnectionArguments & {
        states?: ('OPEN' | 'CLOSED' | 'MERGED')[] | null;
        headRefName?: string | null;
        baseRefName?: string | null;
      },
    ) =>
      connection(
        'pullRequests',
        model
          .pullRequests(seed.name)
          .filter(
            pull =>
              (!args.states || args.states.includes(pullRequestState(pull))) &&
              (!args.headRefName || args.headRefName === pull.head) &&
              (!args.baseRefName || args.baseRefName === pull.base),
          ),
        args,
        undefined,
        pull => pullRequestNode(context, repository, pull),
      ),
    issues: none('issues'),
    deployments: (args: Parameters<typeof deploymentConnection>[2]) =>
      deploymentConnection(context, repository, args),
    vulnerabilityAlerts: none('vulnerabilityAlerts'),
    forks: none('forks'),
    environments: (args: ConnectionArguments) =>
      environmentConnection(context, repository, args),
    branchProtectionRules: protectionNodes(context, repository)
      .branchProtectionRules,
  };
}

function permissionOf({ access }: GraphContext): string {
  return access.member && access.write ? 'WRITE' : 'READ';
}

function refNode(
  context: GraphContext,
  repository: HostedRepository,
  name: string,
  sha: string,
): object {
  return {
    __typename: 'Ref',
    id: nodeId('REF', `${repository.seed.name}/${name}`),
    name,
    prefix: 'refs/heads/',
    repository: () => repositoryNode(context, repository),
    target: () => commitNode(context, repository, repository.git.resolve(sha)!),
    ...protectionNodes(context, repository).ofBranch(name),
  };
}

/** Languages of a repository with sizes in bytes, the largest first. */
export function languagesOf({ seed }: HostedRepository) {
  if (!seed.language) {
    return [];
  }
  const size = 20_000 + Math.floor(fraction(`${seed.name} code`) * 400_000);
  const node = (name: string, color: string) => ({
    __typename: 'Language',
    id: nodeId('LA', name),
    name,
    color,
  });
  return [
    {
      language: node(seed.language, languageColors[seed.language]),
      size,
    },
    { language: node('Dockerfile', '#384d54'), size: 640 },
  ];
}

function releasesOf(context: GraphContext, repository: HostedRepository) {
  const { seed, git } = repository;
  if (!seed.release) {
    return [];
  }
  const commit = git.resolve('HEAD')!;
  const time = commit.date.toISOString();
  return [
    {
      __typename: 'Release',
      id: nodeId('RE', `${seed.name}/${seed.release}`),
      databaseId: databaseId(`release ${seed.name}`),
      name: seed.release,
      tagName: seed.release,
      description: '',
      isDraft: false,
      isLatest: true,
      isPrerelease: false,
      createdAt: time,
      publishedAt: time,
      updatedAt: time,
      url: `${context.model.repositoryUrl(seed.name)}/releases/tag/${seed.release}`,
      tagCommit: () => commitNode(context, repository, commit),
      repository: () => repositoryNode(context, repository),
    },
  ];
}
