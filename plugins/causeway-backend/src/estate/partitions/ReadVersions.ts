import type { KnownVersions } from '@causeway/backstage-plugin-causeway-node';
import type { StoredObservation } from '../observations/compareObservations';

/**
 * In which version this holder of the lease has read which object. It is kept
 * in memory only: another release, or another configuration, may keep other
 * fields of the very same object, and must read it again. A version counts as
 * long as the database holds what it was read as.
 */
export class ReadVersions {
  readonly #read = new Map<string, { version: string; hash: string }>();

  set(key: string, version: string | undefined, hash: string): void {
    if (version === undefined) {
      this.#read.delete(key);
    } else {
      this.#read.set(key, { version, hash });
    }
  }

  /** Versions of what the database holds; what it holds no more is forgotten. */
  known(
    stored: ReadonlyMap<string, StoredObservation>,
  ): KnownVersions | undefined {
    const known = new Map<string, string>();
    for (const [key, { version, hash }] of this.#read) {
      if (stored.get(key)?.hash === hash) {
        known.set(key, version);
      } else {
        this.#read.delete(key);
      }
    }
    return known.size > 0 ? known : undefined;
  }
}
