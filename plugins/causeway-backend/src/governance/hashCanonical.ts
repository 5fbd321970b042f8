import canonicalize from 'canonicalize';
import { contentHash } from '../estate/contentHash';

/**
 * SHA-256, hex, of the RFC 8785 form of a JSON value: the one hash of
 * everything that the gate binds, digests and compares.
 */
export function hashCanonical(value: unknown): string {
  return contentHash(canonicalize(value)!);
}
