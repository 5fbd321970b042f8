/**
 * The name in an entity reference; what is no reference comes back as it is,
 * since owners can be written as bare names.
 */
export function shortName(entityRef: string): string {
  return entityRef.replace(/^[^/]*\//, '').replace(/^[^:]*:/, '');
}
