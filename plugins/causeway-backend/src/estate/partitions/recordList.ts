import type {
  SourceError,
  SourceRateLimit,
} from '@causeway/backstage-plugin-causeway-node';
import type { PartitionRecord } from './PartitionRecord';
import { describeHold, traceOf } from './describeHold';
import type { SnapshotJudgement } from './judgeSnapshot';
import type { Snapshot } from './readSnapshot';

/** When a list was made, and when the next one follows. Epoch milliseconds. */
export interface ListTimes {
  startedAt: number;
  now: number;
  due: number;
}

/** Records a complete list, with what it removes and what it holds. */
export async function recordSnapshot(
  record: PartitionRecord,
  snapshot: Snapshot,
  {
    startedAt,
    now,
    due,
    confirmAfter,
  }: ListTimes & {
    /** Milliseconds that a removal is held at least. */
    confirmAfter: number;
  },
  rateLimit: SourceRateLimit | undefined,
): Promise<void> {
  const held = snapshot.hold.length > 0;
  const state = held ? 'held' : 'fresh';
  const message = held ? describeHold(snapshot, confirmAfter, now) : undefined;
  const { removed } = await record.write(
    {
      state,
      reason: held ? snapshot.reason : undefined,
      message,
      unreadable: snapshot.unreadable,
      failures: 0,
      version: snapshot.version,
      rateLimit,
      confirmedAt: now,
      attemptedAt: startedAt,
      nextAttemptAt: due,
      ...traceOf(snapshot, now),
    },
    { remove: snapshot.remove, missing: snapshot.missing },
  );
  record.report(state, {
    counts: `${snapshot.reported} objects, ${snapshot.written} written, ${removed} removed in ${now - startedAt} ms`,
    changed: snapshot.written + removed > 0,
    message,
  });
  record.changed(removed > 0);
}

/** Records that the source does not serve the kind, with what that removes and what it holds. */
export async function recordKindGone(
  record: PartitionRecord,
  failure: SourceError,
  judgement: SnapshotJudgement,
  { startedAt, now, due }: ListTimes,
): Promise<void> {
  const { remove, hold, missing } = judgement;
  const state = hold.length > 0 ? 'held' : 'absent';
  await record.write(
    {
      state,
      reason: 'not-installed',
      message: failure.message,
      unreadable: 0,
      failures: 0,
      watching: false,
      confirmedAt: now,
      attemptedAt: startedAt,
      nextAttemptAt: due,
      ...traceOf(judgement, now),
    },
    { remove, missing },
  );
  record.report(state, { message: failure.message });
  record.changed(remove.length > 0);
}

/** Records a list or a watch that failed: what is known stays, and is called stale. */
export async function recordFailure(
  record: PartitionRecord,
  failure: SourceError,
  about: {
    failures: number;
    startedAt: number;
    due: number;
    rateLimit: SourceRateLimit | undefined;
    cause: unknown;
  },
): Promise<void> {
  await record.write({
    state: 'stale',
    reason: failure.reason,
    message: failure.message,
    failures: about.failures,
    watching: false,
    rateLimit: about.rateLimit,
    attemptedAt: about.startedAt,
    nextAttemptAt: about.due,
  });
  record.report('stale', { message: failure.message, cause: about.cause });
  record.changed(false);
}
