import { connection, ConnectionArguments, githubError } from '../connection';
import { nodeId } from '../GitHubModel';
import { GraphContext, maySee } from './GraphContext';
import { organizationNode } from './organizationNode';
import { findRepositoryNode, repositoryNode } from './repositoryNode';
import { teamNode } from './teamNode';
import { userNode } from './userNode';

/** `Query` in GraphQL. */
export function rootNode(context: GraphContext): object {
  const { model, access, rateLimit } = context;
  const organization = (login: string) =>
    login.toLowerCase() === model.organization
      ? organizationNode(context)
      : undefined;
  const user = (login: string) => {
    const person = model.people().find(one => one.login === login);
    return person && userNode(model, person);
  };
  const missing = (type: string, what: string): never => {
    throw githubError(
      'NOT_FOUND',
      `Could not resolve to ${type} with the ${what}.`,
    );
  };
  return {
    organization: ({ login }: { login: string }) =>
      organization(login) ?? missing('an Organization', `login of '${login}'`),
    repository: ({ owner, name }: { owner: string; name: string }) =>
      findRepositoryNode(context, owner, name),
    repositoryOwner: ({ login }: { login: string }) =>
      organization(login) ?? user(login) ?? null,
    user: ({ login }: { login: string }) =>
      user(login) ?? missing('a User', `login of '${login}'`),
    viewer: () =>
      user(access.login) ??
      userNode(model, {
        login: access.login,
        name: access.login,
        title: 'Bot',
        teams: [],
      }),
    node: ({ id }: { id: string }) =>
      findNode(context, id) ?? missing('a node', `global id of '${id}'`),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map(
        id =>
          findNode(context, id) ?? missing('a node', `global id of '${id}'`),
      ),
    rateLimit: {
      cost: rateLimit.cost,
      limit: rateLimit.limit,
      nodeCount: rateLimit.nodeCount,
      remaining: rateLimit.remaining,
      resetAt: new Date(rateLimit.reset * 1000).toISOString(),
      used: rateLimit.used,
    },
    search: (args: ConnectionArguments & { query: string; type: string }) => {
      const words = args.query
        .split(/\s+/)
        .filter(word => word && !word.includes(':'));
      const found =
        args.type === 'REPOSITORY'
          ? model
              .repositories()
              .filter(
                one =>
                  maySee(access, one) &&
                  words.every(word => one.seed.name.includes(word)),
              )
          : [];
      return {
        ...connection('search', found, args, undefined, one =>
          repositoryNode(context, one),
        ),
        repositoryCount: found.length,
        issueCount: 0,
        userCount: 0,
        codeCount: 0,
        discussionCount: 0,
        wikiCount: 0,
      };
    },
  };
}

function findNode(context: GraphContext, id: string): object | undefined {
  const { model, access } = context;
  if (id === nodeId('O', model.organization)) {
    return organizationNode(context);
  }
  const repository = model
    .repositories()
    .find(({ seed }) => nodeId('R', seed.name) === id);
  if (repository) {
    return maySee(access, repository)
      ? repositoryNode(context, repository)
      : undefined;
  }
  const team = model.teams().find(({ slug }) => nodeId('T', slug) === id);
  if (team) {
    return access.member ? teamNode(context, team) : undefined;
  }
  const person = model.people().find(({ login }) => nodeId('U', login) === id);
  return person && userNode(model, person);
}
