import type { PartitionProgress } from './PartitionStore';
import type { SnapshotJudgement } from './judgeSnapshot';

/** What is held, for people. */
export function describeHold(
  snapshot: SnapshotJudgement & { reported: number },
  confirmAfter: number,
  now: number,
): string {
  const { hold, reported, heldSince = now, reason } = snapshot;
  const lack = `A complete list lacks ${hold.length} of ${hold.length + reported} objects`;
  if (reason === 'malformed') {
    return `${lack}, and holds others that do not tell which ones they are; nothing goes until each has a name. Look at that list, and at what answers between here and the source`;
  }
  const wait = Math.max(0, heldSince + confirmAfter - now);
  const until =
    wait > 0
      ? `a complete list confirms that they are gone, in ${Math.ceil(wait / 1000)} s at the earliest`
      : 'the next complete list confirms that they are gone';
  return `${lack}; they stay until ${until}. If they are not gone, look at the credentials and at what answers between here and the source`;
}

/** What a judgement leaves behind for people to see. */
export function traceOf(
  { hold, heldSince, confirmed }: SnapshotJudgement,
  now: number,
): Partial<PartitionProgress> {
  return {
    held: hold.length,
    heldSince,
    ...(confirmed > 0 && {
      confirmedRemovals: confirmed,
      confirmedRemovalsAt: now,
    }),
  };
}
