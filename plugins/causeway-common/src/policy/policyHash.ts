import canonicalize from 'canonicalize';
import type { PolicyDocument } from './PolicyDocument';

/**
 * Hash of a policy's normalized form: of its RFC 8785 text.
 *
 * @param sha256 - gives the SHA-256 of a text in hex; handed in, because what
 * hashes differs between a backend and a browser
 *
 * @public
 */
export function policyHash(
  document: PolicyDocument,
  sha256: (text: string) => string,
): string {
  // Through JSON, as it will come back from a database: without what is undefined.
  return sha256(canonicalize(JSON.parse(JSON.stringify(document))) ?? '');
}
