import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

type ReadEntities = Pick<CatalogService, 'getEntitiesByRefs'>;

interface Kept {
  entity: Promise<Entity | undefined>;
  until: number;
}

/** Entities that are kept; beyond, what is too old is thrown away. */
const most = 5_000;

/**
 * The catalog as it was a moment ago: what many ask at once is read once. One
 * reader for one kind of question, since the fields that were asked for first
 * are kept, whoever asks. Nothing may be decided by it (THREATS H9).
 */
export class RecentEntities implements ReadEntities {
  readonly #catalog: ReadEntities;
  readonly #maxAge: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(options: {
    catalog: ReadEntities;
    /** Milliseconds. */
    maxAge: number;
    /** Milliseconds that only go on. */
    now: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#maxAge = options.maxAge;
    this.#now = options.now;
  }

  async getEntitiesByRefs(
    request: Parameters<ReadEntities['getEntitiesByRefs']>[0],
    options: Parameters<ReadEntities['getEntitiesByRefs']>[1],
  ): ReturnType<ReadEntities['getEntitiesByRefs']> {
    const now = this.#now();
    const missing = request.entityRefs.filter(
      ref => (this.#kept.get(ref)?.until ?? 0) <= now,
    );
    if (missing.length > 0) {
      this.#forget(now);
      const read = this.#catalog.getEntitiesByRefs(
        { ...request, entityRefs: missing },
        options,
      );
      missing.forEach((ref, at) => {
        const kept: Kept = {
          entity: read.then(({ items }) => items[at]),
          until: now + this.#maxAge,
        };
        this.#kept.set(ref, kept);
        // Who asks next is not told of a failure of the past.
        kept.entity.catch(
          () => this.#kept.get(ref) === kept && this.#kept.delete(ref),
        );
      });
    }
    return {
      items: await Promise.all(
        request.entityRefs.map(ref => this.#kept.get(ref)!.entity),
      ),
    };
  }

  #forget(now: number): void {
    if (this.#kept.size > most) {
      for (const [ref, { until }] of this.#kept) {
        if (until <= now) {
          this.#kept.delete(ref);
        }
      }
    }
  }
}
