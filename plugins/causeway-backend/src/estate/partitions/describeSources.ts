import type {
  PartitionStatus,
  SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  EstateSource,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { StoredPartition } from './PartitionStore';
import { partitionId } from './partitionId';

/** How often partitions are listed, in milliseconds. */
export interface ListPeriods {
  completeList: number;
  poll: number;
}

/** Sources and their partitions as they stand in the database. Pure. */
export function describeSources(options: {
  sources: EstateSource[];
  stored: StoredPartition[];
  periods: ListPeriods;
  now: number;
}): SourceStatus[] {
  const { sources, periods, now } = options;
  const stored = new Map(options.stored.map(one => [one.id, one]));
  const described = sources.map(source => {
    const partitions = partitionsOf(source, options.stored);
    const rateLimit = partitions
      .map(partition => stored.get(partitionId(source.id, partition)))
      .filter(row => row?.rateLimit)
      .sort(
        (a, b) => (b?.attemptedAt ?? 0) - (a?.attemptedAt ?? 0),
      )[0]?.rateLimit;
    return {
      id: source.id,
      kind: source.kind,
      title: source.title,
      address: source.address,
      environment: source.environment,
      partitions: partitions.map(partition =>
        describePartition({
          id: partitionId(source.id, partition),
          partition,
          row: stored.get(partitionId(source.id, partition)),
          periods,
          now,
        }),
      ),
      rateLimit,
    };
  });
  // What needs somebody comes first, the rest as it is configured.
  return described.sort((a, b) => urgency(a) - urgency(b));
}

function urgency({ partitions }: SourceStatus): number {
  const place = (['stale', 'held'] as const).findIndex(state =>
    partitions.some(partition => partition.state === state),
  );
  return place < 0 ? 2 : place;
}

/** Those that a source tells, and those that it found on another replica or before a restart. */
function partitionsOf(
  source: EstateSource,
  stored: StoredPartition[],
): SourcePartition[] {
  const told = source.partitions();
  const ids = new Set(told.map(one => partitionId(source.id, one)));
  const found = stored.flatMap(row =>
    row.source === source.id && !ids.has(row.id)
      ? (source.recognize?.(row.scope, row.kind) ?? [])
      : [],
  );
  return [...told, ...found];
}

function describePartition(options: {
  id: string;
  partition: SourcePartition;
  row: StoredPartition | undefined;
  periods: ListPeriods;
  now: number;
}): PartitionStatus {
  const { id, partition, row, periods, now } = options;
  const { scope, kind, listEvery } = partition;
  if (!row) {
    return {
      id,
      scope,
      kind,
      state: 'waiting',
      objects: 0,
      unreadable: 0,
      watching: false,
    };
  }
  const status: PartitionStatus = {
    id,
    scope,
    kind,
    state: row.state,
    reason: row.reason,
    message: row.message,
    objects: row.objects,
    unreadable: row.unreadable,
    confirmedAt: row.confirmedAt,
    attemptedAt: row.attemptedAt,
    nextAttemptAt: row.nextAttemptAt,
    watching: row.watching,
    held:
      row.held && row.heldSince !== undefined
        ? { objects: row.held, since: row.heldSince }
        : undefined,
    removedOnConfirmation:
      row.confirmedRemovals && row.confirmedRemovalsAt !== undefined
        ? { objects: row.confirmedRemovals, at: row.confirmedRemovalsAt }
        : undefined,
  };
  const period =
    typeof listEvery === 'number'
      ? listEvery
      : { interval: periods.completeList, poll: periods.poll }[listEvery];
  // Generous: a list may take a while, and a replica that died is replaced first.
  const overdueAfter = 2 * period + 120_000;
  if (
    row.state === 'fresh' &&
    // The watch confirms in between, and is no complete list for that.
    row.attemptedAt !== undefined &&
    now - row.attemptedAt > overdueAfter
  ) {
    return {
      ...status,
      state: 'stale',
      reason: 'overdue',
      message: `The last complete list is ${Math.round((now - row.attemptedAt) / 60_000)} minutes old and a new one is overdue: check that a backend with this source runs`,
    };
  }
  return status;
}
