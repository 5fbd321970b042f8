import type {
  EstateStatus,
  Freshness,
  PartitionStatus,
  SourceStatus,
} from '@causeway/backstage-plugin-causeway-common';
import type { EstateReader } from '../entities/EstateReader';

/** Every source with its partitions and their freshness. */
export type ReadSources = () => Promise<SourceStatus[]>;

/** Gathers the state of the estate: sources, problems and counts. */
export async function readEstateStatus(options: {
  reader: EstateReader;
  sources: ReadSources;
  now: () => number;
}): Promise<EstateStatus> {
  const { reader, sources, now } = options;
  const [all, problems, summary] = await Promise.all([
    sources(),
    reader.problems(),
    reader.summary(),
  ]);
  return { sources: all, problems, ...summary, now: now() };
}

/** Looks up how fresh partitions are. */
export interface FreshnessLookup {
  of(partition: string, source: string): Freshness;
  isStale(partition: string): boolean;
  confirmedAt(partition: string): number | undefined;
}

/** Reads the freshness of all partitions once, for one answer. */
export async function lookUpFreshness(
  sources: ReadSources,
): Promise<FreshnessLookup> {
  const partitions = new Map<string, PartitionStatus>();
  for (const source of await sources()) {
    for (const partition of source.partitions) {
      partitions.set(partition.id, partition);
    }
  }
  return {
    of(partition, source) {
      const status = partitions.get(partition);
      return status
        ? {
            source,
            partition,
            state: status.state,
            reason: status.reason,
            message: status.message,
            confirmedAt: status.confirmedAt,
          }
        : {
            source,
            partition,
            // Known from before and read no longer: nobody confirms it.
            state: 'stale',
            reason: 'misconfigured',
            message: `No configured source reads ${partition} any more`,
          };
    },
    isStale: partition => partitions.get(partition)?.state !== 'fresh',
    confirmedAt: partition => partitions.get(partition)?.confirmedAt,
  };
}
