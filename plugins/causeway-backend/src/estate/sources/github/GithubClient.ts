import type {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  SourceError,
  type SourceRateLimit,
} from '@causeway/backstage-plugin-causeway-node';
import { graphql } from '@octokit/graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { GithubSourceConfig } from '../config/SourceConfig';
import { type Asked, classifyStatus } from '../http/classifyFailure';
import type { HttpLimits } from '../http/HttpLimits';
import { requestText, type TextResponse } from '../http/requestText';
import { integer, type JsonRecord, record, text } from '../read';
import { classifyGithub } from './classifyGithub';

const maxBytes = 32 * 1024 * 1024;

/** Requests are held back when fewer than this share of the limit is left for others. */
const reserve = 0.05;

/** What became of one request, beside what octokit makes of it. */
interface Exchange {
  response?: TextResponse;
  failure?: unknown;
}

/** GraphQL requests for one organization; failures are `SourceError`s. */
export class GithubClient {
  readonly #config: GithubSourceConfig;

  readonly #integrations: ScmIntegrationRegistry;

  readonly #credentials: GithubCredentialsProvider;

  readonly #limits: HttpLimits;

  readonly #now: () => number;

  #rateLimit?: SourceRateLimit;

  constructor(options: {
    config: GithubSourceConfig;
    integrations: ScmIntegrationRegistry;
    credentials: GithubCredentialsProvider;
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#limits = options.limits;
    this.#config = options.config;
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#now = options.now;
  }

  /** The last rate limit that GitHub told. */
  get rateLimit(): SourceRateLimit | undefined {
    return this.#rateLimit;
  }

  /** Address of the API without path; the host where it is not configured. */
  get address(): string {
    const base = this.#apiBaseUrl();
    return base ? new URL(base).origin : this.#config.host;
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
  ): Promise<JsonRecord> {
    this.#heedRateLimit();
    const asked = this.#asked(what);
    const exchange: Exchange = {};
    let data: unknown;
    try {
      data = await graphql(query, {
        ...variables,
        baseUrl: this.#requireApiBaseUrl(),
        headers: await this.#headers(),
        request: {
          fetch: (url: string, init: RequestInit) =>
            this.#fetch(url, init, asked, exchange, signal),
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      data = this.#partialData(asked, exchange.failure ?? error, exchange);
    }
    const answer = record(data);
    this.#noteAnswer(answer?.rateLimit);
    const organization = record(answer?.organization);
    if (!organization) {
      throw new SourceError({
        reason: 'not-found',
        message: `${asked.address} shows source ${asked.source} no organization ${this.#config.organization}: check its name and that the credentials may see it`,
      });
    }
    return organization;
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
      const response = await requestText({
        url: new URL(url),
        method: 'POST',
        headers: init.headers as Record<string, string>,
        body: String(init.body),
        signal,
        timeout: this.#limits.request,
        maxBytes,
      });
      this.#noteHeaders(response.headers);
      if (response.status === 200) {
        JSON.parse(response.text);
      } else if (response.status < 400) {
        throw classifyStatus(
          asked,
          response.status,
          response.headers,
          this.#now(),
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
    const failure = classifyGithub({
      asked,
      error,
      status: response?.status,
      headers: response?.headers ?? {},
      rateLimit: this.#rateLimit,
      now: this.#now(),
    });
    if (failure) {
      throw failure;
    }
    return (error as { data: unknown }).data;
  }

  /** Waits for the limit's reset rather than using up what others need. */
  #heedRateLimit() {
    const limit = this.#rateLimit;
    const now = this.#now();
    if (
      limit &&
      limit.remaining < Math.max(1, limit.limit * reserve) &&
      limit.resetAt > now
    ) {
      throw new SourceError({
        reason: 'rate-limited',
        message: `Source ${this.#config.id} has used ${limit.limit - limit.remaining} of ${limit.limit} points of GitHub's rate limit and waits for its reset`,
        retryAfter: limit.resetAt - now,
      });
    }
  }

  #noteHeaders(headers: IncomingHttpHeaders) {
    const read = (name: string) => {
      const value = headers[name];
      return typeof value === 'string' && /^\d{1,15}$/.test(value)
        ? Number(value)
        : undefined;
    };
    const limit = read('x-ratelimit-limit');
    const remaining = read('x-ratelimit-remaining');
    const reset = read('x-ratelimit-reset');
    if (limit !== undefined && remaining !== undefined && reset !== undefined) {
      this.#rateLimit = { limit, remaining, resetAt: reset * 1000 };
    }
  }

  #noteAnswer(value: unknown) {
    const told = record(value);
    const limit = integer(told?.limit);
    const remaining = integer(told?.remaining);
    const resetAt = Date.parse(text(told?.resetAt, 40) ?? '');
    if (
      limit !== undefined &&
      remaining !== undefined &&
      !Number.isNaN(resetAt)
    ) {
      this.#rateLimit = { limit, remaining, resetAt };
    }
  }

  async #headers(): Promise<Record<string, string>> {
    const { host, organization, id } = this.#config;
    let headers: Record<string, string> | undefined;
    try {
      ({ headers } = await this.#credentials.getCredentials({
        url: `https://${host}/${organization}`,
      }));
    } catch (error) {
      throw new SourceError({
        reason: 'unauthorized',
        message: `Source ${id} gets no credentials for ${host}/${organization}: check integrations.github and that its app is installed there`,
        cause: error,
      });
    }
    if (!headers) {
      throw new SourceError({
        reason: 'misconfigured',
        message: `${this.#config.key}: integrations.github has neither a token nor an app for ${host}/${organization}, and GitHub's GraphQL needs one`,
      });
    }
    return headers;
  }

  #apiBaseUrl() {
    return this.#integrations.github.byHost(this.#config.host)?.config
      .apiBaseUrl;
  }

  #requireApiBaseUrl() {
    const base = this.#apiBaseUrl();
    if (!base) {
      throw new SourceError({
        reason: 'misconfigured',
        message: `${this.#config.key}.host: integrations.github has no entry with an API address for ${this.#config.host}`,
      });
    }
    return base;
  }

  #asked(what: string): Asked {
    return {
      source: this.#config.id,
      what,
      address: this.address,
      advice: {
        unauthorized: `renew the credentials of ${this.#config.host} in integrations.github`,
        forbidden:
          'grant its token or app read access to members, metadata, contents and checks of the organization, see docs/operations/rbac.md',
      },
    };
  }
}
