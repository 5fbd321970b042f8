import { createHash } from 'node:crypto';

const longest = 63;
const stemLength = 54;

/** First eight hexadecimal digits of SHA-256 over the parts, joined with U+0000. */
export function shortHash(parts: readonly string[]): string {
  return createHash('sha256')
    .update(parts.join('\0'))
    .digest('hex')
    .slice(0, 8);
}

function isCatalogName(name: string): boolean {
  return name.length <= longest && /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/.test(name);
}

/** A name with a hash: readable up to the length that leaves room for it. */
export function hashedName(stem: string, hash: string): string {
  const readable = stem
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, stemLength)
    .replace(/^[._-]+|[._-]+$/g, '');
  return readable ? `${readable}-${hash}` : hash;
}

/** A name, and whether it lost something on the way. */
export interface EntityName {
  name: string;
  shortened: boolean;
}

/**
 * The catalog name of something with these parts: the parts joined by dots
 * where the catalog takes that, otherwise a readable stem with a stable hash.
 * A dot inside any part but the last would make two lists of parts look alike,
 * hence the hash there too.
 */
export function entityName(parts: readonly string[]): EntityName {
  const joined = parts.join('.').toLowerCase();
  const ambiguous = parts.slice(0, -1).some(part => part.includes('.'));
  if (!ambiguous && isCatalogName(joined)) {
    return { name: joined, shortened: false };
  }
  return { name: hashedName(joined, shortHash(parts)), shortened: true };
}
