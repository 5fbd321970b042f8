import type { Config } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  ScmIntegrations,
  SingleInstanceGithubCredentialsProvider,
} from '@backstage/integration';
import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import type { GithubSourceConfig } from '../../../estate/sources/config/SourceConfig';
import type { GithubCredentials } from '../config/parseGithubCredentials';
import type { Connection } from './JsonTransport';

const apiHeaders = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
};

/**
 * Connections to the GitHub of a source. The address always is the
 * integration's that reads it; who writes has a token or an app of its own.
 */
export class GithubAccess {
  readonly #integrations: ScmIntegrations;

  readonly #reading: GithubCredentialsProvider;

  readonly #writing = new Map<string, GithubCredentialsProvider>();

  constructor(config: Config) {
    this.#integrations = ScmIntegrations.fromConfig(config);
    this.#reading = DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    );
  }

  /** Address of the REST API. @throws OperationRefusal where none is configured */
  serverOf({ id, host }: GithubSourceConfig): string {
    const server = this.#integrations.github.byHost(host)?.config.apiBaseUrl;
    if (!server) {
      throw new OperationRefusal({
        code: 'no-such-source',
        reason: `Source ${id} is on ${host}, for which integrations.github has no API address`,
        hint: `Whoever runs the portal adds ${host} to integrations.github`,
      });
    }
    return server.replace(/\/+$/, '');
  }

  /** The reader's connection. */
  reading(source: GithubSourceConfig): Promise<Connection> {
    return this.#connect(source, this.#reading);
  }

  /** The gate's own connection. */
  writing(
    source: GithubSourceConfig,
    credentials: GithubCredentials,
  ): Promise<Connection> {
    const known =
      this.#writing.get(source.id) ??
      SingleInstanceGithubCredentialsProvider.create({
        host: source.host,
        apiBaseUrl: this.serverOf(source),
        ...(credentials.type === 'token'
          ? { token: credentials.token }
          : {
              apps: [
                {
                  appId: credentials.appId,
                  privateKey: credentials.privateKey,
                  // Only signing in as a person would take these.
                  clientId: '',
                  clientSecret: '',
                  webhookSecret: '',
                },
              ],
            }),
      });
    this.#writing.set(source.id, known);
    return this.#connect(source, known);
  }

  async #connect(
    source: GithubSourceConfig,
    provider: GithubCredentialsProvider,
  ): Promise<Connection> {
    const server = this.serverOf(source);
    let headers: Record<string, string> | undefined;
    try {
      ({ headers } = await provider.getCredentials({
        url: `https://${source.host}/${source.organization}`,
      }));
    } catch {
      // Octokit's words may hold what it sent.
      headers = undefined;
    }
    if (!headers) {
      throw new OperationRefusal({
        code: 'no-such-source',
        reason: `There are no credentials for ${source.host}/${source.organization}`,
        hint: 'Whoever runs the portal checks the token, or that the app is installed in the organization',
      });
    }
    return { server, headers: { ...headers, ...apiHeaders } };
  }
}
