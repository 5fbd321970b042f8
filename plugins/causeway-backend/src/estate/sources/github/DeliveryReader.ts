import type {
  SourceItem,
  SourceListPage,
} from '@causeway/backstage-plugin-causeway-node';
import type { ObservedRepositoryDelivery } from '../../observations/model';
import { type JsonRecord, record, text } from '../read';
import type { GithubGraphql } from './GithubGraphql';
import type { GithubRest } from './GithubRest';
import { hiddenBelow } from './hiddenBelow';
import { deliveriesQuery } from './queries';
import { PageSize, readConnection } from './readConnection';
import { Refusals } from './Refusals';
import {
  reduceBranchProtected,
  reduceDelivery,
  reduceEnvironmentProtections,
} from './reduce/RepositoryDelivery';

/** What REST tells of a repository, and when it was asked. */
interface Details {
  /** What a change of it means that REST has to be asked again. */
  token: string;
  at: number;
  protections?: ReturnType<typeof reduceEnvironmentProtections>;
  branchProtected?: boolean;
}

/** Settings change without a trace in the repository: they are asked for again after so long, in milliseconds. */
const longestTrust = 60 * 60_000;

/**
 * Reads what comes out of an organization's repositories: in bulk over
 * GraphQL, and over REST what GraphQL lacks, where a repository has changed.
 */
export class DeliveryReader {
  readonly #graphql: GithubGraphql;

  readonly #rest: GithubRest;

  readonly #organization: string;

  readonly #now: () => number;

  readonly #pageSize = new PageSize(25);

  #details = new Map<string, Details>();

  constructor(options: {
    graphql: GithubGraphql;
    rest: GithubRest;
    organization: string;
    now: () => number;
  }) {
    this.#graphql = options.graphql;
    this.#rest = options.rest;
    this.#organization = options.organization;
    this.#now = options.now;
  }

  async *list(signal: AbortSignal): AsyncGenerator<SourceListPage> {
    const refusals = new Refusals();
    const details = new Map<string, Details>();
    let refused: ReadonlySet<string> = new Set();
    const pages = readConnection({
      what: 'deliveries',
      pageSize: this.#pageSize,
      fetch: async page => {
        const answer = await this.#graphql.query(
          deliveriesQuery,
          { organization: this.#organization, ...page },
          'deliveries',
          signal,
        );
        refused = answer.refused;
        if (refused.size > 0) {
          refusals.noteParts();
        }
        return answer.organization.repositories;
      },
    });
    for await (const { nodes } of pages) {
      const items: SourceItem[] = [];
      for (const [index, value] of nodes.entries()) {
        const node = record(value);
        const data =
          node &&
          reduceDelivery(
            node,
            this.#organization,
            hiddenBelow(refused, `repositories.nodes.${index}`),
          );
        if (node && data) {
          const slug = `${data.organization}/${data.name}`;
          const known = await this.#ask(slug, node, data, refusals, signal);
          details.set(slug, known);
          items.push({
            key: slug.toLowerCase(),
            kind: 'RepositoryDelivery',
            data: withDetails(data, known),
          });
        }
      }
      yield { type: 'items', items, unidentified: nodes.length - items.length };
    }
    this.#details = details;
    this.#rest.retain(path =>
      details.has(path.split('/').slice(2, 4).join('/')),
    );
    // What was told is kept all the same; that something is missing must be seen.
    refusals.throwAny();
    yield { type: 'complete' };
  }

  /** What REST tells of a repository, or what it told while nothing has changed since. */
  async #ask(
    slug: string,
    node: JsonRecord,
    data: ObservedRepositoryDelivery,
    refusals: Refusals,
    signal: AbortSignal,
  ): Promise<Details> {
    const now = this.#now();
    const branch = record(node.defaultBranchRef);
    const environments = (data.environments ?? []).map(({ name }) => name);
    const token = JSON.stringify([
      node.updatedAt,
      node.pushedAt,
      branch?.name,
      environments,
      record(branch?.branchProtectionRule)?.id,
    ]);
    const before = this.#details.get(slug);
    if (before?.token === token && now - before.at < longestTrust) {
      return before;
    }
    const details: Details = { token, at: now };
    const path = `/repos/${slug}`;
    if (environments.length > 0) {
      details.protections = await refusals.watch(() =>
        this.#rest.read(`${path}/environments?per_page=100`, {
          what: 'environments',
          reduce: reduceEnvironmentProtections,
          signal,
        }),
      );
    }
    const name = text(branch?.name, 253);
    const visible =
      record(branch?.branchProtectionRule) || node.viewerCanAdminister === true;
    if (name && visible) {
      details.branchProtected = record(branch?.branchProtectionRule)
        ? true
        : undefined;
    } else if (name) {
      details.branchProtected = await refusals.watch(() =>
        this.#rest.read(
          `${path}/branches/${name.split('/').map(encodeURIComponent).join('/')}`,
          { what: 'branches', reduce: reduceBranchProtected, signal },
        ),
      );
    }
    return details;
  }
}

function withDetails(
  data: ObservedRepositoryDelivery,
  { protections, branchProtected }: Details,
): ObservedRepositoryDelivery {
  return {
    ...data,
    defaultBranchProtected: branchProtected,
    environments: data.environments?.map(environment => ({
      ...environment,
      protection: protections?.get(environment.name),
    })),
  };
}
