import { classifyThrown } from '../http/classifyFailure';
import type { TextResponse } from '../http/requestText';
import { classifyGithub } from './classifyGithub';
import type { GithubConnection } from './GithubConnection';

interface Kept {
  tag: string;
  value: unknown;
}

/**
 * Conditional REST requests: an answer that has not changed costs nothing of
 * the limit. What was made of an answer is kept beside its entity tag; losing
 * it, in a restart, costs requests and nothing else.
 */
export class GithubRest {
  readonly #connection: GithubConnection;

  readonly #kept = new Map<string, Kept>();

  constructor(connection: GithubConnection) {
    this.#connection = connection;
  }

  /**
   * What `reduce` makes of the answer to a path below the API's address.
   * Throws a `SourceError`.
   */
  async read<T>(
    path: string,
    options: {
      what: string;
      reduce: (body: unknown) => T;
      signal: AbortSignal;
    },
  ): Promise<T> {
    const { what, reduce, signal } = options;
    const connection = this.#connection;
    connection.limits.heed('core');
    const kept = this.#kept.get(path);
    const asked = connection.asked(what);
    let response: TextResponse;
    try {
      response = await connection.send('core', {
        url: new URL(`${connection.apiBaseUrl}${path}`),
        method: 'GET',
        headers: {
          ...(await connection.headers()),
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          ...(kept && { 'if-none-match': kept.tag }),
        },
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw classifyThrown(asked, error);
    }
    if (response.status === 304 && kept) {
      return kept.value as T;
    }
    if (response.status !== 200) {
      const failure = classifyGithub({
        asked,
        error: new Error(response.text.slice(0, 1000)),
        status: response.status,
        headers: response.headers,
        rateLimit: connection.limits.of('core'),
        now: connection.now(),
      })!;
      connection.limits.noteFailure(failure);
      throw failure;
    }
    let body: unknown;
    try {
      body = JSON.parse(response.text);
    } catch (error) {
      throw classifyThrown(asked, error);
    }
    const value = reduce(body);
    const { etag } = response.headers;
    if (etag) {
      this.#kept.set(path, { tag: etag, value });
    }
    return value;
  }

  /** Forgets the answers to paths that are of no use any more. */
  retain(wanted: (path: string) => boolean): void {
    for (const path of this.#kept.keys()) {
      if (!wanted(path)) {
        this.#kept.delete(path);
      }
    }
  }
}
