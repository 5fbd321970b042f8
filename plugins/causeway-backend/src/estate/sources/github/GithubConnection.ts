import type {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import type { GithubSourceConfig } from '../config/SourceConfig';
import type { Asked } from '../http/classifyFailure';
import type { HttpLimits } from '../http/HttpLimits';
import { requestText, type TextResponse } from '../http/requestText';
import { type GithubResource, GithubRateLimits } from './GithubRateLimits';

const maxBytes = 32 * 1024 * 1024;

/** The way to one organization's GitHub: address, credentials, bounds and limits. */
export class GithubConnection {
  readonly limits: GithubRateLimits;

  readonly now: () => number;

  readonly #config: GithubSourceConfig;

  readonly #integrations: ScmIntegrationRegistry;

  readonly #credentials: GithubCredentialsProvider;

  readonly #httpLimits: HttpLimits;

  constructor(options: {
    config: GithubSourceConfig;
    integrations: ScmIntegrationRegistry;
    credentials: GithubCredentialsProvider;
    limits: HttpLimits;
    now: () => number;
  }) {
    this.#config = options.config;
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#httpLimits = options.limits;
    this.now = options.now;
    this.limits = new GithubRateLimits({
      source: options.config.id,
      now: options.now,
    });
  }

  get organization(): string {
    return this.#config.organization;
  }

  /** Address of the API without path; the host where it is not configured. */
  get address(): string {
    const base = this.#configuredApi();
    return base ? new URL(base).origin : this.#config.host;
  }

  /** Address of the REST API; throws where it is not configured. */
  get apiBaseUrl(): string {
    const base = this.#configuredApi();
    if (!base) {
      throw new SourceError({
        reason: 'misconfigured',
        message: `${this.#config.key}.host: integrations.github has no entry with an API address for ${this.#config.host}`,
      });
    }
    return base;
  }

  /** Headers with credentials; throws where there are none. */
  async headers(): Promise<Record<string, string>> {
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

  /** One bounded request; what it tells of the rate limit is noted. */
  async send(
    resource: GithubResource,
    request: {
      url: URL;
      method: 'GET' | 'POST';
      headers: Record<string, string>;
      body?: string;
      signal: AbortSignal;
    },
  ): Promise<TextResponse> {
    const response = await requestText({
      ...request,
      timeout: this.#httpLimits.request,
      maxBytes,
    });
    this.limits.noteHeaders(resource, response.headers);
    return response;
  }

  /** What is asked for, for messages. */
  asked(what: string): Asked {
    return {
      source: this.#config.id,
      what,
      address: this.address,
      advice: {
        unauthorized: `renew the credentials of ${this.#config.host} in integrations.github`,
        forbidden:
          'grant its token or app read access to members, metadata, contents, checks, actions, deployments and administration of the organization, see docs/operations/rbac.md',
      },
    };
  }

  #configuredApi() {
    return this.#integrations.github.byHost(this.#config.host)?.config
      .apiBaseUrl;
  }
}
