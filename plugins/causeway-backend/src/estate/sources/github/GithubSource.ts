import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import type {
  EstateSource,
  SourceListPage,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { GithubSourceConfig } from '../config/SourceConfig';
import type { HttpLimits } from '../http/HttpLimits';
import { DeliveryReader } from './DeliveryReader';
import { GithubConnection } from './GithubConnection';
import { GithubGraphql } from './GithubGraphql';
import { GithubRest } from './GithubRest';
import { PageSize } from './readConnection';
import { readRepositories } from './readRepositories';
import { readTeams } from './readTeams';

/** All partitions of an organization. */
export function githubPartitions(options: {
  organization: string;
  teams: boolean;
}): SourcePartition[] {
  const partition = (
    kind: string,
    listEvery: SourcePartition['listEvery'],
  ): SourcePartition => ({
    scope: options.organization,
    kind,
    listEvery,
    watchable: false,
  });
  return [
    partition('repositories', 'poll'),
    ...(options.teams ? [partition('teams', 'poll')] : []),
    // Dearer to ask for, and with webhooks nothing is waited for.
    partition('deliveries', 'interval'),
  ];
}

/** One GitHub organization. */
export class GithubSource implements EstateSource {
  readonly kind = 'github' as const;

  /** GitHub's secondary limits count requests that run at once; a long list must not hold up the short one. */
  readonly concurrency = 2;

  readonly #config: GithubSourceConfig;

  readonly #connection: GithubConnection;

  readonly #graphql: GithubGraphql;

  readonly #deliveries: DeliveryReader;

  readonly #repositoryPages = new PageSize(50);

  readonly #teamPages = new PageSize(50);

  constructor(options: {
    config: GithubSourceConfig;
    integrations: ScmIntegrationRegistry;
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#config = options.config;
    this.#connection = new GithubConnection({
      ...options,
      credentials: DefaultGithubCredentialsProvider.fromIntegrations(
        options.integrations,
      ),
    });
    this.#graphql = new GithubGraphql(this.#connection);
    this.#deliveries = new DeliveryReader({
      graphql: this.#graphql,
      rest: new GithubRest(this.#connection),
      organization: options.config.organization,
      now: options.now,
    });
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get address() {
    return this.#connection.address;
  }

  rateLimit() {
    return this.#connection.limits.scarcest;
  }

  partitions(): SourcePartition[] {
    return githubPartitions(this.#config);
  }

  list(
    partition: SourcePartition,
    signal: AbortSignal,
  ): AsyncIterable<SourceListPage> {
    const { organization } = this.#config;
    const graphql = this.#graphql;
    switch (partition.kind) {
      case 'repositories':
        return readRepositories({
          graphql,
          organization,
          pageSize: this.#repositoryPages,
          signal,
        });
      case 'teams':
        return readTeams({
          graphql,
          organization,
          pageSize: this.#teamPages,
          signal,
        });
      default:
        return this.#deliveries.list(signal);
    }
  }
}
