import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  EntityChanges,
  EntityEstate,
  EntityFacts,
  EstateGraph,
  EstateStatus,
  FoundEntities,
  GraphDirection,
} from '@causeway/backstage-plugin-causeway-common';

/**
 * What is asked of the graph.
 *
 * @public
 */
export interface GraphQuery {
  entityRef: string;
  /** Hops from the root, 1 or more. */
  depth: number;
  direction: GraphDirection;
  /** Most nodes in the answer. */
  limit?: number;
}

/**
 * What is looked for in the estate.
 *
 * @public
 */
export interface EntitySearch {
  /** Words of name, title, tags or description; each has to be there. */
  text: string;
  /** `spec.type`. */
  types: string[];
  /** Most rows, 1 to 100. */
  limit: number;
}

/**
 * What the pages ask of the estate.
 *
 * @public
 */
export interface EstateApi {
  /**
   * Sources and partitions, problems and counts.
   *
   * @throws NotAllowedError where the caller may not read the estate's status
   */
  getStatus(options?: { signal?: AbortSignal }): Promise<EstateStatus>;
  /** What the estate knows of one entity; `kind: 'unknown'` for nothing. */
  getEntity(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityEstate>;
  /** Facts of one entity, and which are unknown. */
  getFacts(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityFacts>;
  /** What changed lately of one entity and of the workloads that are part of it, newest first. */
  getChanges(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityChanges>;
  /** Entities that fit a text, of these types, as far as the caller may read them. */
  findEntities(
    query: EntitySearch,
    options?: { signal?: AbortSignal },
  ): Promise<FoundEntities>;
  /** The part of the graph around one entity that the caller may read. */
  getGraph(
    query: GraphQuery,
    options?: { signal?: AbortSignal },
  ): Promise<EstateGraph>;
}

/**
 * Reference of {@link EstateApi}.
 *
 * @public
 */
export const estateApiRef = createApiRef<EstateApi>().with({
  id: 'plugin.causeway.estate',
  pluginId: 'causeway',
});
