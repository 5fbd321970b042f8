import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  EntityChanges,
  EntityEstate,
  EntityFacts,
  EstateGraph,
  EstateStatus,
  FoundEntities,
} from '@causeway/backstage-plugin-causeway-common';
import type { EntitySearch, EstateApi, GraphQuery } from './EstateApi';

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `/estate/entities/${path}`;
}

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
    return this.#get(entityPath(entityRef), options);
  }

  getFacts(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityFacts> {
    return this.#get(`${entityPath(entityRef)}/facts`, options);
  }

  getChanges(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityChanges> {
    return this.#get(`${entityPath(entityRef)}/changes?parts=true`, options);
  }

  findEntities(
    query: EntitySearch,
    options?: { signal?: AbortSignal },
  ): Promise<FoundEntities> {
    const search = new URLSearchParams({
      ...(query.text && { text: query.text }),
      type: query.types.join(','),
      limit: String(query.limit),
    });
    return this.#get(`/estate/questions/find-entities?${search}`, options);
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
