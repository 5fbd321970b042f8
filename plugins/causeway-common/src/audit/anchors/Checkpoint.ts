import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * Version of checkpoints. It is signed with them, so that a signature of the
 * same key under anything else is none.
 *
 * @public
 */
export const checkpointFormat = 'causeway.dev/audit-checkpoint/v1';

/**
 * Where the trail ended at one moment, as it is signed.
 *
 * @public
 */
export interface Checkpoint {
  format: typeof checkpointFormat;
  /** Counts from 1 without a gap. */
  number: number;
  /** Random id of the database, made once. */
  database: string;
  /** Last entry of the trail. */
  seq: number;
  /** Hash of that entry, hex. */
  hash: string;
  /** Entries since the checkpoint before. */
  entries: number;
  /** Epoch milliseconds, database time. */
  at: number;
  /** {@link checkpointHash} of the checkpoint before; 64 zeros for the first. */
  previous: string;
  /** Id of the key that signs. */
  key: string;
}

/**
 * A checkpoint with its signature.
 *
 * @public
 */
export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  /** RFC 8785 form: the bytes that were signed. */
  canonical: string;
  /** Ed25519, base64url. */
  signature: string;
}

/** The bytes that are signed: RFC 8785. */
export function canonicalCheckpoint(checkpoint: Checkpoint): string {
  return canonicalize(checkpoint)!;
}

/**
 * By what the next checkpoint names this one: SHA-256, hex, of its canonical
 * form.
 *
 * @public
 */
export function checkpointHash({
  canonical,
}: Pick<SignedCheckpoint, 'canonical'>): string {
  return createHash('sha256').update(canonical).digest('hex');
}

/**
 * A checkpoint as a line of JSON, without a line feed.
 *
 * @public
 */
export function checkpointLine({
  canonical,
  signature,
}: Pick<SignedCheckpoint, 'canonical' | 'signature'>): string {
  return `{"checkpoint":${canonical},"signature":"${signature}"}`;
}

/**
 * Longest line that can be a checkpoint, in bytes.
 *
 * @public
 */
export const maxCheckpointBytes = 4096;

/**
 * Reads a line, without its line feed; `undefined` for what is none. It says
 * nothing about the signature.
 *
 * @public
 */
export function readCheckpointLine(line: string): SignedCheckpoint | undefined {
  if (line.length > maxCheckpointBytes) {
    return undefined;
  }
  const { checkpoint, signature } = parseObject(line) ?? {};
  if (!isCheckpoint(checkpoint) || typeof signature !== 'string') {
    return undefined;
  }
  const canonical = canonicalCheckpoint(checkpoint);
  const signed = { checkpoint, canonical, signature };
  // The line is made again: two lines of one checkpoint cannot differ.
  return checkpointLine(signed) === line ? signed : undefined;
}

const hash = /^[0-9a-f]{64}$/;

function isCheckpoint(value: unknown): value is Checkpoint {
  const told = (value ?? {}) as Record<keyof Checkpoint, unknown>;
  const counts = (one: unknown, least: number) =>
    Number.isSafeInteger(one) && (one as number) >= least;
  return (
    told.format === checkpointFormat &&
    Object.keys(told).length === 9 &&
    counts(told.number, 1) &&
    counts(told.seq, 1) &&
    counts(told.entries, 1) &&
    counts(told.at, 0) &&
    isText(told.database, /^[0-9a-f-]{36}$/) &&
    isText(told.hash, hash) &&
    isText(told.previous, hash) &&
    isText(told.key, /^[0-9a-f]{32}$/)
  );
}

function isText(value: unknown, shape: RegExp): boolean {
  return typeof value === 'string' && shape.test(value);
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
