import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  type EstateSource,
  SourceError,
  type SourceItem,
  type SourceListPage,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { ObservedTeam } from '../../observations/model';
import type { GithubSourceConfig } from '../config/SourceConfig';
import type { HttpLimits } from '../http/HttpLimits';
import { type JsonRecord, record, text } from '../read';
import { GithubClient } from './GithubClient';
import { membersQuery, repositoriesQuery, teamsQuery } from './queries';
import { PageSize, readConnection } from './readConnection';
import { reduceRepository } from './reduce/Repository';
import { reduceMember, reduceTeam } from './reduce/Team';

/** All partitions of an organization. */
export function githubPartitions(options: {
  organization: string;
  teams: boolean;
}): SourcePartition[] {
  const kinds = options.teams ? ['repositories', 'teams'] : ['repositories'];
  return kinds.map(kind => ({
    scope: options.organization,
    kind,
    listEvery: 'poll',
    watchable: false,
  }));
}

/** One GitHub organization, read over GraphQL. */
export class GithubSource implements EstateSource {
  readonly kind = 'github' as const;

  /** GitHub's secondary limits count requests that run at once. */
  readonly concurrency = 1;

  readonly #config: GithubSourceConfig;

  readonly #client: GithubClient;

  readonly #repositoryPages = new PageSize(50);

  readonly #teamPages = new PageSize(50);

  constructor(options: {
    config: GithubSourceConfig;
    integrations: ScmIntegrationRegistry;
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#config = options.config;
    this.#client = new GithubClient({
      ...options,
      credentials: DefaultGithubCredentialsProvider.fromIntegrations(
        options.integrations,
      ),
    });
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get address() {
    return this.#client.address;
  }

  rateLimit() {
    return this.#client.rateLimit;
  }

  partitions(): SourcePartition[] {
    return githubPartitions(this.#config);
  }

  async *list(
    partition: SourcePartition,
    signal: AbortSignal,
  ): AsyncGenerator<SourceListPage> {
    const repositories = partition.kind === 'repositories';
    const pages = readConnection({
      what: partition.kind,
      pageSize: repositories ? this.#repositoryPages : this.#teamPages,
      fetch: async page => {
        const organization = await this.#client.query(
          repositories ? repositoriesQuery : teamsQuery,
          { organization: this.#config.organization, ...page },
          partition.kind,
          signal,
        );
        return repositories ? organization.repositories : organization.teams;
      },
    });
    for await (const { nodes } of pages) {
      const items: SourceItem[] = [];
      let unidentified = 0;
      for (const value of nodes) {
        const node = record(value);
        const item =
          node &&
          (repositories
            ? this.#repository(node)
            : await this.#team(node, signal));
        if (item) {
          items.push(item);
        } else {
          unidentified += 1;
        }
      }
      yield { type: 'items', items, unidentified };
    }
    yield { type: 'complete' };
  }

  #repository(node: JsonRecord): SourceItem | undefined {
    const data = reduceRepository(node, this.#config.organization);
    return (
      data && {
        key: `${data.organization}/${data.name}`.toLowerCase(),
        kind: 'Repository',
        data,
      }
    );
  }

  async #team(
    node: JsonRecord,
    signal: AbortSignal,
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
        const organization = await this.#client.query(
          membersQuery,
          { organization: this.#config.organization, slug, after },
          'teams',
          signal,
        );
        return record(organization.team)?.members;
      },
    })) {
      members.push(...page.nodes.flatMap(one => reduceMember(one) ?? []));
    }
    members.sort((a, b) => (a.login < b.login ? -1 : 1));
    const data = reduceTeam(node, this.#config.organization, members);
    return data && { key: slug, kind: 'Team', data };
  }
}
