const known = ['production', 'staging', 'testing', 'development'];

function rankOf(environment: string | undefined): number {
  if (environment === undefined) {
    return known.length + 1;
  }
  const index = known.indexOf(environment);
  return index === -1 ? known.length : index;
}

/** Orders environments as people care: production first, unknown last. */
export function compareEnvironments(
  a: string | undefined,
  b: string | undefined,
): number {
  return rankOf(a) - rankOf(b) || (a ?? '').localeCompare(b ?? '');
}
