import {
  type EstateSource,
  SourceError,
  type SourceListPage,
  type SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import {
  type PreparedObservation,
  prepareObservation,
} from '../observations/prepareObservation';
import type { PartitionLease } from './PartitionStore';
import type { ReadVersions } from './ReadVersions';
import { SnapshotWriter } from './SnapshotWriter';
import {
  type GuardSettings,
  judgeSnapshot,
  type SnapshotJudgement,
} from './judgeSnapshot';

/** A complete listing, judged; nothing of it is removed yet. */
export interface Snapshot extends SnapshotJudgement {
  /** Objects that the source reported. */
  reported: number;
  /** Observations written on the way, new and changed. */
  written: number;
  unreadable: number;
  /** Where a watch goes on from. */
  version?: string;
}

/**
 * Lists a partition to its end and writes what is new or changed on the way:
 * that is right whatever becomes of the rest. Throws unless the source proves
 * that the listing is complete.
 */
export async function readSnapshot(options: {
  source: EstateSource;
  partition: SourcePartition;
  lease: PartitionLease;
  observations: KnexObservationStore;
  /** Objects that need not be read again; told of those that are read. */
  versions: ReadVersions;
  guard: GuardSettings;
  now: () => number;
  signal: AbortSignal;
  onWritten: () => void;
}): Promise<Snapshot> {
  const { source, partition, lease, observations, versions, signal } = options;
  const stored = await observations.stored(lease.partition);
  const seen = new Set<string>();
  const unreadable = new Set<string>();
  let unidentified = 0;
  let written = 0;
  const writer = new SnapshotWriter(
    stored,
    async ({ changed, added, found }) => {
      await observations.write(
        lease,
        source.id,
        { upsert: changed, added, found },
        options.now(),
      );
      written += changed.length;
      if (changed.length) {
        options.onWritten();
      }
    },
  );

  const take = async (page: SourceListPage & { type: 'items' }) => {
    const prepared: PreparedObservation[] = [];
    for (const item of page.items) {
      const observation = prepareObservation(item);
      seen.add(item.key);
      if (observation) {
        prepared.push(observation);
        versions.set(item.key, item.version, observation.hash);
      } else {
        unreadable.add(item.key);
      }
    }
    const { unchanged = [] } = page;
    unchanged.forEach(key => seen.add(key));
    for (const key of page.unreadable ?? []) {
      seen.add(key);
      unreadable.add(key);
    }
    unidentified += page.unidentified ?? 0;
    await writer.take(prepared, unchanged);
  };

  try {
    const pages = source.list(partition, signal, versions.known(stored));
    for await (const page of pages) {
      if (page.type === 'restart') {
        seen.clear();
        unreadable.clear();
        unidentified = 0;
      } else if (page.type === 'items') {
        await take(page);
      } else {
        await writer.finish();
        return {
          ...judgeSnapshot({
            known: stored,
            seen,
            unidentified,
            guard: options.guard,
            now: options.now(),
          }),
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
  } catch (error) {
    // What was read before a fault is no less true. A write that fails here
    // says more than the source did: the lease or the database is gone.
    await writer.finish();
    throw error;
  }
}
