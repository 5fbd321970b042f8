import type { Knex } from 'knex';
import { projectedTargets } from '../entities/projectedTargets';
import type { RowDifference } from '../entities/rows';
import { upsertRows } from '../sql/upsertRows';
import {
  type DbFactsRow,
  type KnownValue,
  knownValues,
  parseFacts,
  succeedFacts,
} from './storedFacts';

/** Rows that are read together. */
const batchSize = 500;

/** How the facts of one thing differ from what they were. */
export interface FactsChange {
  ref: string;
  before: ReadonlyMap<string, KnownValue>;
  after: ReadonlyMap<string, KnownValue>;
}

function* batches<T>(list: readonly T[]): Iterable<T[]> {
  for (let start = 0; start < list.length; start += batchSize) {
    yield list.slice(start, start + batchSize);
  }
}

/**
 * Writes the facts that differ, within the projection's transaction. Of what
 * is new nothing is read: an estate that is read for the first time costs its
 * inserts only.
 *
 * @returns what changed of things that had facts before
 */
export async function writeFacts(
  tx: Knex.Transaction,
  { upsert, added, remove }: RowDifference,
  now: number,
): Promise<FactsChange[]> {
  const changes: FactsChange[] = [];
  const isNew = new Set(added);
  for (const batch of batches(upsert)) {
    const refs = batch.flatMap(({ key }) => (isNew.has(key) ? [] : [key]));
    const rows: DbFactsRow[] =
      refs.length === 0
        ? []
        : await tx('estate_facts')
            .whereIn('ref', refs)
            .select('ref', 'facts', 'since', 'kept');
    const stored = new Map(rows.map(row => [row.ref, parseFacts(row)]));
    await upsertRows(
      tx,
      projectedTargets.facts,
      batch.map(({ key, hash, facts }) => {
        const before = stored.get(key);
        if (!before) {
          return { ref: key, facts, hash, since: now, kept: null };
        }
        const projected = JSON.parse(facts as string);
        const next = succeedFacts(before, projected, now);
        changes.push({
          ref: key,
          before: knownValues(before),
          after: knownValues(next),
        });
        return {
          ref: key,
          facts,
          hash,
          since: next.since,
          kept:
            next.kept.since || next.kept.carried
              ? JSON.stringify(next.kept)
              : null,
        };
      }),
    );
  }
  for (const batch of batches(remove)) {
    await tx('estate_facts').whereIn('ref', batch).delete();
  }
  return changes;
}
