import type { FactValue } from '@causeway/backstage-plugin-causeway-common';
import { carriedFacts } from './catalogue';
import type { FactSource, ProjectedFacts } from './model';

/** A value of a fact, with where it comes from. */
export interface KnownValue extends FactSource {
  value: FactValue;
  /** Whether it is of before, and nobody says so now. */
  carried?: true;
}

/** What the row of an entity keeps besides its facts as they are projected. */
export interface KeptFacts {
  /** Epoch milliseconds since when a value holds, where that is later than the row's. */
  since?: Record<string, number>;
  /** The last values of facts that are carried on. */
  carried?: Record<string, KnownValue>;
}

/** The facts of one entity as they are stored. */
export interface StoredFacts {
  projected: Omit<ProjectedFacts, 'ref'>;
  /** Epoch milliseconds since when every value holds that `kept` does not tell of. */
  since: number;
  kept: KeptFacts;
}

/** The row of an entity's facts. */
export interface DbFactsRow {
  ref: string;
  facts: string;
  since: number | string;
  kept: string | null;
}

/** Reads a row. */
export function parseFacts({ facts, since, kept }: DbFactsRow): StoredFacts {
  return {
    projected: JSON.parse(facts),
    since: Number(since),
    kept: kept === null ? {} : JSON.parse(kept),
  };
}

/** Every value that is known by name. Where two places tell one fact, the first stands. */
export function knownValues({
  projected,
  kept,
}: Pick<StoredFacts, 'projected' | 'kept'>): Map<string, KnownValue> {
  const known = new Map<string, KnownValue>();
  for (const { values, ...from } of projected.groups) {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && !known.has(name)) {
        known.set(name, { ...from, value });
      }
    }
  }
  for (const [name, carried] of Object.entries(kept.carried ?? {})) {
    if (!known.has(name)) {
      known.set(name, carried);
    }
  }
  return known;
}

/** Since when a value holds. */
export function sinceOf({ since, kept }: StoredFacts, name: string): number {
  return kept.since?.[name] ?? since;
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

/**
 * The facts to store where others stood: a value that is as it was holds since
 * it began, a new one since now, and one that is carried on stays as long as
 * it is the same thing that it is told of.
 */
export function succeedFacts(
  before: StoredFacts | undefined,
  projected: StoredFacts['projected'],
  now: number,
): StoredFacts {
  if (!before || before.projected.identity !== projected.identity) {
    return { projected, since: now, kept: {} };
  }
  const earlier = knownValues(before);
  const own = knownValues({ projected, kept: {} });
  const carried: NonNullable<KeptFacts['carried']> = {};
  for (const name of carriedFacts) {
    const value = earlier.get(name);
    if (value && !own.has(name)) {
      carried[name] = { ...value, carried: true };
    }
  }
  const known = knownValues({ projected, kept: { carried } });
  const since: NonNullable<KeptFacts['since']> = {};
  for (const [name, { value }] of known) {
    const began =
      earlier.get(name)?.value === value ? sinceOf(before, name) : now;
    if (began !== before.since) {
      since[name] = began;
    }
  }
  return {
    projected,
    since: before.since,
    kept: {
      ...(!isEmpty(since) && { since }),
      ...(!isEmpty(carried) && { carried }),
    },
  };
}
