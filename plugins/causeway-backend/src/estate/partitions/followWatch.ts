import type {
  EstateSource,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import type { KnexObservationStore } from '../observations/KnexObservationStore';
import type { PartitionLease } from './PartitionStore';
import { type AppliedEvents, applyEvents } from './applyEvents';
import { linkedController } from './cancelable';
import type { IngestionClock } from './clock';

/** How one watch ended. */
export interface WatchEnd {
  /** Version up to which everything is in the database. */
  from: string;
  /** What the source threw, unless it was told to end. */
  error?: unknown;
}

/**
 * Follows one watch until it ends, time is up or it is interrupted, and writes
 * what it tells.
 */
export async function followWatch(options: {
  source: EstateSource;
  partition: SourcePartition;
  lease: PartitionLease;
  observations: KnexObservationStore;
  from: string;
  /** Milliseconds after which it ends. */
  duration: number;
  clock: IngestionClock;
  signal: AbortSignal;
  /** Receives the way to end it early. */
  onStart: (interrupt: () => void) => void;
  onOpen: () => Promise<void>;
  onApplied: (applied: AppliedEvents) => Promise<void>;
}): Promise<WatchEnd> {
  const { source, partition, clock, signal } = options;
  const watch = linkedController(signal);
  const timer = linkedController(watch.controller.signal);
  const end = () => watch.controller.abort();
  options.onStart(end);
  clock.sleep(options.duration, timer.controller.signal).then(end);
  let { from } = options;
  let open = false;
  try {
    const batches = source.watch!(partition, from, watch.controller.signal);
    for await (const events of batches) {
      if (!open) {
        open = true;
        await options.onOpen();
      }
      const applied = await applyEvents({
        ...options,
        events,
        now: clock.now(),
      });
      from = applied.version ?? from;
      await options.onApplied(applied);
    }
    return { from };
  } catch (error) {
    return watch.controller.signal.aborted && !signal.aborted
      ? { from }
      : { from, error };
  } finally {
    timer.controller.abort();
    timer.dispose();
    watch.dispose();
  }
}
