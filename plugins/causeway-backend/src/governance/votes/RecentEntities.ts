import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

type ReadEntities = Pick<CatalogService, 'getEntitiesByRefs' | 'queryEntities'>;

/** Answers that are kept; beyond, what is too old is thrown away. */
const most = 5_000;

/** Promises by key, each for a while. */
class Kept<T> {
  readonly #kept = new Map<string, { answer: Promise<T>; until: number }>();

  get(key: string, now: number): Promise<T> | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > now ? kept.answer : undefined;
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
 */
export class RecentEntities implements ReadEntities {
  readonly #catalog: ReadEntities;
  readonly #maxAge: number;
  readonly #now: () => number;
  readonly #entities = new Kept<Entity | undefined>();
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
}
