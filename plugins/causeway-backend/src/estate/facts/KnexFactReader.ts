import type { Knex } from 'knex';
import type { FactReader } from './FactReader';
import { type DbFactsRow, parseFacts, type StoredFacts } from './storedFacts';

/** References of one statement. */
const batchSize = 1000;

/** Facts in the database: the same on every replica. */
export class KnexFactReader implements FactReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(refs: readonly string[]): Promise<Map<string, StoredFacts>> {
    const found = new Map<string, StoredFacts>();
    for (let start = 0; start < refs.length; start += batchSize) {
      const rows: DbFactsRow[] = await this.#knex('estate_facts')
        .whereIn('ref', refs.slice(start, start + batchSize))
        .select('ref', 'facts', 'since', 'kept');
      for (const row of rows) {
        found.set(row.ref, parseFacts(row));
      }
    }
    return found;
  }
}
