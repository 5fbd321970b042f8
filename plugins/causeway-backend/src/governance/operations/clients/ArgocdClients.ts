import type { JsonObject } from '@backstage/types';
import { type JsonRecord, records } from '../../../estate/sources/read';
import { statusOf } from './ApiFailure';
import type { JsonTransport } from './JsonTransport';

/** An Application, by all that Argo CD's rights and routes look at. */
export interface ApplicationAddress {
  name: string;
  namespace: string;
  project: string;
}

const pathOf = ({ name }: ApplicationAddress) =>
  `/api/v1/applications/${encodeURIComponent(name)}`;

const placeOf = ({ namespace, project }: ApplicationAddress) => ({
  appNamespace: namespace,
  project,
});

/** Reads of one Argo CD: all that plans may do there, for it has no dry run that leaves no trace. */
export class ArgocdPlanClient {
  readonly #transport: JsonTransport;

  protected readonly signal: AbortSignal;

  constructor(transport: JsonTransport, signal: AbortSignal) {
    this.#transport = transport;
    this.signal = signal;
  }

  application(address: ApplicationAddress): Promise<JsonRecord> {
    return this.#get(pathOf(address), placeOf(address));
  }

  /** `undefined` for what is not there; Argo CD says 403 where name and project do not fit. */
  async findApplication(
    address: ApplicationAddress,
  ): Promise<JsonRecord | undefined> {
    try {
      return await this.application(address);
    } catch (error) {
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** What Git wants of each resource and what is there, as JSON texts. */
  async managedResources(
    address: ApplicationAddress,
    only?: { group: string; kind: string; namespace: string; name: string },
  ): Promise<readonly JsonRecord[]> {
    const answer = await this.#get(`${pathOf(address)}/managed-resources`, {
      ...placeOf(address),
      ...only,
    });
    return records(answer.items, 2000);
  }

  /** Author, date and message of a commit that the application's repository has. */
  commit(address: ApplicationAddress, sha: string): Promise<JsonRecord> {
    return this.#get(
      `${pathOf(address)}/revisions/${encodeURIComponent(sha)}/metadata`,
      placeOf(address),
    );
  }

  #get(path: string, query: Record<string, string>): Promise<JsonRecord> {
    return this.#transport.send({ method: 'GET', path, query }, this.signal);
  }
}

/** What executions and rollbacks work with, and nobody else. */
export class ArgocdWriteClient extends ArgocdPlanClient {
  readonly #writes: JsonTransport;

  constructor(transport: JsonTransport, signal: AbortSignal) {
    super(transport, signal);
    this.#writes = transport;
  }

  /** Lets Argo CD compare again, and answers when it has. */
  refresh(
    address: ApplicationAddress,
    kind: 'normal' | 'hard',
  ): Promise<JsonRecord> {
    return this.#writes.send(
      {
        method: 'GET',
        path: pathOf(address),
        query: { refresh: kind, ...placeOf(address) },
      },
      this.signal,
    );
  }

  sync(address: ApplicationAddress, body: JsonObject): Promise<JsonRecord> {
    return this.#post('sync', address, body);
  }

  rollback(address: ApplicationAddress, body: JsonObject): Promise<JsonRecord> {
    return this.#post('rollback', address, body);
  }

  #post(
    what: string,
    address: ApplicationAddress,
    body: JsonObject,
  ): Promise<JsonRecord> {
    return this.#writes.send(
      {
        method: 'POST',
        path: `${pathOf(address)}/${what}`,
        body: { name: address.name, ...placeOf(address), ...body },
      },
      this.signal,
    );
  }
}
