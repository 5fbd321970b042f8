import { RepositorySeed } from '../../seed/model';
import { connection, ConnectionArguments } from '../connection';
import { databaseId, HostedRepository, nodeId } from '../GitHubModel';
import { GraphContext, maySee } from './GraphContext';
import { findRepositoryNode, repositoryNode } from './repositoryNode';
import { teamNode } from './teamNode';
import { userNode } from './userNode';

/** Filters and order of a list of repositories. */
export interface RepositoryArguments extends ConnectionArguments {
  privacy?: 'PUBLIC' | 'PRIVATE' | null;
  visibility?: 'INTERNAL' | 'PRIVATE' | 'PUBLIC' | null;
  isFork?: boolean | null;
  isArchived?: boolean | null;
  orderBy?: {
    field: 'NAME' | 'CREATED_AT' | 'PUSHED_AT' | 'UPDATED_AT' | 'STARGAZERS';
    direction: 'ASC' | 'DESC';
  } | null;
}

/** `Organization` in GraphQL. */
export function organizationNode(context: GraphContext): object {
  const { model, access } = context;
  const login = model.organization;
  return {
    __typename: 'Organization',
    id: nodeId('O', login),
    databaseId: databaseId(`organization ${login}`),
    login,
    name: model.company.name,
    description: 'A small bank and shop',
    email: 'engineering@meridian.example',
    location: null,
    websiteUrl: 'https://meridian.example',
    avatarUrl: model.avatarUrl(login),
    url: `${model.webUrl}/${login}`,
    resourcePath: `/${login}`,
    isVerified: true,
    viewerIsAMember: access.member,
    viewerCanAdminister: false,
    createdAt: '2019-04-01T08:00:00Z',
    updatedAt: '2026-01-05T08:00:00Z',
    repositories: (args: RepositoryArguments) =>
      connection(
        'repositories',
        selectRepositories(context, args),
        args,
        undefined,
        one => repositoryNode(context, one),
      ),
    repository: ({ name }: { name: string }) =>
      findRepositoryNode(context, login, name),
    teams: (
      args: ConnectionArguments & {
        rootTeamsOnly?: boolean;
        query?: string | null;
        userLogins?: string[] | null;
      },
    ) =>
      connection(
        'teams',
        !access.member
          ? []
          : model
              .teams()
              .filter(
                team =>
                  (!args.rootTeamsOnly || !team.parent) &&
                  (!args.query || team.slug.includes(args.query)) &&
                  (!args.userLogins ||
                    model
                      .members(team.slug, { children: false })
                      .some(({ login: one }) =>
                        args.userLogins!.includes(one),
                      )),
              ),
        args,
        undefined,
        team => teamNode(context, team),
      ),
    team: ({ slug }: { slug: string }) => {
      const team = access.member
        ? model.teams().find(candidate => candidate.slug === slug)
        : undefined;
      return team ? teamNode(context, team) : null;
    },
    membersWithRole: (args: ConnectionArguments) =>
      connection(
        'membersWithRole',
        access.member ? model.people() : [],
        args,
        person => ({
          role: person.admin ? 'ADMIN' : 'MEMBER',
          hasTwoFactorEnabled: true,
        }),
        person => userNode(model, person),
      ),
  };
}

function selectRepositories(
  { model, access }: GraphContext,
  args: RepositoryArguments,
): HostedRepository[] {
  const selected = model
    .repositories()
    .filter(
      one =>
        maySee(access, one) &&
        matchesPrivacy(one.seed, args) &&
        (args.isFork ?? false) === false &&
        (args.isArchived === undefined ||
          args.isArchived === null ||
          args.isArchived === (one.seed.archived ?? false)),
    );
  const { field, direction } = args.orderBy ?? {
    field: 'NAME',
    direction: 'ASC',
  };
  const key = (one: HostedRepository) => {
    switch (field) {
      case 'CREATED_AT':
        return one.createdAt.toISOString();
      case 'PUSHED_AT':
      case 'UPDATED_AT':
        return one.git.resolve('HEAD')!.date.toISOString();
      default:
        return one.seed.name;
    }
  };
  const sign = direction === 'DESC' ? -1 : 1;
  return selected.sort((a, b) => sign * key(a).localeCompare(key(b)));
}

function matchesPrivacy(
  { visibility }: RepositorySeed,
  args: RepositoryArguments,
): boolean {
  const isPublic = visibility === 'public';
  return (
    (!args.privacy || isPublic === (args.privacy === 'PUBLIC')) &&
    (!args.visibility || visibility.toUpperCase() === args.visibility)
  );
}
