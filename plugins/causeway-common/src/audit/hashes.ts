import { createHash } from 'node:crypto';

/**
 * Hash of an entry: SHA-256, hex, over the previous hash's bytes and the
 * canonical text's.
 *
 * @public
 */
export function hashEntry(previous: string, canonical: string): string {
  return createHash('sha256')
    .update(previous, 'hex')
    .update(canonical)
    .digest('hex');
}

/**
 * What the chain holds in place of a text that may have to be erased. Without
 * its salt, short texts could be guessed from it.
 *
 * @param salt - hex
 *
 * @public
 */
export function hashText(salt: string, text: string): string {
  return createHash('sha256').update(salt, 'hex').update(text).digest('hex');
}
