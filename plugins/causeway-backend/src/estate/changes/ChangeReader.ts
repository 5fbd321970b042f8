import type {
  ChangeType,
  EstateChange,
} from '@causeway/backstage-plugin-causeway-common';

/** A change with its place in the log. */
export interface LoggedChange extends EstateChange {
  /**
   * Grows with every change of the whole estate. It counts what others may not
   * see, so it stays on this side: no answer carries it.
   */
  seq: number;
}

/** Which changes are wanted; all conditions hold together. */
export interface ChangeQuery {
  /** Of these entities; of all where absent, of none where empty. */
  refs?: readonly string[];
  /** With `refs`: removals of what was one of these owners' and ran in one of these environments, too. */
  removedFrom?: {
    /** References. */
    owners?: readonly string[];
    environments?: readonly string[];
  };
  what?: readonly ChangeType[];
  /** Name of a fact, or type of a relation. */
  attribute?: string;
  /** Epoch milliseconds, inclusive. */
  since?: number;
  /** Epoch milliseconds, exclusive. */
  until?: number;
  /** Most changes of the page. */
  limit: number;
  /** Only what comes before this place in the log, hence after it in the answer. */
  before?: number;
}

/**
 * Reads what changed, newest first. It knows no permissions: an answer for a
 * caller is made with `readVisibleChanges`.
 */
export interface ChangeReader {
  read(query: ChangeQuery): Promise<LoggedChange[]>;

  /** Epoch milliseconds since when changes are written; `undefined` until every source has been read once. */
  begun(): Promise<number | undefined>;
}
