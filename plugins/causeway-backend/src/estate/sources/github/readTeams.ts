import {
  SourceError,
  type SourceItem,
  type SourceListPage,
} from '@causeway/backstage-plugin-causeway-node';
import type { ObservedTeam } from '../../observations/model';
import { type JsonRecord, record, text } from '../read';
import type { GithubGraphql } from './GithubGraphql';
import { membersQuery, teamsQuery } from './queries';
import { PageSize, readConnection } from './readConnection';
import { reduceMember, reduceTeam } from './reduce/Team';

interface ReadTeams {
  graphql: GithubGraphql;
  organization: string;
  pageSize: PageSize;
  signal: AbortSignal;
}

/** Lists the teams of an organization with their direct members. */
export async function* readTeams(
  options: ReadTeams,
): AsyncGenerator<SourceListPage> {
  const { graphql, organization, pageSize, signal } = options;
  const pages = readConnection({
    what: 'teams',
    pageSize,
    fetch: async page => {
      const answer = await graphql.query(
        teamsQuery,
        { organization, ...page },
        'teams',
        signal,
      );
      return answer.organization.teams;
    },
  });
  for await (const { nodes } of pages) {
    const items: SourceItem[] = [];
    for (const value of nodes) {
      const node = record(value);
      const item = node && (await readTeam(node, options));
      if (item) {
        items.push(item);
      }
    }
    yield { type: 'items', items, unidentified: nodes.length - items.length };
  }
  yield { type: 'complete' };
}

async function readTeam(
  node: JsonRecord,
  { graphql, organization, signal }: ReadTeams,
): Promise<SourceItem | undefined> {
  const slug = text(node.slug, 100);
  const firstPage = record(node.members);
  if (!slug) {
    return undefined;
  }
  if (!firstPage) {
    throw new SourceError({
      reason: 'malformed',
      message: `GitHub does not tell the members of team ${slug}; nothing is taken from this list`,
    });
  }
  const members: ObservedTeam['members'] = [];
  for await (const page of readConnection({
    what: `members of team ${slug}`,
    pageSize: new PageSize(100),
    firstPage,
    fetch: async ({ after }) => {
      const answer = await graphql.query(
        membersQuery,
        { organization, slug, after },
        'teams',
        signal,
      );
      return record(answer.organization.team)?.members;
    },
  })) {
    members.push(...page.nodes.flatMap(one => reduceMember(one) ?? []));
  }
  members.sort((a, b) => (a.login < b.login ? -1 : 1));
  const data = reduceTeam(node, organization, members);
  return data && { key: slug, kind: 'Team', data };
}
