import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import {
  type Asked,
  classifyStatus,
  classifyThrown,
} from '../http/classifyFailure';
import type { HttpLimits } from '../http/HttpLimits';
import { type OpenResponse, openResponse } from '../http/openResponse';
import { requestText, type TextResponse } from '../http/requestText';
import { type JsonRecord, record } from '../read';
import type { ClusterConnection } from './ClusterConnection';

/** Bytes of one answer that is read whole. */
const maxBytes = 64 * 1024 * 1024;

/** Requests to one API server over one connection; failures are `SourceError`s. */
export class KubernetesClient {
  readonly #source: string;

  readonly #connection: ClusterConnection;

  readonly #limits: HttpLimits;

  readonly #signal: AbortSignal;

  constructor(options: {
    source: string;
    connection: ClusterConnection;
    limits: HttpLimits;
    signal: AbortSignal;
  }) {
    this.#limits = options.limits;
    this.#source = options.source;
    this.#connection = options.connection;
    this.#signal = options.signal;
  }

  /** A JSON document. */
  async get(
    path: string,
    what: string,
    accept = 'application/json',
  ): Promise<JsonRecord> {
    const asked = this.asked(what);
    let response: TextResponse;
    try {
      response = await requestText({
        ...this.#request(path, accept),
        timeout: this.#limits.request,
        maxBytes,
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      throw classifyThrown(asked, error);
    }
    if (response.status !== 200) {
      throw classifyStatus(
        asked,
        response.status,
        response.headers,
        Date.now(),
      );
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(response.text);
    } catch (error) {
      throw classifyThrown(asked, error);
    }
    const document = record(parsed);
    if (!document) {
      throw new SourceError({
        reason: 'malformed',
        message: `${asked.address} answered ${what} of source ${this.#source} with JSON that is no object: check that the address is a Kubernetes API server`,
      });
    }
    return document;
  }

  /** A stream of lines; the answer's status is checked already. */
  async open(path: string, what: string): Promise<OpenResponse> {
    const asked = this.asked(what);
    let response: OpenResponse;
    try {
      response = await openResponse({
        ...this.#request(path),
        headersTimeout: this.#limits.request,
        silenceTimeout: this.#limits.silence,
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      throw classifyThrown(asked, error);
    }
    if (response.status !== 200) {
      response.body.destroy();
      throw classifyStatus(
        asked,
        response.status,
        response.headers,
        Date.now(),
      );
    }
    return response;
  }

  asked(what: string): Asked {
    return {
      source: this.#source,
      what,
      address: new URL(this.#connection.server).origin,
      advice: {
        unauthorized:
          'renew its token or certificate, see docs/operations/rbac.md',
        forbidden: `grant its account get, list and watch on ${what}, see docs/operations/rbac.md`,
      },
    };
  }

  #request(path: string, accept = 'application/json') {
    const { server, headers, agent } = this.#connection;
    return {
      url: new URL(server + path),
      headers: { ...headers, accept },
      agent,
      signal: this.#signal,
    };
  }
}
