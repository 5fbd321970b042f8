/**
 * A namespace without the environment or cluster that it may end with:
 * `payments-staging` and `payments` hold instances of the same services.
 */
export function stableNamespace(
  namespace: string,
  placeNames: ReadonlySet<string>,
): string {
  for (const place of placeNames) {
    const suffix = `-${place}`;
    if (namespace.endsWith(suffix) && namespace.length > suffix.length) {
      return namespace.slice(0, -suffix.length);
    }
  }
  return namespace;
}
