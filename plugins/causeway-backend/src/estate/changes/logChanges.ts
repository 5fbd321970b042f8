import type { Knex } from 'knex';
import { keySeparator, type RowDifference } from '../entities/rows';
import { factCatalogue } from '../facts/catalogue';
import type { FactsChange } from '../facts/writeFacts';
import type { LastPlace } from './readPlaces';
import { findChanges, type FoundChange, type Relation } from './findChanges';

/** SQLite takes at most 500 rows in one multi-row insert. */
const batchSize = 200;

/** What a write of the projection changed. */
export interface WrittenChanges {
  entities: RowDifference;
  edges: RowDifference;
  facts: RowDifference;
  /** How the facts of things that had some before differ. */
  factChanges: readonly FactsChange[];
  /** Of what is removed: whose it was and where it ran. */
  places: ReadonlyMap<string, LastPlace>;
}

const factNames = factCatalogue.map(({ name }) => name);

function toRelation(key: string): Relation {
  const [from, type, to] = key.split(keySeparator);
  return { from, type, to };
}

function* batches<T>(list: readonly T[]): Iterable<T[]> {
  for (let start = 0; start < list.length; start += batchSize) {
    yield list.slice(start, start + batchSize);
  }
}

/**
 * Of these references, those that something is known of: where a hand-written
 * Component takes the place of ours, nothing appears or is removed.
 */
async function havingFacts(
  tx: Knex.Transaction,
  refs: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const batch of batches(refs)) {
    const rows: { ref: string }[] = await tx('estate_facts')
      .whereIn('ref', batch)
      .select('ref');
    rows.forEach(({ ref }) => found.add(ref));
  }
  return found;
}

function toRow(change: FoundChange, at: number, place: LastPlace = {}) {
  const json = (value: unknown) =>
    value === undefined ? null : JSON.stringify(value);
  return {
    at,
    ref: change.entityRef,
    what: change.what,
    attribute: change.attribute ?? null,
    other_ref: change.otherRef ?? null,
    before: json(change.before),
    after: json(change.after),
    origin: change.origin ?? null,
    source: change.source ?? null,
    owner: place.owner ?? null,
    environment: place.environment ?? null,
  };
}

/**
 * Writes what changed, in the transaction that changes it, after facts are
 * written. Nothing is a change until every source has been read once: until
 * then the estate is only found.
 */
export async function logChanges(
  tx: Knex.Transaction,
  { entities, edges, facts, factChanges, places }: WrittenChanges,
  { at, settled }: { at: number; settled: boolean },
): Promise<void> {
  const state: { began_at: number | string | null; facts: string } = await tx(
    'estate_changes_state',
  )
    .where({ id: 1 })
    .first('began_at', 'facts');
  const names = JSON.stringify(factNames);
  if (state.began_at === null || state.facts !== names) {
    await tx('estate_changes_state')
      .where({ id: 1 })
      .update({
        facts: names,
        ...(state.began_at === null && settled && { began_at: at }),
      });
  }
  if (state.began_at === null) {
    return;
  }

  const newFacts = new Set(facts.added);
  const before = await havingFacts(
    tx,
    entities.added.filter(ref => !newFacts.has(ref)),
  );
  const after = await havingFacts(tx, entities.remove);
  const changes = [
    ...findChanges(
      {
        appeared: entities.added.filter(ref => !before.has(ref)),
        removed: entities.remove.filter(ref => !after.has(ref)),
        facts: factChanges,
        related: edges.added.map(toRelation),
        unrelated: edges.remove.map(toRelation),
      },
      factCatalogue,
      new Set<string>(JSON.parse(state.facts)),
    ),
  ];
  for (const batch of batches(changes)) {
    await tx('estate_changes').insert(
      batch.map(change =>
        toRow(
          change,
          at,
          change.what === 'removed' ? places.get(change.entityRef) : undefined,
        ),
      ),
    );
  }
}
