import type { FactDefinition } from '@causeway/backstage-plugin-causeway-common';
import type { EstateChange } from '@causeway/backstage-plugin-causeway-common';
import type { FactsChange } from '../facts/writeFacts';

/** What differs from the estate as it was. */
export interface Differences {
  /** References of entities that came and went, whatever has their name now. */
  appeared: readonly string[];
  removed: readonly string[];
  facts: readonly FactsChange[];
  /** Relations that came and went. */
  related: readonly Relation[];
  unrelated: readonly Relation[];
}

/** One relation. */
export interface Relation {
  from: string;
  type: string;
  to: string;
}

/** A change before it has a time. */
export type FoundChange = Omit<EstateChange, 'at'>;

/**
 * What is told of a difference in facts. A value that was not known before, or
 * is not any more, is no change of the thing, only of what we know; but where
 * absence says that there is none of it, it is.
 */
function* factChanges(
  { ref, before, after }: FactsChange,
  catalogue: readonly FactDefinition[],
  known: ReadonlySet<string>,
): Iterable<FoundChange> {
  for (const { name, tracked, absence } of catalogue) {
    const old = before.get(name);
    const now = after.get(name);
    if (!tracked || !known.has(name) || old?.value === now?.value) {
      continue;
    }
    if ((old && now) || absence === 'none') {
      const { origin, source } = (now ?? old)!;
      yield {
        entityRef: ref,
        what: 'changed',
        attribute: name,
        before: old?.value,
        after: now?.value,
        origin,
        source,
      };
    }
  }
}

/**
 * The changes that differences amount to, in a fixed order. What a thing is
 * like and related to when it appears belongs to its appearance, and likewise
 * when it goes.
 */
export function* findChanges(
  differences: Differences,
  catalogue: readonly FactDefinition[],
  /** Names of the facts that were told before: a new one is no change of anything. */
  known: ReadonlySet<string>,
): Iterable<FoundChange> {
  const appeared = new Set(differences.appeared);
  const removed = new Set(differences.removed);
  for (const entityRef of differences.appeared) {
    yield { entityRef, what: 'appeared' };
  }
  for (const facts of differences.facts) {
    yield* factChanges(facts, catalogue, known);
  }
  for (const [what, relations, gone] of [
    ['related', differences.related, appeared],
    ['unrelated', differences.unrelated, removed],
  ] as const) {
    for (const { from, type, to } of relations) {
      if (!gone.has(from)) {
        yield { entityRef: from, what, attribute: type, otherRef: to };
      }
    }
  }
  for (const entityRef of differences.removed) {
    yield { entityRef, what: 'removed' };
  }
}
