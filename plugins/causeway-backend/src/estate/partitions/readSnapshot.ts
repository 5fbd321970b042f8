import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';
import {
  type EstateSource,
  SourceError,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import { prepareObservation } from '../observations/prepareObservation';
import type { PartitionLease } from './PartitionStore';
import { type GuardSettings, judgeSnapshot } from './judgeSnapshot';

/** A complete listing, judged; nothing of it is removed yet. */
export interface Snapshot {
  /** Keys to remove and to hold. */
  remove: string[];
  hold: string[];
  reason?: StalenessReason;
  /** Objects that the source reported. */
  reported: number;
  /** Observations written on the way, new and changed. */
  written: number;
  unreadable: number;
  /** Where a watch goes on from. */
  version?: string;
}

/**
 * Lists a partition to its end and writes what is new or changed page by page:
 * that is right whatever becomes of the rest. Throws unless the source proves
 * that the listing is complete.
 */
export async function readSnapshot(options: {
  source: EstateSource;
  partition: SourcePartition;
  lease: PartitionLease;
  observations: KnexObservationStore;
  guard: GuardSettings;
  now: () => number;
  signal: AbortSignal;
  onWritten: () => void;
}): Promise<Snapshot> {
  const { source, partition, lease, observations, signal } = options;
  const seen = new Set<string>();
  const unreadable = new Set<string>();
  let unidentified = 0;
  let written = 0;
  for await (const page of source.list(partition, signal)) {
    if (page.type === 'restart') {
      seen.clear();
      unreadable.clear();
      unidentified = 0;
    } else if (page.type === 'items') {
      const prepared = [];
      for (const item of page.items) {
        const observation = prepareObservation(item);
        seen.add(item.key);
        if (observation) {
          prepared.push(observation);
        } else {
          unreadable.add(item.key);
        }
      }
      for (const key of page.unreadable ?? []) {
        seen.add(key);
        unreadable.add(key);
      }
      unidentified += page.unidentified ?? 0;
      const { changed, added, found } = await observations.compare(
        lease.partition,
        prepared,
      );
      if (changed.length || found.length) {
        await observations.write(
          lease,
          source.id,
          { upsert: changed, added, found },
          options.now(),
        );
      }
      if (changed.length) {
        written += changed.length;
        options.onWritten();
      }
    } else {
      const known = await observations.keys(lease.partition);
      return {
        ...judgeSnapshot({ known, seen, unidentified, guard: options.guard }),
        reported: seen.size + unidentified,
        written,
        unreadable: unreadable.size + unidentified,
        version: page.version,
      };
    }
  }
  throw new SourceError({
    reason: 'truncated',
    message: `Source ${source.id} ended the list of ${partition.kind} without saying that it is complete; it is tried again`,
  });
}
