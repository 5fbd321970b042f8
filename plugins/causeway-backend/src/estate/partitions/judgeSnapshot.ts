import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';

/** When a snapshot is too good at deleting to be believed at once. */
export interface GuardSettings {
  /** Share of a partition, 0 to 1, beyond which removals are held. */
  removalShare: number;
  /** Partitions with fewer objects are not guarded by share. */
  minimumObjects: number;
}

/** What a complete snapshot means for what was known. */
export interface SnapshotJudgement {
  /** Keys that may go. */
  remove: string[];
  /** Keys that wait for the next complete snapshot to confirm that they are gone. */
  hold: string[];
  /** Why keys are held. */
  reason?: Extract<
    StalenessReason,
    'suspiciously-empty' | 'mass-removal' | 'malformed'
  >;
}

/**
 * Decides which objects a complete snapshot may delete. A key that was held
 * and is missing again is confirmed; others go at once, unless the snapshot is
 * empty, removes more than the configured share, or holds objects that do not
 * tell which ones they are.
 *
 * @param options.known - living keys, each with whether it was held as missing before
 * @param options.seen - keys of the snapshot
 * @param options.unidentified - objects of the snapshot without a readable key
 */
export function judgeSnapshot(options: {
  known: ReadonlyMap<string, { missing: boolean }>;
  seen: ReadonlySet<string>;
  unidentified: number;
  guard: GuardSettings;
}): SnapshotJudgement {
  const { known, seen, unidentified, guard } = options;
  const confirmed: string[] = [];
  const unconfirmed: string[] = [];
  for (const [key, { missing }] of known) {
    if (!seen.has(key)) {
      (missing ? confirmed : unconfirmed).push(key);
    }
  }
  if (unconfirmed.length === 0) {
    return { remove: confirmed, hold: [] };
  }
  const reason = doubt();
  return reason
    ? { remove: confirmed, hold: unconfirmed, reason }
    : { remove: [...confirmed, ...unconfirmed], hold: [] };

  function doubt(): SnapshotJudgement['reason'] {
    if (seen.size === 0 && unidentified === 0) {
      return 'suspiciously-empty';
    }
    if (unidentified > 0) {
      return 'malformed';
    }
    return known.size >= guard.minimumObjects &&
      unconfirmed.length > guard.removalShare * known.size
      ? 'mass-removal'
      : undefined;
  }
}
