import type { PreparedObservation } from './prepareObservation';

/** What the database knows of a living observation, for comparing. */
export interface StoredObservation {
  hash: string;
  /** A complete list lacked it, and another one has to confirm that. */
  missing: boolean;
  /** Epoch milliseconds since when it is. */
  missingSince?: number;
}

/** How items differ from what is stored. */
export interface ObservationDifference {
  changed: PreparedObservation[];
  /** How many of `changed` were not there before. */
  added: number;
  /** Keys that were held as missing. */
  found: string[];
}

/** Which items are new, changed, or were held as missing; the last state of a key counts. */
export function compareObservations(
  stored: ReadonlyMap<string, StoredObservation>,
  items: PreparedObservation[],
): ObservationDifference {
  const difference: ObservationDifference = {
    changed: [],
    added: 0,
    found: [],
  };
  for (const item of new Map(items.map(one => [one.key, one])).values()) {
    const known = stored.get(item.key);
    if (known?.hash !== item.hash) {
      difference.changed.push(item);
    } else if (known.missing) {
      difference.found.push(item.key);
    }
    if (!known) {
      difference.added++;
    }
  }
  return difference;
}
