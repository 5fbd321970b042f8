import type { JsonObject } from '@backstage/types';
import type { JsonRecord } from '../../../estate/sources/read';
import { records } from '../../../estate/sources/read';
import { statusOf } from './ApiFailure';
import type { ApiRequest, JsonTransport } from './JsonTransport';

/** A change of an object: a merge patch, or a strategic one where lists have keys. */
export interface ObjectPatch {
  type: 'merge' | 'strategic';
  body: JsonObject;
}

/** Who wrote, as the object's managed fields tell from then on. */
export const fieldManager = 'causeway';

/** Names the request that wrote an object last. */
export const requestAnnotation = 'causeway.dev/request';

/** Objects of a list that is looked through; what is beyond is not judged, and said. */
const pageSize = 500;
const maxPages = 20;

/** Reads of one cluster. */
export class KubernetesReads {
  readonly #transport: JsonTransport;

  protected readonly signal: AbortSignal;

  constructor(transport: JsonTransport, signal: AbortSignal) {
    this.#transport = transport;
    this.signal = signal;
  }

  get(path: string): Promise<JsonRecord> {
    return this.#transport.send({ method: 'GET', path }, this.signal);
  }

  /** `undefined` for what is not there. */
  async find(path: string): Promise<JsonRecord | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** All objects of a list, page by page. */
  async list(path: string): Promise<JsonRecord[]> {
    const found: JsonRecord[] = [];
    let from: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const answer = await this.#transport.send(
        {
          method: 'GET',
          path,
          query: {
            limit: String(pageSize),
            ...(from !== undefined && { continue: from }),
          },
        },
        this.signal,
      );
      found.push(...records(answer.items, pageSize));
      const next = (answer.metadata as JsonRecord | undefined)?.continue;
      if (typeof next !== 'string' || next === '') {
        break;
      }
      from = next;
    }
    return found;
  }
}

/** Lends a transport for one request. */
export type UseTransport = (
  use: (transport: JsonTransport) => Promise<JsonRecord>,
) => Promise<JsonRecord>;

/** What plans work with: reads with the reader's credentials, and dry runs. */
export class KubernetesPlanClient extends KubernetesReads {
  readonly #dryRuns: UseTransport;

  constructor(options: {
    reads: JsonTransport;
    /** Connects only when there is something to try. */
    dryRuns: UseTransport;
    signal: AbortSignal;
  }) {
    super(options.reads, options.signal);
    this.#dryRuns = options.dryRuns;
  }

  /** What the object would be like: the server validates and admits, and keeps nothing. */
  dryRun(path: string, patch: ObjectPatch): Promise<JsonRecord> {
    return this.#dryRuns(transport =>
      transport.send(patchRequest(path, patch, { dryRun: 'All' }), this.signal),
    );
  }
}

/** What executions and rollbacks work with, and nobody else. */
export class KubernetesWriteClient extends KubernetesReads {
  readonly #writes: JsonTransport;

  readonly #serverTimeout: number;

  constructor(options: {
    transport: JsonTransport;
    signal: AbortSignal;
    /** Seconds after which the server gives up: before we do, so that nothing comes later that was looked for in vain. */
    serverTimeout: number;
  }) {
    super(options.transport, options.signal);
    this.#writes = options.transport;
    this.#serverTimeout = options.serverTimeout;
  }

  patch(path: string, patch: ObjectPatch): Promise<JsonRecord> {
    return this.#writes.send(
      patchRequest(path, patch, { timeout: `${this.#serverTimeout}s` }),
      this.signal,
    );
  }
}

function patchRequest(
  path: string,
  { type, body }: ObjectPatch,
  query?: Record<string, string>,
): ApiRequest {
  return {
    method: 'PATCH',
    path,
    query: { fieldManager, ...query },
    body,
    contentType:
      type === 'merge'
        ? 'application/merge-patch+json'
        : 'application/strategic-merge-patch+json',
  };
}
