import { isError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Agent } from 'node:http';
import { readRetryAfter } from '../../../estate/sources/http/classifyFailure';
import { requestText } from '../../../estate/sources/http/requestText';
import type { TextResponse } from '../../../estate/sources/http/requestText';
import {
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import { ApiFailure } from './ApiFailure';

/** One request to a source, before it has an address. */
export interface ApiRequest {
  method: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  /** Encoded already. */
  path: string;
  query?: Record<string, string>;
  body?: JsonObject;
  contentType?: string;
}

/** Where requests go and as whom; nothing of it ever gets into a message. */
export interface Connection {
  server: string;
  headers: Record<string, string>;
  agent?: Agent;
}

/** What a transport lets through; throws for the rest. */
export type RequestGuard = (request: ApiRequest) => void;

/** Bytes of one answer: an Application with a long history fits, a runaway one does not. */
const maxBytes = 16 * 1024 * 1024;

/** Entries of a list that are looked at. */
const maxListed = 1000;

/** Nothing has left this process when one of these comes. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_|ERR_TLS_CERT|CERT_|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_)/;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A message, and what GitHub lists beside one that says little. */
function saidIn(document: JsonRecord | undefined): string {
  const messages = [
    document?.message,
    ...records(document?.errors, 5).map(({ message }) => message),
  ];
  return messages.flatMap(one => text(one, 300) ?? []).join(': ');
}

/** Too many requests. GitHub says so with 403, and by what is left. */
function isHeldBack(status: number, headers: TextResponse['headers']): boolean {
  return (
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0'))
  );
}

/**
 * The only way from the gate to a source. The guard stands here, below every
 * client, so that no client can forget it (THREATS H5). Redirects are not
 * followed, answers are bounded in time and bytes.
 */
export class JsonTransport {
  readonly #connection: Connection;

  readonly #guard: RequestGuard;

  readonly #timeout: number;

  readonly #source: string;

  constructor(options: {
    source: string;
    connection: Connection;
    guard: RequestGuard;
    /** Milliseconds for a whole answer. */
    timeout: number;
  }) {
    this.#source = options.source;
    this.#connection = options.connection;
    this.#guard = options.guard;
    this.#timeout = options.timeout;
  }

  /** @throws ApiFailure for everything but a JSON object with status 2xx */
  send(request: ApiRequest, signal: AbortSignal): Promise<JsonRecord> {
    return this.#exchange(request, signal, record, 'a JSON object');
  }

  /** @throws ApiFailure for everything but a JSON list of objects with status 2xx */
  sendForList(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<readonly JsonRecord[]> {
    return this.#exchange(
      request,
      signal,
      document =>
        Array.isArray(document) ? records(document, maxListed) : undefined,
      'a JSON list',
    );
  }

  /** What a 2xx says; an empty object for one that says nothing. @throws ApiFailure for everything else */
  sendForAnything(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<JsonRecord> {
    return this.#exchange(
      request,
      signal,
      document => record(document) ?? {},
      'something',
    );
  }

  async #exchange<T>(
    request: ApiRequest,
    signal: AbortSignal,
    read: (document: unknown) => T | undefined,
    expected: string,
  ): Promise<T> {
    this.#guard(request);
    signal.throwIfAborted();
    const { method, path, query, body, contentType } = request;
    const url = new URL(this.#connection.server + path);
    for (const [name, value] of Object.entries(query ?? {})) {
      url.searchParams.set(name, value);
    }
    let response: TextResponse;
    try {
      response = await requestText({
        url,
        method,
        headers: {
          ...this.#connection.headers,
          accept: 'application/json',
          ...(body && { 'content-type': contentType ?? 'application/json' }),
        },
        body: body && JSON.stringify(body),
        agent: this.#connection.agent,
        signal,
        timeout: this.#timeout,
        maxBytes,
      });
    } catch (error) {
      throw this.#withoutAnswer(request, error);
    }
    const { status } = response;
    const document = parse(response.text);
    const ok = status >= 200 && status < 300;
    const value = ok ? read(document) : undefined;
    if (value !== undefined) {
      return value;
    }
    throw this.#failed(request, response, record(document), expected);
  }

  #failed(
    request: ApiRequest,
    { status, headers }: TextResponse,
    document: JsonRecord | undefined,
    expected: string,
  ): ApiFailure {
    const ok = status >= 200 && status < 300;
    const said = saidIn(document);
    return new ApiFailure({
      status: ok ? undefined : status,
      // 408 and 5xx may come from a proxy that lost patience with a server that goes on.
      tookEffect: !ok && status < 500 && status !== 408 ? 'no' : 'perhaps',
      heldBack: isHeldBack(status, headers),
      retryAfter: readRetryAfter(headers['retry-after'], Date.now()),
      said,
      told: ok
        ? `${this.#source} answered with something else than it should`
        : `${this.#source} answered with status ${status}${said && `: ${said}`}`,
      message: ok
        ? `${this.#asked(request)} was answered with something else than ${expected}`
        : `${this.#asked(request)} was answered with status ${status}${said && `: ${said}`}`,
    });
  }

  #withoutAnswer(request: ApiRequest, error: unknown): ApiFailure {
    const code =
      isError(error) && typeof error.code === 'string' ? error.code : '';
    const why = code || (isError(error) ? error.name : 'error');
    return new ApiFailure({
      told: `${this.#source} gave no answer (${why})`,
      tookEffect: beforeSending.test(code) ? 'no' : 'perhaps',
      message: `${this.#asked(request)} got no answer (${why})`,
      cause: error,
    });
  }

  #asked({ method, path }: ApiRequest): string {
    return `${method} ${path} of source ${this.#source}`;
  }
}
