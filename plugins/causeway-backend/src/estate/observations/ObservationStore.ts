import type { Observation, ObservedKind } from './model';

/** What changed since a mark, for whoever projects. */
export interface ObservationChanges {
  /** New and changed observations. */
  upserted: Observation[];
  /** What is gone, by partition and key. */
  removed: { partition: string; key: string; kind: ObservedKind }[];
  /** Hand this to the next call. */
  mark: string;
  more: boolean;
}

/**
 * Reading side of the observations in the database. Writers are the partition
 * runners; the projection follows by mark, so that a restart or another
 * replica goes on where the last one stopped.
 */
export interface ObservationReader {
  /**
   * Changes after `mark` in the order in which they were committed; from the
   * beginning (living observations only) when it is `undefined`. Throws a
   * `ConflictError` for a mark that is older than the tombstones that are kept
   * (a week): then read again from the beginning.
   */
  changesSince(mark: string | undefined): Promise<ObservationChanges>;
}
