import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { graphql } from '@octokit/graphql';
import { isError } from '@backstage/errors';
import { type Asked, classifyStatus } from '../http/classifyFailure';
import type { TextResponse } from '../http/requestText';
import { type JsonRecord, list, record, records } from '../read';
import { classifyGithub } from './classifyGithub';
import type { GithubConnection } from './GithubConnection';

/** What became of one request, beside what octokit makes of it. */
interface Exchange {
  response?: TextResponse;
  failure?: unknown;
}

/** An answer, and what GitHub left out of it. */
export interface GraphqlAnswer {
  organization: JsonRecord;
  /** Paths below the organization of what GitHub could not or would not tell, such as `repositories.nodes.3.environments`. */
  refused: ReadonlySet<string>;
}

/** GraphQL requests for one organization; failures are `SourceError`s. */
export class GithubGraphql {
  readonly #connection: GithubConnection;

  constructor(connection: GithubConnection) {
    this.#connection = connection;
  }

  /**
   * The `organization` of a query's answer. Parts that GitHub could not
   * resolve are null in it, as its partial answers are.
   */
  async query(
    query: string,
    variables: JsonRecord,
    what: string,
    signal: AbortSignal,
  ): Promise<GraphqlAnswer> {
    const { limits } = this.#connection;
    limits.heed('graphql');
    const asked = this.#connection.asked(what);
    const exchange: Exchange = {};
    const refused = new Set<string>();
    let data: unknown;
    try {
      data = await graphql(query, {
        ...variables,
        baseUrl: this.#connection.apiBaseUrl,
        headers: await this.#connection.headers(),
        request: {
          fetch: (url: string, init: RequestInit) =>
            this.#fetch(url, init, asked, exchange, signal),
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      data = this.#partialData(asked, exchange.failure ?? error, exchange);
      if (isError(error)) {
        for (const { path } of records(error.errors, 1000)) {
          refused.add(list(path, 32).slice(1).join('.'));
        }
      }
    }
    const answer = record(data);
    limits.noteAnswer(answer?.rateLimit);
    const organization = record(answer?.organization);
    if (!organization) {
      throw new SourceError({
        reason: 'not-found',
        message: `${asked.address} shows source ${asked.source} no organization ${this.#connection.organization}: check its name and that the credentials may see it`,
      });
    }
    return { organization, refused };
  }

  /** One bounded request; octokit wraps what is thrown here, so it is kept aside. */
  async #fetch(
    url: string,
    init: RequestInit,
    asked: Asked,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<Response> {
    try {
      const response = await this.#connection.send('graphql', {
        url: new URL(url),
        method: 'POST',
        headers: init.headers as Record<string, string>,
        body: String(init.body),
        signal,
      });
      if (response.status === 200) {
        JSON.parse(response.text);
      } else if (response.status < 400) {
        throw classifyStatus(
          asked,
          response.status,
          response.headers,
          this.#connection.now(),
        );
      }
      exchange.response = response;
      return new Response(response.text, {
        status: response.status,
        headers: { 'content-type': 'application/json' },
      });
    } catch (error) {
      exchange.failure = error;
      throw error;
    }
  }

  /** What is usable of a failed answer; throws where nothing is. */
  #partialData(asked: Asked, error: unknown, { response }: Exchange) {
    const { limits, now } = this.#connection;
    const failure = classifyGithub({
      asked,
      error,
      status: response?.status,
      headers: response?.headers ?? {},
      rateLimit: limits.of('graphql'),
      now: now(),
    });
    if (failure) {
      limits.noteFailure(failure);
      throw failure;
    }
    return (error as { data: unknown }).data;
  }
}
