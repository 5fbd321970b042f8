import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  EntityEstate,
  EstateGraph,
  EstateStatus,
} from '@causeway/backstage-plugin-causeway-common';
import type { EstateApi, GraphQuery } from './EstateApi';

/**
 * {@link EstateApi} over the backend's routes.
 *
 * @public
 */
export class EstateClient implements EstateApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  getStatus(options?: { signal?: AbortSignal }): Promise<EstateStatus> {
    return this.#get('/estate/status', options);
  }

  getEntity(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityEstate> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.#get(`/estate/entities/${path}`, options);
  }

  getGraph(
    query: GraphQuery,
    options?: { signal?: AbortSignal },
  ): Promise<EstateGraph> {
    const search = new URLSearchParams({
      entityRef: query.entityRef,
      depth: String(query.depth),
      direction: query.direction,
      ...(query.limit && { limit: String(query.limit) }),
    });
    return this.#get(`/estate/graph?${search}`, options);
  }

  async #get<T>(path: string, options?: { signal?: AbortSignal }): Promise<T> {
    const response = await this.#fetchApi.fetch(`plugin://causeway${path}`, {
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
