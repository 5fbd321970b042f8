import type { SourceItem } from '@causeway/backstage-plugin-causeway-node';
import { contentHash } from '../contentHash';

/** An item ready to be compared and stored. */
export interface PreparedObservation {
  key: string;
  kind: string;
  /** JSON text of the reduced object. */
  data: string;
  /** SHA-256 of `data`, hex. */
  hash: string;
}

/** Largest text that is stored, in characters. */
export const maxObservationSize = 256 * 1024;

/** Longest key that is stored. */
export const maxKeyLength = 512;

/** What JSON writes for a lone surrogate; the backslash before it may itself be escaped. */
const escapedSurrogate = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f]/;

/**
 * Text and hash of an item; `undefined` when it cannot be stored: too large,
 * too deep (where `JSON.stringify` gives up), or text that is no Unicode.
 *
 * The text is plain JSON: what reads objects builds them in one order of
 * fields, and maps in the order of their keys, so the same object always has
 * the same text.
 */
export function prepareObservation(
  item: SourceItem,
): PreparedObservation | undefined {
  if (item.key.length > maxKeyLength) {
    return undefined;
  }
  let data: string | undefined;
  try {
    data = JSON.stringify(item.data);
  } catch {
    return undefined;
  }
  if (
    data === undefined ||
    data.length > maxObservationSize ||
    (data.includes('\\ud') && escapedSurrogate.test(data))
  ) {
    return undefined;
  }
  return { key: item.key, kind: item.kind, data, hash: contentHash(data) };
}
