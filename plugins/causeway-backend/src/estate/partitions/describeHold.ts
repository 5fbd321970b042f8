import type { PartitionProgress } from './PartitionStore';
import type { SnapshotJudgement } from './judgeSnapshot';

/** What is held, for people. */
export function describeHold(
  snapshot: SnapshotJudgement & { reported: number },
  confirmAfter: number,
  now: number,
): string {
  const { hold, reported, heldSince = now } = snapshot;
  const wait = Math.max(0, heldSince + confirmAfter - now);
  const until =
    wait > 0
      ? `a complete list confirms that they are gone, in ${Math.ceil(wait / 1000)} s at the earliest`
      : 'the next complete list confirms that they are gone';
  return `A complete list lacks ${hold.length} of ${hold.length + reported} objects; they stay until ${until}`;
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
