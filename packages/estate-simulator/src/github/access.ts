/** Who calls GitHub's APIs, and what they may do. */
export interface GitHubAccess {
  token: string;
  login: string;
  /** Sees the organization's private parts. */
  member: boolean;
  write: boolean;
}

/** Finds the caller of an `Authorization` header (`bearer`, `token` or basic). */
export function findAccess(
  header: string | undefined,
  known: readonly GitHubAccess[],
): GitHubAccess | undefined {
  const [, scheme, value] = /^(\w+)\s+(.+)$/.exec(header ?? '') ?? [];
  if (!value) {
    return undefined;
  }
  const token =
    scheme.toLocaleLowerCase('en-US') === 'basic'
      ? Buffer.from(value, 'base64').toString('utf8').split(':').at(-1)
      : value;
  return known.find(access => access.token === token);
}
