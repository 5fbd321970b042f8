import type { AnchorKey } from '@causeway/backstage-plugin-causeway-common/audit';

/** How the trail is anchored outside of the database. */
export interface AnchorSettings {
  /** Signs; out of reach of whoever administers the database. */
  key: AnchorKey;
  /** Public keys that may have signed: the own one, and those of before. */
  known: readonly AnchorKey[];
  /** Longest time between two checkpoints while there are new entries, in milliseconds. */
  every: number;
  /** New entries that are signed without waiting for that. */
  entries: number;
  /** Absolute path of an append-only file. */
  file?: string;
  endpoint?: { url: URL; token: string };
  /** What should be mended, and stops nothing. */
  warnings: readonly string[];
}
