/**
 * What can be wrong with anchors, or with a trail that is held against them.
 *
 * @public
 */
export type AnchorFindingKind =
  | 'malformed'
  | 'forged'
  | 'unknown-key'
  | 'gap'
  | 'out-of-order'
  | 'fork'
  | 'other-database'
  | 'rewritten'
  | 'truncated'
  | 'stale';

/**
 * Something that does not fit: what, where, what it means and what to do.
 *
 * @public
 */
export interface AnchorFinding {
  kind: AnchorFindingKind;
  /** Line of the anchors, from 1; absent for what is wrong with the trail. */
  line?: number;
  /** Number of the checkpoint that it is about. */
  checkpoint?: number;
  /** Entry of the trail that it is about. */
  seq?: number;
  /** When the checkpoint was signed; epoch milliseconds. */
  at?: number;
  why: string;
  /** What it means, and what to do. */
  advice: string;
}

/**
 * One checkpoint, for people.
 *
 * @public
 */
export interface CheckpointSummary {
  /** Counts from 1 without a gap. */
  number: number;
  /** Entry that the trail ended with. */
  seq: number;
  /** When it was signed; epoch milliseconds, database time. */
  at: number;
  /** Id of the key that signed it. */
  key: string;
}

/**
 * What anchors say about themselves and about a trail.
 *
 * @public
 */
export interface AnchorReport {
  /** Checkpoints whose signatures are right. */
  checkpoints: number;
  /** The last of them. */
  last?: CheckpointSummary;
  findings: AnchorFinding[];
  /** Whether findings were left off, because there were too many. */
  more?: boolean;
}

/**
 * Where checkpoints go, and how that goes.
 *
 * @public
 */
export interface AnchorSinkStatus {
  kind: 'file' | 'endpoint';
  /** Path of the file, or address without its query. */
  name: string;
  /** Number of the last checkpoint that is there; 0 for none. */
  delivered: number;
  /** Checkpoints that are not there yet. */
  behind: number;
  /** Since when nothing gets there, and why. */
  failing?: { since: number; why: string };
}

/**
 * `GET /audit/anchors`: what outside of the database vouches for the trail.
 *
 * @public
 */
export interface AuditAnchors {
  /**
   * `off`: no key is configured. `waiting`: nothing was signed yet. `anchored`:
   * all sinks have all checkpoints. `behind`: a sink misses some. `refused`:
   * the gate does not sign, because the trail does not fit.
   */
  state: 'off' | 'waiting' | 'anchored' | 'behind' | 'refused';
  /** Why it is off or refused. */
  why?: string;
  /** Id of the key that signs. */
  key?: string;
  /** The last checkpoint that every sink has. */
  anchored?: CheckpointSummary;
  /** The last checkpoint that was signed. */
  last?: CheckpointSummary;
  /** Entries that no checkpoint covers yet. */
  open: number;
  sinks: AnchorSinkStatus[];
  /** How long texts beside the trail are kept, in milliseconds; absent where they are kept for good. */
  textsKeptFor?: number;
  now: number;
}
