import type { SourceListPage } from '@causeway/backstage-plugin-causeway-node';
import { record } from '../read';
import type { GithubGraphql } from './GithubGraphql';
import { repositoriesQuery } from './queries';
import { PageSize, readConnection } from './readConnection';
import { reduceRepository } from './reduce/Repository';

/** Lists the repositories of an organization. */
export async function* readRepositories(options: {
  graphql: GithubGraphql;
  organization: string;
  pageSize: PageSize;
  signal: AbortSignal;
}): AsyncGenerator<SourceListPage> {
  const { graphql, organization, pageSize, signal } = options;
  const pages = readConnection({
    what: 'repositories',
    pageSize,
    fetch: async page => {
      const answer = await graphql.query(
        repositoriesQuery,
        { organization, ...page },
        'repositories',
        signal,
      );
      return answer.organization.repositories;
    },
  });
  for await (const { nodes } of pages) {
    const items = nodes.flatMap(value => {
      const node = record(value);
      const data = node && reduceRepository(node, organization);
      return data
        ? [
            {
              key: `${data.organization}/${data.name}`.toLowerCase(),
              kind: 'Repository',
              data,
            },
          ]
        : [];
    });
    yield { type: 'items', items, unidentified: nodes.length - items.length };
  }
  yield { type: 'complete' };
}
