import type { Knex } from 'knex';
import { containing } from './normalizeText';
import type { SearchDocument } from './SearchDocument';

/** What is looked for; several values of one field mean any of them. Texts are normalized. */
export interface SearchQuery {
  /** Each has to stand somewhere in name, title, tags or description. */
  words?: string[];
  name?: string;
  title?: string;
  kinds?: string[];
  types?: string[];
  /** Entity references. */
  owners?: string[];
  lifecycles?: string[];
  values?: Partial<
    Record<'environment' | 'health' | 'sync' | 'condition' | 'tag', string[]>
  >;
}

/** An entity that may be an answer: whoever asks may not be allowed to see it. */
export interface SearchCandidate {
  ref: string;
  /** Whether its state and environments are those of its parts, and have to be looked at there. */
  composed: boolean;
}

/** Fields that an entity may have through its parts. */
const ofParts = new Set(['environment', 'health', 'sync', 'condition']);

const batchSize = 400;

/**
 * Reads the index of the search. It knows no permissions: every reference that
 * it gives has to be looked up in the catalog with the caller's credentials
 * before anything is made of it.
 */
export class SearchReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What matches, deprecated ones last, best names first, then by reference. */
  async candidates(query: SearchQuery): Promise<SearchCandidate[]> {
    const { words = [] } = query;
    const like = (column: string, text: string) =>
      this.#knex.raw(`${column} like ? escape '\\'`, [containing(text)]);
    const phrase = query.name ?? words.join(' ');
    const rank = phrase
      ? this.#knex.raw(
          "case when name = ? then 0 when name like ? escape '\\' then 1 when name like ? escape '\\' then 2 else 3 end",
          [phrase, containing(phrase).slice(1), containing(phrase)],
        )
      : undefined;
    const rows: { ref: string; composed: number }[] = await this.#knex(
      'estate_search',
    )
      .modify(q => {
        words.forEach(word => q.andWhere(like('words', word)));
        if (query.name !== undefined) {
          q.andWhere(like('name', query.name));
        }
        if (query.title !== undefined) {
          q.andWhere(like('title', query.title));
        }
        for (const [column, values] of [
          ['kind', query.kinds],
          ['type', query.types],
          ['owner', query.owners],
          ['lifecycle', query.lifecycles],
        ] as const) {
          if (values) {
            q.whereIn(column, values);
          }
        }
        for (const [field, values] of Object.entries(query.values ?? {})) {
          q.whereIn('ref', this.#having(field, values));
        }
        q.orderBy('deprecated');
        if (rank) {
          q.orderByRaw(rank);
        }
        q.orderBy('ref');
      })
      .select('ref', 'composed');
    return rows.map(({ ref, composed }) => ({ ref, composed: composed === 1 }));
  }

  /** Documents by reference. */
  async documents(
    refs: readonly string[],
  ): Promise<Map<string, SearchDocument>> {
    const found = new Map<string, SearchDocument>();
    for (let start = 0; start < refs.length; start += batchSize) {
      const rows: { ref: string; document: string }[] = await this.#knex(
        'estate_search',
      )
        .whereIn('ref', refs.slice(start, start + batchSize))
        .select('ref', 'document');
      rows.forEach(({ ref, document }) => found.set(ref, JSON.parse(document)));
    }
    return found;
  }

  /** References and normalized names of all entities, for the nearest to a misspelled one. */
  async names(kind?: string): Promise<{ ref: string; name: string }[]> {
    return this.#knex('estate_search')
      .modify(q => {
        if (kind !== undefined) {
          q.where({ kind });
        }
      })
      .orderBy('ref')
      .select('ref', 'name');
  }

  #having(field: string, values: string[]): Knex.QueryBuilder {
    const own = this.#knex('estate_search_values')
      .where({ field })
      .whereIn('value', values)
      .select('ref');
    return ofParts.has(field)
      ? own.union([
          this.#knex('estate_search_values as p')
            .join('estate_search_values as v', 'v.ref', 'p.value')
            .where('p.field', 'part')
            .andWhere('v.field', field)
            .whereIn('v.value', values)
            .select('p.ref'),
        ])
      : own;
  }
}
