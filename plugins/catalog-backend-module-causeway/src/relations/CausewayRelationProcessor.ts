import { isComponentEntity, type Entity } from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorCache,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import type { ClaimHints } from '../claims/ClaimHints';
import { claimHash } from '../claims/claimHash';
import { isIngested } from '../ingested';
import { readEdges } from './readEdges';

/**
 * Turns the inferred edges of ingested entities into catalog relations, and
 * notices hand-written Components that changed. A file that carries
 * `spec.causeway.edges` has no effect: tenants write files.
 */
export class CausewayRelationProcessor implements CatalogProcessor {
  readonly #hints: Pick<ClaimHints, 'changed'>;

  constructor(options: { hints: Pick<ClaimHints, 'changed'> }) {
    this.#hints = options.hints;
  }

  getProcessorName(): string {
    return 'CausewayRelationProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (isIngested(entity)) {
      for (const relation of readEdges(entity)) {
        emit(processingResult.relation(relation));
      }
    } else if (isComponentEntity(entity)) {
      const hash = claimHash(entity);
      if ((await cache.get('claim')) !== hash) {
        await cache.set('claim', hash);
        this.#hints.changed();
      }
    }
    return entity;
  }
}
