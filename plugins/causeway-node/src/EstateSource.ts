/**
 * A part of a source that is listed, watched, leased and deleted as a unit.
 *
 * @public
 */
export interface SourcePartition {
  /** `-` where the source has no scopes: a namespace, an organization. */
  scope: string;
  /** `deployments.apps`, `repositories`; lower case, no slash. */
  kind: string;
  /**
   * How often it is listed completely: `interval` is the configured
   * `completeList`, for partitions whose watch tells everything in order, so
   * that its events and bookmarks confirm the partition; `poll` the configured `poll`;
   * a number is a period of its own in milliseconds.
   */
  listEvery: 'interval' | 'poll' | number;
  /** Whether `watch` serves it. */
  watchable: boolean;
}

/**
 * One object as the source reported it, reduced to the fields that the estate
 * keeps. Secrets and free text of environment values never belong in it.
 *
 * @public
 */
export interface SourceItem {
  /** Stable within the partition and at most 512 characters: `namespace/name`. */
  key: string;
  /** Kind of observation, one of those that the estate knows, e.g. `Workload` or `Repository`. */
  kind: string;
  /** The reduced object, JSON only. */
  data: object;
  /**
   * Changes whenever the object does, as the source itself tells: uid and
   * resource version of a Kubernetes object. Absent where a source has none.
   */
  version?: string;
}

/**
 * The objects of a partition that the reader of a list has read before, by
 * key, each with its {@link SourceItem.version}. Only what the same process
 * has read and stored may be in it: another release may keep other fields of
 * the very same object.
 *
 * @public
 */
export type KnownVersions = ReadonlyMap<string, string>;

/**
 * One step of a listing. A listing that ends without `complete` proves nothing
 * and deletes nothing.
 *
 * @public
 */
export type SourceListPage =
  | {
      type: 'items';
      items: SourceItem[];
      /** Keys of objects that are there in the version that is known: nothing of them is read again. */
      unchanged?: string[];
      /** Keys of objects that are there but cannot be read whole: what is known of them stays. */
      unreadable?: string[];
      /** Number of objects that are there but do not even tell their key. */
      unidentified?: number;
    }
  /** The listing starts over: what came before proves nothing. */
  | { type: 'restart' }
  | {
      type: 'complete';
      /** Where a watch goes on from. */
      version?: string;
    };

/**
 * One change that a watch reports, in the source's order.
 *
 * @public
 */
export type SourceWatchEvent =
  | { type: 'upsert'; item: SourceItem; version?: string }
  | { type: 'remove'; key: string; version?: string }
  /** An object changed into something that cannot be read; what is known of it stays. */
  | { type: 'unreadable'; key?: string; version?: string }
  /** Nothing changed up to this version. */
  | { type: 'bookmark'; version?: string };

/**
 * The last rate limit that a source told.
 *
 * @public
 */
export interface SourceRateLimit {
  limit: number;
  remaining: number;
  /** Epoch milliseconds. */
  resetAt: number;
}

/**
 * A system that the estate reads. Failures are thrown as `SourceError`; what
 * else is thrown counts as a defect of the source and stops no other one.
 *
 * @public
 */
export interface EstateSource {
  /** Unique among all sources: lower-case letters, digits and dashes. */
  readonly id: string;
  readonly kind: 'kubernetes' | 'argocd' | 'github' | 'catalog';
  readonly title: string;
  /** Address without credentials, for people. */
  readonly address: string;
  readonly environment?: string;
  /** How many lists of this source may run at once. Defaults to 4. */
  readonly concurrency?: number;
  /**
   * All partitions that it may have, installed or not, as far as it can tell:
   * partitions that it finds while it is read join them.
   */
  partitions(): SourcePartition[];
  /**
   * The partition of this scope and kind, if it may have found it on another
   * replica or before a restart. Where a source finds partitions, it has this.
   */
  recognize?(scope: string, kind: string): SourcePartition | undefined;
  /**
   * Lists a partition. Throws a `SourceError` with reason `not-installed`
   * where the source positively says that it does not serve the kind.
   *
   * @param known - what need not be read again; a source may pay no heed to it
   */
  list(
    partition: SourcePartition,
    signal: AbortSignal,
    known?: KnownVersions,
  ): AsyncIterable<SourceListPage>;
  /**
   * Follows a partition from a version, in batches as they arrive. Ends when
   * the source ends it; throws a `SourceError` with `expired` when the version
   * is too old, so that the partition is listed again.
   */
  watch?(
    partition: SourcePartition,
    from: string,
    signal: AbortSignal,
  ): AsyncIterable<SourceWatchEvent[]>;
  rateLimit?(): SourceRateLimit | undefined;
}
