import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import type { ArgocdSourceConfig } from '../config/SourceConfig';
import {
  type Asked,
  classifyStatus,
  classifyThrown,
} from '../http/classifyFailure';
import type { HttpLimits } from '../http/HttpLimits';
import { openResponse } from '../http/openResponse';
import { readLines } from '../http/readLines';
import { requestText } from '../http/requestText';
import { type JsonRecord, record } from '../read';

const maxBytes = 128 * 1024 * 1024;

const maxLineBytes = 8 * 1024 * 1024;

/** Requests to one Argo CD; failures are `SourceError`s. */
export class ArgocdClient {
  readonly #config: ArgocdSourceConfig;

  readonly #limits: HttpLimits;

  readonly #signal: AbortSignal;

  constructor(options: {
    config: ArgocdSourceConfig;
    limits: HttpLimits;
    signal: AbortSignal;
  }) {
    this.#limits = options.limits;
    this.#config = options.config;
    this.#signal = options.signal;
  }

  /** A JSON document. */
  async get(path: string, what: string): Promise<JsonRecord> {
    const asked = this.#asked(what);
    try {
      const response = await requestText({
        ...this.#request(path),
        timeout: this.#limits.request,
        maxBytes,
      });
      if (response.status !== 200) {
        throw classifyStatus(
          asked,
          response.status,
          response.headers,
          Date.now(),
        );
      }
      const document = record(JSON.parse(response.text));
      if (!document) {
        throw new SourceError({
          reason: 'malformed',
          message: `${asked.address} answered ${what} of source ${asked.source} with JSON that is no object: check that it is an Argo CD server`,
        });
      }
      return document;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw classifyThrown(asked, error);
    }
  }

  /** Results of a stream, in batches as they arrive; the first, empty batch says that it is open. */
  async *stream(path: string, what: string): AsyncGenerator<JsonRecord[]> {
    const asked = this.#asked(what);
    try {
      const response = await openResponse({
        ...this.#request(path),
        headersTimeout: this.#limits.request,
        silenceTimeout: this.#limits.silence,
      });
      if (response.status !== 200) {
        response.body.destroy();
        throw classifyStatus(
          asked,
          response.status,
          response.headers,
          Date.now(),
        );
      }
      yield [];
      for await (const lines of readLines(response.body, {
        maxLineBytes,
        signal: this.#signal,
      })) {
        yield lines.map(line => toResult(line, asked));
      }
    } catch (error) {
      this.#signal.throwIfAborted();
      throw classifyThrown(asked, error);
    }
  }

  #request(path: string) {
    return {
      url: new URL(this.#config.url + path),
      headers: {
        authorization: `Bearer ${this.#config.token}`,
        accept: 'application/json',
      },
      signal: this.#signal,
    };
  }

  #asked(what: string): Asked {
    return {
      source: this.#config.id,
      what,
      address: new URL(this.#config.url).origin,
      advice: {
        unauthorized: `renew ${this.#config.key}.token`,
        forbidden: `grant its account "${what}, get" on all projects, see docs/operations/rbac.md`,
      },
    };
  }
}

/** A line of the stream is `{"result": ...}` or `{"error": ...}`; after an error the list is read again. */
function toResult(line: string, asked: Asked): JsonRecord {
  let result: JsonRecord | undefined;
  try {
    result = record(record(JSON.parse(line))?.result);
  } catch {
    result = undefined;
  }
  if (!result) {
    throw new SourceError({
      reason: 'server-error',
      message: `The stream of ${asked.what} of source ${asked.source} ended with an error; it is listed again`,
      expired: true,
    });
  }
  return result;
}
