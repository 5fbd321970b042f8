import type {
  EstateSource,
  SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import {
  type PreparedObservation,
  prepareObservation,
} from '../observations/prepareObservation';
import type { PartitionLease } from './PartitionStore';

/** What a batch of a watch came to. */
export interface AppliedEvents {
  /** Whether observations changed. */
  changed: boolean;
  /** Objects that could not be read. */
  unreadable: number;
  /** Version up to which everything is in the database. */
  version?: string;
  /** When the batch arrived, epoch milliseconds. */
  at: number;
}

/** Writes a batch of a watch; the last event of a key counts. */
export async function applyEvents(options: {
  source: EstateSource;
  lease: PartitionLease;
  observations: KnexObservationStore;
  events: SourceWatchEvent[];
  now: number;
}): Promise<AppliedEvents> {
  const { source, lease, observations, events, now } = options;
  const last = new Map<string, PreparedObservation | undefined>();
  let unreadable = 0;
  let version: string | undefined;
  for (const event of events) {
    if (event.type === 'upsert') {
      const prepared = prepareObservation(event.item);
      if (prepared) {
        last.set(event.item.key, prepared);
      } else {
        unreadable += 1;
      }
    } else if (event.type === 'remove') {
      last.set(event.key, undefined);
    } else if (event.type === 'unreadable') {
      unreadable += 1;
    }
    version = event.version ?? version;
  }
  const upsert = [...last.values()].filter(item => item !== undefined);
  const remove = [...last].filter(([, item]) => !item).map(([key]) => key);
  const difference = await observations.compare(lease.partition, upsert);
  let removed = 0;
  if (difference.changed.length || difference.found.length || remove.length) {
    const result = await observations.write(
      lease,
      source.id,
      {
        upsert: difference.changed,
        added: difference.added,
        found: difference.found,
        remove,
        progress: version ? { version } : {},
      },
      now,
    );
    removed = result.removed;
  }
  return {
    changed: difference.changed.length + removed > 0,
    unreadable,
    version,
    at: now,
  };
}
