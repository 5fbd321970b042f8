import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

type ReadEntities = Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;

/** Answers that are kept; beyond, what is too old is thrown away. */
const most = 5_000;

/** Of its age, from when on what is still asked for is read ahead. */
const aheadFrom = 0.6;

/** Milliseconds in which what is to be read ahead is collected. */
const collectFor = 50;

/** Promises by key, each for a while. */
class Kept<T> {
  readonly #kept = new Map<string, { answer: Promise<T>; until: number }>();

  get(key: string, now: number): Promise<T> | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > now ? kept.answer : undefined;
  }

  /** Milliseconds for which it is still kept. */
  left(key: string, now: number): number {
    return (this.#kept.get(key)?.until ?? now) - now;
  }

  set(key: string, answer: Promise<T>, now: number, until: number): void {
    if (this.#kept.size > most) {
      for (const [old, one] of this.#kept) {
        if (one.until <= now) {
          this.#kept.delete(old);
        }
      }
    }
    const kept = { answer, until };
    this.#kept.set(key, kept);
    // Who asks next is not told of a failure of the past.
    answer.catch(() => this.#kept.get(key) === kept && this.#kept.delete(key));
  }
}

/**
 * The catalog as it was a moment ago: what many ask at once is read once. One
 * reader for one kind of question, since the fields that were asked for first
 * are kept, whoever asks. Nothing may be decided by it (THREATS H9).
 *
 * What is asked for again and again is read ahead, all of it in one call:
 * where many ask, everything would else be too old at the same moment, and
 * each would read its part.
 */
export class RecentEntities implements ReadEntities {
  readonly #catalog: ReadEntities;
  readonly #maxAge: number;
  readonly #now: () => number;
  readonly #entities = new Kept<Entity | undefined>();
  readonly #due = new Set<string>();
  readonly #queries = new Kept<
    Awaited<ReturnType<ReadEntities['queryEntities']>>
  >();

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
    const known = request.entityRefs.map(ref => this.#entities.get(ref, now));
    const missing = request.entityRefs.filter((_, at) => !known[at]);
    const read =
      missing.length > 0
        ? this.#catalog.getEntitiesByRefs(
            { ...request, entityRefs: missing },
            options,
          )
        : undefined;
    const asked = new Map(
      missing.map((ref, at) => [ref, read!.then(({ items }) => items[at])]),
    );
    asked.forEach((answer, ref) =>
      this.#entities.set(ref, answer, now, now + this.#maxAge),
    );
    this.#readAhead(request, options, now);
    return {
      items: await Promise.all(
        request.entityRefs.map((ref, at) => known[at] ?? asked.get(ref)),
      ),
    };
  }

  queryEntities(
    request: Parameters<ReadEntities['queryEntities']>[0],
    options: Parameters<ReadEntities['queryEntities']>[1],
  ): ReturnType<ReadEntities['queryEntities']> {
    const now = this.#now();
    const key = JSON.stringify(request);
    let answer = this.#queries.get(key, now);
    if (!answer) {
      answer = this.#catalog.queryEntities(request, options);
      this.#queries.set(key, answer, now, now + this.#maxAge);
    }
    return answer;
  }

  #readAhead(
    request: Parameters<ReadEntities['getEntitiesByRefs']>[0],
    options: Parameters<ReadEntities['getEntitiesByRefs']>[1],
    now: number,
  ): void {
    const old = request.entityRefs.filter(
      ref =>
        this.#entities.left(ref, now) <= (1 - aheadFrom) * this.#maxAge &&
        !this.#due.has(ref),
    );
    if (old.length === 0) {
      return;
    }
    const first = this.#due.size === 0;
    old.forEach(ref => this.#due.add(ref));
    if (first) {
      setTimeout(() => {
        const entityRefs = [...this.#due];
        this.#due.clear();
        const began = this.#now();
        this.#catalog
          .getEntitiesByRefs({ ...request, entityRefs }, options)
          .then(
            ({ items }) =>
              entityRefs.forEach((ref, at) =>
                this.#entities.set(
                  ref,
                  Promise.resolve(items[at]),
                  began,
                  began + this.#maxAge,
                ),
              ),
            // Whoever asks when it is too old is told.
            () => undefined,
          );
      }, collectFor).unref();
    }
  }
}
