import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AssessmentPreview,
  RequestProgress,
  RequestReceipt,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import { GateFailure } from './GateFailure';
import { SessionExpired } from './SessionExpired';

const timeoutMilliseconds = 30_000;

interface Call {
  method: 'GET' | 'POST';
  path: string;
  credentials: BackstageCredentials;
  body?: object;
  signal?: AbortSignal;
}

/** Asks the gate over REST, wherever it runs. */
export class GateClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** What would become of it; nothing is stored. */
  assess(
    submission: RequestSubmission,
    credentials: BackstageCredentials,
  ): Promise<AssessmentPreview> {
    return this.#call({
      method: 'POST',
      path: '/requests/assess',
      credentials,
      body: submission,
    });
  }

  /** Asks as the person whose credentials these are. */
  submit(
    submission: RequestSubmission,
    credentials: BackstageCredentials,
  ): Promise<RequestReceipt> {
    return this.#call({
      method: 'POST',
      path: '/requests',
      credentials,
      body: submission,
    });
  }

  /** Takes back what the person asked for. */
  async withdraw(
    id: string,
    comment: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#call({
      method: 'POST',
      path: `/requests/${encodeURIComponent(id)}/withdraw`,
      credentials,
      body: { comment },
    });
  }

  /**
   * How far a request is. Read as the scaffolder itself, for the token of the
   * person who started the template runs out while people decide.
   */
  async progress(id: string, signal?: AbortSignal): Promise<RequestProgress> {
    return this.#call({
      method: 'GET',
      path: `/requests/${encodeURIComponent(id)}/progress`,
      credentials: await this.#auth.getOwnServiceCredentials(),
      signal,
    });
  }

  async #call<T>({
    method,
    path,
    credentials,
    body,
    signal,
  }: Call): Promise<T> {
    const [baseUrl, token] = await Promise.all([
      this.#discovery.getBaseUrl('causeway'),
      this.#tokenOf(credentials),
    ]);
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // The address comes from configuration; a redirect would be another one.
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `Causeway's gate does not answer: ${(error as Error).message}`,
      );
    }
    if (response.status === 401 && isUser(credentials)) {
      throw new SessionExpired();
    }
    if (!response.ok) {
      throw await GateFailure.fromResponse(response);
    }
    return response.json() as Promise<T>;
  }

  async #tokenOf(credentials: BackstageCredentials): Promise<string> {
    try {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'causeway',
      });
      return token;
    } catch (error) {
      // A token that has run out cannot be passed on, and is told of as no more than that.
      if (isUser(credentials)) {
        throw new SessionExpired(error);
      }
      throw error;
    }
  }
}

function isUser({ principal }: BackstageCredentials): boolean {
  return (principal as { type?: string } | undefined)?.type === 'user';
}
