import { KubernetesObject, ObjectEvent } from '../model';

/** An event with what undoing it takes. */
export interface RecordedEvent extends ObjectEvent {
  key: string;
  /** The object before the event. */
  previous: KubernetesObject | undefined;
}

/**
 * The last events of a cluster, in order of resourceVersion. What fell out of
 * it can neither be watched from nor listed at: the API answers 410.
 */
export class EventHistory {
  readonly #limit: number;
  #events: RecordedEvent[] = [];
  #compacted = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The newest resourceVersion whose event is gone. */
  get compactedResourceVersion(): number {
    return this.#compacted;
  }

  add(event: RecordedEvent): void {
    this.#events.push(event);
    // Dropped in blocks, so that a full history does not shift on every write.
    if (this.#events.length > this.#limit * 1.25) {
      this.#drop(this.#events.length - this.#limit);
    }
  }

  /** Events after a resourceVersion, oldest first. */
  since(resourceVersion: number): RecordedEvent[] {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#events[middle].resourceVersion <= resourceVersion) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#events.slice(low);
  }

  /** Forgets all events, up to a resourceVersion where that is newer than the last of them. */
  clear(resourceVersion = 0): void {
    this.#drop(this.#events.length);
    this.#compacted = Math.max(this.#compacted, resourceVersion);
  }

  #drop(count: number): void {
    const last = this.#events[count - 1];
    if (last) this.#compacted = last.resourceVersion;
    this.#events = this.#events.slice(count);
  }
}
