import type { StoredFacts } from './storedFacts';

/**
 * Reads what is known of entities. Freshness is joined by `joinFreshness`;
 * permissions are the caller's matter.
 */
export interface FactReader {
  /** Facts by reference; entities that have none are absent. */
  read(refs: readonly string[]): Promise<Map<string, StoredFacts>>;
}
