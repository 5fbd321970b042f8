import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { SourceItem } from '@causeway/backstage-plugin-causeway-node';

/** An item ready to be compared and stored. */
export interface PreparedObservation {
  key: string;
  kind: string;
  /** RFC 8785 form of the reduced object. */
  data: string;
  /** SHA-256 of `data`, hex. */
  hash: string;
}

/** Largest canonical form that is stored, in characters. */
export const maxObservationSize = 256 * 1024;

/** Longest key that is stored. */
export const maxKeyLength = 512;

/**
 * Canonical form and hash of an item; `undefined` when it cannot be stored:
 * too large, too deep, or text that is no Unicode (`canonicalize` throws on
 * both of the latter).
 */
export function prepareObservation(
  item: SourceItem,
): PreparedObservation | undefined {
  if (item.key.length > maxKeyLength) {
    return undefined;
  }
  let data: string | undefined;
  try {
    data = canonicalize(item.data);
  } catch {
    return undefined;
  }
  if (data === undefined || data.length > maxObservationSize) {
    return undefined;
  }
  const hash = createHash('sha256').update(data).digest('hex');
  return { key: item.key, kind: item.kind, data, hash };
}
