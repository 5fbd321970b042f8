import type {
  EstateStatus,
  PartitionState,
  PartitionStatus,
  SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';

/** Whether somebody should look at it. `absent` is a fact, not a fault. */
export function needsAttention(partition: PartitionStatus): boolean {
  return (
    partition.state === 'stale' ||
    partition.state === 'held' ||
    partition.unreadable > 0
  );
}

const fromWorst: PartitionState[] = [
  'stale',
  'held',
  'waiting',
  'fresh',
  'absent',
];

/** The state of a whole source: that of its worst partition. */
export function sourceState(source: SourceStatus): PartitionState {
  return (
    fromWorst.find(state =>
      source.partitions.some(partition => partition.state === state),
    ) ?? 'waiting'
  );
}

/** The oldest confirmation among the partitions that have ever been complete. */
export function oldestConfirmation(source: SourceStatus): number | undefined {
  const times = source.partitions.flatMap(({ state, confirmedAt }) =>
    state === 'absent' || confirmedAt === undefined ? [] : [confirmedAt],
  );
  return times.length ? Math.min(...times) : undefined;
}

export function countObjects(source: SourceStatus): number {
  return source.partitions.reduce((sum, { objects }) => sum + objects, 0);
}

export interface SourceFilter {
  only: 'all' | 'attention';
  search: string;
}

/**
 * Sources that match, each with the partitions that match. A source whose own
 * title or id matches the search keeps all its partitions.
 */
export function filterSources(
  status: Pick<EstateStatus, 'sources'>,
  filter: SourceFilter,
): SourceStatus[] {
  const search = filter.search.trim().toLocaleLowerCase();
  const has = (...texts: Array<string | undefined>) =>
    texts.some(text => text?.toLocaleLowerCase().includes(search));
  return status.sources.flatMap(source => {
    const sourceMatches = has(source.id, source.title, source.environment);
    const partitions = source.partitions.filter(
      partition =>
        (filter.only === 'all' || needsAttention(partition)) &&
        (sourceMatches ||
          has(partition.kind, partition.scope, partition.id, partition.reason)),
    );
    return partitions.length ? [{ ...source, partitions }] : [];
  });
}
