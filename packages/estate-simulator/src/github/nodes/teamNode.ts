import { TeamSeed } from '../../seed/model';
import { connection, ConnectionArguments } from '../connection';
import { databaseId, GitHubModel, nodeId } from '../GitHubModel';
import { GraphContext, maySee } from './GraphContext';
import { organizationNode } from './organizationNode';
import { repositoryNode } from './repositoryNode';
import { userNode } from './userNode';

/** `Team` in GraphQL. */
export function teamNode(context: GraphContext, team: TeamSeed): object {
  const { model } = context;
  const resourcePath = `/orgs/${model.organization}/teams/${team.slug}`;
  const byQuery =
    (query: string | null | undefined) =>
    (...texts: string[]) =>
      !query ||
      texts.some(text => text.toLowerCase().includes(query.toLowerCase()));
  return {
    __typename: 'Team',
    id: nodeId('T', team.slug),
    databaseId: databaseId(`team ${team.slug}`),
    name: team.name,
    slug: team.slug,
    combinedSlug: `${model.organization}/${team.slug}`,
    description: team.description,
    privacy: 'VISIBLE',
    notificationSetting: 'NOTIFICATIONS_ENABLED',
    avatarUrl: model.avatarUrl(team.slug),
    url: `${model.webUrl}${resourcePath}`,
    resourcePath,
    editTeamUrl: `${model.webUrl}${resourcePath}/edit`,
    membersUrl: `${model.webUrl}${resourcePath}/members`,
    repositoriesUrl: `${model.webUrl}${resourcePath}/repositories`,
    createdAt: '2021-02-01T08:00:00Z',
    updatedAt: '2026-01-05T08:00:00Z',
    organization: () => organizationNode(context),
    parentTeam: () => {
      const parent = model.teams().find(({ slug }) => slug === team.parent);
      return parent ? teamNode(context, parent) : null;
    },
    ancestors: (args: ConnectionArguments) => {
      const ancestors = ancestorsOf(model, team);
      return connection('ancestors', ancestors, args, undefined, one =>
        teamNode(context, one),
      );
    },
    childTeams: (args: ConnectionArguments & { immediateOnly?: boolean }) => {
      const slugs = model.teamTree(team.slug).slice(1);
      const children =
        args.immediateOnly === false
          ? model.teams().filter(({ slug }) => slugs.includes(slug))
          : model.childTeams(team.slug);
      return connection('childTeams', children, args, undefined, one =>
        teamNode(context, one),
      );
    },
    members: (
      args: ConnectionArguments & {
        membership?: 'ALL' | 'IMMEDIATE' | 'CHILD_TEAM';
        query?: string;
      },
    ) => {
      // All, unless asked otherwise, includes the members of teams below.
      const immediate = model.members(team.slug, { children: false });
      const all = model.members(team.slug, { children: true });
      const matches = byQuery(args.query);
      const people = (
        { ALL: all, IMMEDIATE: immediate, CHILD_TEAM: all } as const
      )[args.membership ?? 'ALL']
        .filter(
          person =>
            args.membership !== 'CHILD_TEAM' || !immediate.includes(person),
        )
        .filter(person => matches(person.login, person.name));
      return connection(
        'members',
        people,
        args,
        person => ({
          role: person.title.startsWith('Team lead') ? 'MAINTAINER' : 'MEMBER',
          memberAccessUrl: `${model.webUrl}${resourcePath}/members`,
        }),
        person => userNode(model, person),
      );
    },
    repositories: (args: ConnectionArguments & { query?: string }) => {
      const matches = byQuery(args.query);
      return connection(
        'repositories',
        model
          .teamRepositories(team.slug)
          .filter(one => maySee(context.access, one) && matches(one.seed.name)),
        args,
        one => ({
          permission: one.seed.team === team.slug ? 'ADMIN' : 'READ',
        }),
        one => repositoryNode(context, one),
      );
    },
  };
}

function ancestorsOf(model: GitHubModel, team: TeamSeed): TeamSeed[] {
  const parent = model.teams().find(({ slug }) => slug === team.parent);
  return parent ? [parent, ...ancestorsOf(model, parent)] : [];
}
