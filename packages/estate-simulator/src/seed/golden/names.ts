import { createHash } from 'node:crypto';

const LONGEST_NAME = 63;
const LONGEST_STEM = 54;

const hash = (parts: string[]) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 8);

/** The name that an entity made of these parts has in the catalog. */
export function entityName(...parts: string[]): string {
  const joined = parts.join('.').toLowerCase();
  const unambiguous = parts.slice(0, -1).every(part => !part.includes('.'));
  const valid = /^[a-z0-9]+([-_.][a-z0-9]+)*$/.test(joined);
  if (unambiguous && valid && joined.length <= LONGEST_NAME) {
    return joined;
  }
  const stem = joined
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^[._-]+|[._-]+$/g, '');
  return `${stem}-${hash(parts)}`;
}

/** The name of a service's Component when an older service has the plain one. */
export function yieldedName(namespace: string, name: string): string {
  return `${name}-${hash([namespace, name])}`;
}

/** Reference of a Resource made of parts. */
export function resourceRef(...parts: string[]): string {
  return `resource:default/${entityName(...parts)}`;
}
