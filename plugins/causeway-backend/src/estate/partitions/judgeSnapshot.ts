import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';

/** When a snapshot is too good at deleting to be believed at once. */
export interface GuardSettings {
  /** Share of a partition, 0 to 1, beyond which removals are held. */
  removalShare: number;
  /** Partitions with fewer objects are not guarded by share. */
  minimumObjects: number;
  /** Milliseconds that a removal is held at least, however soon the next list comes. */
  confirmAfter: number;
}

/** What a complete snapshot means for what was known. */
export interface SnapshotJudgement {
  /** Keys that may go. */
  remove: string[];
  /** How many of them had been held. */
  confirmed: number;
  /** Keys that wait for another complete snapshot to confirm that they are gone. */
  hold: string[];
  /** Those of them that were there until now. */
  missing: string[];
  /** Epoch milliseconds since when the first of them waits. */
  heldSince?: number;
  /** Why keys are held. */
  reason?: Extract<
    StalenessReason,
    'suspiciously-empty' | 'mass-removal' | 'malformed'
  >;
}

/**
 * Decides which objects a complete snapshot may delete. A key that was held
 * for long enough and is missing again is confirmed; others go at once, unless
 * the snapshot is empty or removes more than the configured share. While it
 * holds objects that do not tell which ones they are, nothing goes.
 *
 * @param options.known - living keys, each with since when it is held as missing, epoch milliseconds
 * @param options.seen - keys of the snapshot
 * @param options.unidentified - objects of the snapshot without a readable key
 * @param options.now - epoch milliseconds
 */
export function judgeSnapshot(options: {
  known: ReadonlyMap<string, { missingSince?: number }>;
  seen: ReadonlySet<string>;
  unidentified: number;
  guard: GuardSettings;
  now: number;
}): SnapshotJudgement {
  const { known, seen, unidentified, guard, now } = options;
  const confirmed: string[] = [];
  const waiting: string[] = [];
  const missing: string[] = [];
  for (const [key, { missingSince }] of known) {
    if (seen.has(key)) {
      continue;
    }
    if (missingSince === undefined) {
      missing.push(key);
    } else if (now - missingSince >= guard.confirmAfter) {
      confirmed.push(key);
    } else {
      waiting.push(key);
    }
  }
  const doubtful =
    missing.length > 0 &&
    (seen.size === 0 ||
      (known.size >= guard.minimumObjects &&
        missing.length > guard.removalShare * known.size));
  // Each missing one may be an object that does not tell its key, however often.
  const nameless = unidentified > 0;
  const hold = [
    ...waiting,
    ...(nameless ? confirmed : []),
    ...(nameless || doubtful ? missing : []),
  ];
  const judgement: SnapshotJudgement = {
    remove: nameless ? [] : [...confirmed, ...(doubtful ? [] : missing)],
    confirmed: nameless ? 0 : confirmed.length,
    hold,
    missing: nameless || doubtful ? missing : [],
  };
  return hold.length === 0
    ? judgement
    : {
        ...judgement,
        heldSince: hold.reduce(
          (first, key) => Math.min(first, known.get(key)?.missingSince ?? now),
          now,
        ),
        reason: reason(),
      };

  function reason(): SnapshotJudgement['reason'] {
    if (nameless) {
      return 'malformed';
    }
    return seen.size === 0 ? 'suspiciously-empty' : 'mass-removal';
  }
}
